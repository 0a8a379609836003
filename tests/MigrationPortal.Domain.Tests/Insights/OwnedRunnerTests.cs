using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Insights;

public sealed class OwnedRunnerTests
{
    [Theory]
    [InlineData(RunnerType.Group, "3", "", "3", "", true)]
    [InlineData(RunnerType.Group, "3", "", "4", "3", false)]
    [InlineData(RunnerType.Project, "", "7 9", "", "7", true)]
    [InlineData(RunnerType.Project, "", "7 9", "", "9", false)]
    [InlineData(RunnerType.Project, "", "", "", "7", false)]
    [InlineData(RunnerType.Instance, "", "", "3", "7", false)]
    public void Runner_IsOfTheGroupOrOfTheFirstProject(RunnerType type, string groups, string projects, string myGroups, string myProjects, bool mine) =>
        Owned(type, groups, projects).IsOf(Numbers(myGroups), Numbers(myProjects)).ShouldBe(mine);

    [Theory]
    [InlineData(OwnerSays.Done, 1, true)]
    [InlineData(OwnerSays.Done, -1, false)]
    [InlineData(OwnerSays.Done, 0, false)]
    [InlineData(OwnerSays.Keep, 1, false)]
    public void Done_IsContradictedByAJobThatStartedSince(OwnerSays says, int jobAfterHours, bool contradicted) =>
        Owned(RunnerType.Group, "3", "", Make.Now.AddHours(jobAfterHours), new OwnerAnswer(Make.Id(1), says, "because", Make.Admin, Make.Now)).IsContradicted.ShouldBe(contradicted);

    [Fact]
    public void Done_OfARunnerThatNeverStartedAJob_Stands()
    {
        Owned(RunnerType.Group, "3", "", null, new OwnerAnswer(Make.Id(1), OwnerSays.Done, null, Make.Admin, Make.Now)).IsContradicted.ShouldBeFalse();
        Owned(RunnerType.Group, "3", "").IsContradicted.ShouldBeFalse();
    }

    private static OwnedRunner Owned(RunnerType type, string groups, string projects, DateTimeOffset? lastJob = null, OwnerAnswer? answer = null)
    {
        var runner = Make.Runner(1, null, Make.Attributes("mine"), type: type, projects: [.. Numbers(projects)], groups: [.. Numbers(groups)]);
        return new(new UnmanagedRunner(runner, RunnerOwner.Instance, new RunnerUse(0, 0, lastJob), WhyUnmanaged.GroupRunner), 0, answer);
    }

    private static HashSet<long> Numbers(string words) => [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => long.Parse(word, System.Globalization.CultureInfo.InvariantCulture))];
}
