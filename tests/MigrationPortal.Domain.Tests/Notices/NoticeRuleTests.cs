using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Notices;

public class NoticeRuleTests
{
    [Theory]
    // Not named: from the channel's own severity on.
    [InlineData("attention", "", "operation.halted", NoticeSeverity.Critical, true)]
    [InlineData("attention", "", "operation.halted", NoticeSeverity.Attention, true)]
    [InlineData("attention", "", "operation.succeeded", NoticeSeverity.Info, false)]
    [InlineData("never", "", "operation.halted", NoticeSeverity.Critical, false)]
    // Named: more, less, or never.
    [InlineData("critical", "operation.succeeded=info", "operation.succeeded", NoticeSeverity.Info, true)]
    [InlineData("never", "drift=attention", "drift", NoticeSeverity.Attention, true)]
    [InlineData("info", "drift=critical", "drift", NoticeSeverity.Attention, false)]
    [InlineData("info", "drift=never", "drift", NoticeSeverity.Critical, false)]
    [InlineData("info", "drift=never", "gitlab.lost", NoticeSeverity.Info, true)]
    public void Rules_DecideByKindAndSeverity(string otherwise, string named, string kind, NoticeSeverity severity, bool wanted)
    {
        var kinds = named.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=')).ToDictionary(one => one[0], one => Least(one[1]));

        new NoticeRules(Least(otherwise), kinds).Want(Of(kind, severity)).ShouldBe(wanted);
    }

    [Fact]
    public void Kinds_HaveNamesOfTheirOwn_AndAreFoundByThem()
    {
        NoticeKind.All.Select(kind => kind.Name).ShouldBeUnique();
        NoticeKind.All.ShouldAllBe(kind => ReferenceEquals(NoticeKind.Of(kind.Name), kind));
        NoticeKind.Of("newer.kind").Words.ShouldBe("newer.kind");
    }

    [Theory]
    [InlineData(NoticeSeverity.Info, false)]
    [InlineData(NoticeSeverity.Attention, true)]
    [InlineData(NoticeSeverity.Critical, true)]
    public void Alert_IsWhatSomebodyShouldTake(NoticeSeverity severity, bool alert) => Of("drift", severity).IsAlert.ShouldBe(alert);

    private static NoticeSeverity? Least(string word) => word == "never" ? null : Enum.Parse<NoticeSeverity>(word, ignoreCase: true);

    private static Notice Of(string kind, NoticeSeverity severity) => new(Make.Production, NoticeKind.Of(kind), severity, "k", "s", [], "phases", Make.Now);
}
