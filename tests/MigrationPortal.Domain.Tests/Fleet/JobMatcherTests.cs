using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Fleet;

/// <summary>gitlab-api.md 8, row by row.</summary>
public class JobMatcherTests
{
    [Theory]
    [InlineData("docker linux", false, false, "docker", false, true)]
    [InlineData("docker linux", false, false, "docker linux", false, true)]
    [InlineData("docker", true, false, "docker linux", false, false)]
    [InlineData("Docker", false, false, "docker", false, false)]
    [InlineData("docker", true, false, "", false, true)]
    [InlineData("docker", false, false, "", false, false)]
    [InlineData("", true, false, "docker", false, false)]
    [InlineData("docker", true, true, "docker", false, false)]
    [InlineData("docker", true, true, "docker", true, true)]
    [InlineData("docker", true, true, "docker", null, false)]
    [InlineData("docker", true, false, "docker", null, true)]
    public void Takes_FollowsTagsUntaggedAndProtection(string runner, bool untagged, bool guarded, string job, bool? protectedRef, bool taken) =>
        JobMatcher.Takes(Make.Attributes(runner, untagged, false, guarded), Make.Tags(job), protectedRef).ShouldBe(taken);

    [Theory]
    [InlineData(RunnerType.Instance, true, true, true)]
    [InlineData(RunnerType.Instance, false, true, false)]
    [InlineData(RunnerType.Group, true, true, true)]
    [InlineData(RunnerType.Group, true, false, false)]
    [InlineData(RunnerType.Group, false, true, true)]
    [InlineData(RunnerType.Project, false, false, true)]
    public void MayUse_FollowsTheSwitches(RunnerType type, bool instanceOn, bool groupOn, bool may)
    {
        var runner = Make.Runner(1, null, Make.Attributes("a"), false, type: type, projects: [5], groups: [7]).Observed;
        JobMatcher.MayUse(runner, Make.Project(5).Id, Make.Project(5, instanceOn, groupOn, 6, 7)).ShouldBe(may);
    }

    [Fact]
    public void MayUse_OtherGroupOrOtherProject_IsNo()
    {
        var group = Make.Runner(1, null, Make.Attributes("a"), false, type: RunnerType.Group, groups: [7]).Observed;
        var project = Make.Runner(2, null, Make.Attributes("a"), false, type: RunnerType.Project, projects: [6]).Observed;
        JobMatcher.MayUse(group, Make.Project(5).Id, Make.Project(5, true, true, 8)).ShouldBeFalse();
        JobMatcher.MayUse(project, Make.Project(5).Id, Make.Project(5)).ShouldBeFalse();
        JobMatcher.MayUse(group, Make.Project(5).Id, null).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, false, true)]
    [InlineData(5, false, true)]
    [InlineData(5.01, false, false)]
    [InlineData(0, true, false)]
    public void Serves_NeedsContactWithinFiveMinutesAndNoPause(double minutes, bool paused, bool serves)
    {
        var runner = Make.Runner(1, RunnerRole.Legacy, Make.Attributes("a", true, paused), contactMinutes: minutes).Observed;
        JobMatcher.Serves(runner, Make.Needs("a"), Make.Project(1), Make.Now).ShouldBe(serves);
    }

    [Fact]
    public void Serves_NeverContacted_IsNo()
    {
        var runner = Make.Runner(1, RunnerRole.Legacy, Make.Attributes("a", true)).Observed with { ContactedAt = null };
        JobMatcher.Serves(runner, Make.Needs("a"), Make.Project(1), Make.Now).ShouldBeFalse();
    }
}
