using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Insights;

namespace MigrationPortal.Web.Tests.Insights;

public sealed class IncidentWordsTests
{
    private static readonly DateTimeOffset Two = new(2026, 11, 20, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Say_OneExecutor_NamesTimeWhomAndWhatIsUsual() =>
        IncidentWords.Say(Of(2, Hit("kubernetes", 212, 431, Two, Two.AddHours(1))))
            .ShouldBe("Fri 20 Nov 14:00 to 16:00, Kubernetes only: 212 of 431 failed, usually 1.2\u00a0%");

    [Theory]
    [InlineData(0, "docker and Kubernetes together")]
    [InlineData(1, "docker and Kubernetes, in different hours")]
    public void Whom_BothExecutors_SaysWhetherTogether(int later, string words) =>
        IncidentWords.Whom(Of(2, Hit("docker", 30, 40, Two), Hit("kubernetes", 20, 40, Two.AddHours(later)))).ShouldBe(words);

    [Fact]
    public void When_OverMidnight_NamesBothDays()
    {
        IncidentWords.When(new TimeWindow(Two.AddHours(9), Two.AddHours(10))).ShouldBe("Fri 20 Nov 23:00 to 00:00");
        IncidentWords.When(new TimeWindow(Two, Two.AddHours(24))).ShouldBe("Fri 20 Nov 14:00 to Sat 21 Nov 14:00");
    }

    private static Incident Of(int hours, params IncidentHit[] hits) => new(new TimeWindow(Two, Two.AddHours(hours)), hits);

    private static IncidentHit Hit(string executor, long failed, long finished, params DateTimeOffset[] hours) => new(executor, hours, new Rate(failed, finished), new Rate(12, 1000));
}
