using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Jobs;

public sealed class PendingDiagnosisTests
{
    private static readonly InstanceId Instance = new("production");
    private static readonly ProjectId Project = new(Instance, 7);
    private static readonly ProjectAccess Access = new(Project, "data/etl", true, true, new HashSet<long> { 3 });
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 14, 0, 0, TimeSpan.Zero);

    // A runner a word: tags joined by +, then letters: u untagged too, p paused, s silent for 10 min, S for 3 h, r protected refs only, o of another project, g of the project's group.
    [Theory]
    [InlineData("gpu", "linux:u", PendingReason.MissingTags, "[gpu]", 1)]
    [InlineData("gpu linux", "linux:u large:u", PendingReason.MissingTags, "[gpu]", 1)]
    [InlineData("gpu linux", "linux: gpu:", PendingReason.MissingTags, "[gpu] [linux]", 1)]
    [InlineData("gpu", "", PendingReason.MissingTags, "[gpu]", 1)]
    [InlineData("", "linux: large:", PendingReason.NobodyTakesUntagged, "", 1)]
    [InlineData("", "linux:u", PendingReason.Busy, "", 24)]
    [InlineData("gpu", "gpu: gpu:p", PendingReason.Busy, "", 24)]
    [InlineData("gpu", "gpu:p linux:u", PendingReason.Paused, "", 1)]
    [InlineData("gpu", "gpu:p gpu:s", PendingReason.Paused, "", 24)]
    [InlineData("gpu", "gpu:s", PendingReason.NotInContact, "", 24)]
    [InlineData("gpu", "gpu:S", PendingReason.NotInContact, "", 1)]
    [InlineData("gpu", "gpu:ps", PendingReason.NotInContact, "", 1)]
    [InlineData("gpu", "gpu:r gpu:o", PendingReason.ProtectedOnly, "", 1)]
    [InlineData("gpu", "gpu:o linux:u", PendingReason.NotForProject, "", 1)]
    [InlineData("gpu", "gpu:g", PendingReason.Busy, "", 24)]
    [InlineData("gpu", "gpu:os", PendingReason.MissingTags, "[gpu]", 1)]
    public void Of_NamesTheNearestReason_WhatIsMissing_AndGitLabsPatience(string tags, string runners, PendingReason reason, string missing, int hours)
    {
        var diagnosis = Diagnose(tags, runners);

        diagnosis.Reason.ShouldBe(reason);
        string.Join(' ', diagnosis.Missing).ShouldBe(missing);
        diagnosis.Patience.ShouldBe(TimeSpan.FromHours(hours));
        diagnosis.DropsAt(Now).ShouldBe(Now.AddHours(hours));
    }

    [Theory]
    [InlineData("gpu", "gpu:p", "1:Paused")]
    [InlineData("gpu", "gpu:s linux:u", "1:NotInContact 2:MissingTags")]
    [InlineData("gpu", "gpu:ps", "")]
    [InlineData("", "linux: gpu:r", "1:NobodyTakesUntagged")]
    [InlineData("gpu", "gpu:o gpu:r", "1:NotForProject 2:ProtectedOnly")]
    public void Of_NearRunners_LackOneThingAlone(string tags, string runners, string near) =>
        string.Join(' ', Diagnose(tags, runners).Near.Select(one => $"{one.Runner.Id.Number}:{one.Why}")).ShouldBe(near);

    [Fact]
    public void Of_TagsOrFleetNotKnown_IsNotGuessed()
    {
        PendingDiagnosis.Of(null, null, Project, Access, Fleet("linux:u")).Reason.ShouldBe(PendingReason.NotKnown);
        PendingDiagnosis.Of(TagSet.Empty, null, Project, Access, null).Reason.ShouldBe(PendingReason.NotKnown);
    }

    // Runners now, and with the tag linux back.
    [Theory]
    [InlineData("linux", "stand-in:", "linux:", PendingReason.Brownout)]
    [InlineData("linux arm", "stand-in:", "linux+arm:", PendingReason.Brownout)]
    [InlineData("linux", "stand-in: linux:", "linux: linux:", PendingReason.Busy)] // another one serves it all the while
    [InlineData("gpu", "stand-in:", "linux:", PendingReason.MissingTags)] // another tag is what it lacks
    [InlineData("linux gpu", "stand-in:", "linux:", PendingReason.MissingTags)] // it lacks one more, also once linux is back
    [InlineData("linux", "stand-in:p", "linux:p", PendingReason.MissingTags)] // nobody takes it then either
    [InlineData("", "stand-in:", "linux:", PendingReason.NobodyTakesUntagged)]
    public void Of_ATagThatIsAwayOnPurpose_IsWaitedForAsExpected(string tags, string now, string back, PendingReason reason)
    {
        var away = new TagAway("linux", Now.AddMinutes(20), 12);
        var found = PendingDiagnosis.Of(Tags(tags), false, Project, Access, Fleet(now), new TagsAway([away], Fleet(back)));

        found.Reason.ShouldBe(reason);
        found.Expected.ShouldBe(reason == PendingReason.Brownout ? away : null);
    }

    [Fact]
    public void Group_ExpectedWaiting_StandsApart_AfterWhatIsStuck()
    {
        var away = new TagsAway([new TagAway("linux", Now.AddMinutes(20), 12)], Fleet("linux:"));
        (PendingClass, PendingDiagnosis) One(string tags, long project, long jobs) =>
            (new PendingClass(new ProjectId(Instance, project), Tags(tags), false, jobs, Now, [0, 0]), PendingDiagnosis.Of(Tags(tags), false, new ProjectId(Instance, project), null, Fleet("stand-in:"), away));

        var groups = DiagnosePending.Group([One("linux", 1, 40), One("linux", 2, 2), One("gpu", 1, 3)]);

        groups.Select(group => (group.Reason, group.Jobs, group.IsStuck, group.Expected?.OperationId)).ShouldBe([(PendingReason.MissingTags, 3, true, null), (PendingReason.Brownout, 42, false, 12)]);
        groups[1].Wanted.ShouldBe(TagSet.Of("linux"));
    }

    [Fact]
    public void Of_ProtectedRef_IsTakenByRunnersForProtectedRefs() =>
        PendingDiagnosis.Of(TagSet.Of("gpu"), true, Project, Access, Fleet("gpu:r")).Reason.ShouldBe(PendingReason.Busy);

    [Fact]
    public void Group_JoinsWhatOneRemedyMends_DroppedSoonestFirst()
    {
        (PendingClass, PendingDiagnosis) One(string tags, string runners, long project, long jobs, long byHour, long byDay) => (
            new PendingClass(new ProjectId(Instance, project), Tags(tags), false, jobs, Now.AddMinutes(-50), [byHour, byDay]), Diagnose(tags, runners));

        var groups = DiagnosePending.Group(
        [
            One("", "linux:u", 1, 900, 800, 2), One("gpu", "linux:u", 2, 30, 12, 1), One("gpu linux", "linux:u", 3, 11, 0, 0), One("large", "large:p", 4, 70, 3, 0),
        ]);

        groups.Select(group => (group.Reason, group.Jobs, group.Projects, group.DroppedSoon)).ShouldBe(
            [(PendingReason.MissingTags, 41, 2, 12), (PendingReason.Paused, 70, 1, 3), (PendingReason.Busy, 900, 1, 2)]);
        groups[0].Wanted.ShouldBe(TagSet.Of("gpu"));
        groups[0].FirstDrop.ShouldBe(Now.AddMinutes(10));
    }

    [Fact]
    public void Group_NearRunners_BeginWithThoseThatItsReasonIsAbout()
    {
        var group = DiagnosePending.Group([(new PendingClass(Project, TagSet.Of("gpu"), false, 2, Now, [0, 0]), Diagnose("gpu", "linux:u large: gpu:s"))]).Single();

        group.Reason.ShouldBe(PendingReason.NotInContact);
        group.Near.Select(one => one.Runner.Id.Number).ShouldBe([3, 1, 2]);
    }

    private static PendingDiagnosis Diagnose(string tags, string runners) => PendingDiagnosis.Of(Tags(tags), false, Project, Access, Fleet(runners));

    private static TagSet Tags(string words) => TagSet.Of(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static FleetSnapshot Fleet(string words) => new(
        Instance, Now, [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((word, at) => new FleetRunner(Runner(word, at + 1), RunnerStanding.None, null))]);

    private static ObservedRunner Runner(string word, int number)
    {
        var (tags, letters) = (word.Split(':')[0], word.Split(':')[1]);
        var type = letters.Contains('o', StringComparison.Ordinal) ? RunnerType.Project : letters.Contains('g', StringComparison.Ordinal) ? RunnerType.Group : RunnerType.Instance;
        var contact = letters.Contains('S', StringComparison.Ordinal) ? Now.AddHours(-3) : letters.Contains('s', StringComparison.Ordinal) ? Now.AddMinutes(-10) : Now;
        return new ObservedRunner(
            new RunnerId(Instance, number), $"runner-{number}", type,
            new RunnerAttributes(
                TagSet.Of(tags.Split('+')), letters.Contains('u', StringComparison.Ordinal), letters.Contains('p', StringComparison.Ordinal),
                letters.Contains('r', StringComparison.Ordinal) ? RunnerAccessLevel.RefProtected : RunnerAccessLevel.NotProtected),
            false, RunnerStatus.Online, contact, Now, null, [], type == RunnerType.Project ? new HashSet<long> { 99 } : new HashSet<long>(), type == RunnerType.Group ? new HashSet<long> { 3 } : new HashSet<long>());
    }
}
