using CsCheck;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Groups;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts.Groups;

public sealed class GroupMovePlanTests
{
    private const string Variable = "RUNNER_TAG";

    private static readonly InstanceId Instance = new("production");

    private static readonly MoveTags Tags = new(
        "k8s-default", "docker-fallback", new Dictionary<string, string?> { ["linux"] = "k8s-default", ["large"] = "k8s-large", ["gpu"] = null, ["docker"] = "k8s-default" }, new HashSet<string>());

    /// <summary>Served are the opt-in tag and its large sister, each alone.</summary>
    [Theory]
    [InlineData("$RUNNER_TAG", "", GroupJobKind.Moves, "k8s-default")]
    [InlineData("${RUNNER_TAG}", "", GroupJobKind.Moves, "k8s-default")]
    [InlineData("$RUNNER_TAG", "docker", GroupJobKind.Moves, "k8s-default")]
    [InlineData("$RUNNER_TAG", "linux,docker", GroupJobKind.Moves, "k8s-default")]
    [InlineData("$RUNNER_TAG", "large", GroupJobKind.Moves, "k8s-large")]
    [InlineData("$RUNNER_TAG", "k8s-default", GroupJobKind.There, "k8s-default")]
    [InlineData("$RUNNER_TAG", "k8s-large", GroupJobKind.There, "k8s-large")]
    [InlineData("$RUNNER_TAG", "gpu", GroupJobKind.Stuck, null)]
    [InlineData("$RUNNER_TAG", "unheard-of", GroupJobKind.Stuck, null)]
    [InlineData("$RUNNER_TAG linux", "", GroupJobKind.Stuck, "k8s-default linux")]
    [InlineData("$RUNNER_TAG $OTHER", "", GroupJobKind.Stuck, null)]
    [InlineData("k8s-$RUNNER_TAG", "", GroupJobKind.Stuck, "k8s-k8s-default")]
    [InlineData("$RUNNER_TAGS", "", GroupJobKind.Untouched, null)]
    [InlineData("$OTHER", "", GroupJobKind.Untouched, null)]
    [InlineData("docker", "", GroupJobKind.Untouched, null)]
    [InlineData("", "", GroupJobKind.Untouched, null)]
    public void Job_IsWhatItsTagsAndTheValueMakeIt(string tags, string now, GroupJobKind kind, string? to)
    {
        var plan = Plan(now, Subject(1, [("job", tags)]));

        var job = plan.Projects.ShouldHaveSingleItem().Jobs.ShouldHaveSingleItem();
        (job.Kind, job.To is null ? null : string.Join(' ', job.To)).ShouldBe((kind, to));
        plan.IsOffered.ShouldBe(kind == GroupJobKind.Moves);
        plan.InTheWay.Select(one => one.Job).ShouldBe(job.IsInTheWay ? ["job"] : []);
    }

    [Fact]
    public void BlockedJob_IsInTheWayOfAll_UntilItsProjectHasAVariableOfItsOwn()
    {
        var fine = Subject(1, [("build", "$RUNNER_TAG")]);
        var blocked = Subject(2, [("build", "$RUNNER_TAG"), ("net", "$RUNNER_TAG"), ("old", "docker")], ["net"]);

        var plan = Plan("", fine, blocked);
        plan.IsOffered.ShouldBeFalse();
        var obstacle = plan.InTheWay.ShouldHaveSingleItem();
        (obstacle.Project.Number, obstacle.Job, obstacle.CanPin).ShouldBe((2, "net", true));
        obstacle.Sentence.ShouldContain("g/p2: net");

        var pinned = Plan("", fine, blocked with { Shadow = "the project itself" });
        (pinned.IsOffered, pinned.Moving).ShouldBe((true, 1));
        pinned.Projects[1].Jobs.Select(job => job.Kind).ShouldBe([GroupJobKind.Shadowed, GroupJobKind.Shadowed, GroupJobKind.Untouched]);
    }

    [Fact]
    public void BlockedJob_ThatTheVariableLeavesWhereItIs_IsInNobodysWay()
    {
        Plan("", Subject(1, [("a", "$RUNNER_TAG"), ("net", "docker")], ["net"])).IsOffered.ShouldBeTrue();
        Plan("k8s-default", Subject(1, [("net", "$RUNNER_TAG")], ["net"])).InTheWay.ShouldBeEmpty();
    }

    [Fact]
    public void ProjectThatNobodyLookedAt_IsInTheWay_UnlessItsOwnVariableWins()
    {
        var unknown = Subject(2, []) with { Jobs = null };

        Plan("", Subject(1, [("a", "$RUNNER_TAG")]), unknown).InTheWay.ShouldHaveSingleItem().Sentence.ShouldContain("not looked at");
        Plan("", Subject(1, [("a", "$RUNNER_TAG")]), unknown with { Shadow = "the project itself" }).IsOffered.ShouldBeTrue();
    }

    [Fact]
    public void ProjectThatWaitsForItsTurn_IsNotMovedPastTheCoin()
    {
        var plan = Plan("", Subject(1, [("a", "$RUNNER_TAG")]) with { Own = EnrollmentState.Waitlisted });

        plan.IsOffered.ShouldBeFalse();
        plan.InTheWay.ShouldHaveSingleItem().Sentence.ShouldContain("waits for its turn");
        Plan("", Subject(1, [("a", "docker")]) with { Own = EnrollmentState.Waitlisted }).InTheWay.ShouldBeEmpty();
    }

    /// <summary>Who is not led is never changed; nothing blocked or unserved moves in an offered plan; every job of every project is told.</summary>
    [Fact]
    public void AnyGroup_KeepsThePromises()
    {
        var tag = Gen.OneOf([.. new[] { "$RUNNER_TAG", "${RUNNER_TAG}", "$OTHER", "docker", "large", "x-$RUNNER_TAG" }.Select(Gen.Const)]);
        var job = Gen.Select(tag.Array[0, 2], Gen.Int[0, 9], (tags, luck) => (Tags: string.Join(' ', tags), Blocked: luck == 0));
        var project = Gen.Select(job.List[0, 4], Gen.Bool, Gen.Int[0, 5]);
        var now = Gen.OneOf([.. new[] { "", "docker", "linux,docker", "large", "gpu", "k8s-default" }.Select(Gen.Const)]);
        Gen.Select(project.List[1, 5], now).Sample((projects, value) =>
        {
            var subjects = projects.Select((one, at) =>
            {
                var blocked = one.Item1.Select((line, number) => (line.Blocked, Name: $"j{number}")).Where(line => line.Blocked).Select(line => line.Name);
                return Subject(at, one.Item1.Select((line, number) => ($"j{number}", line.Tags)), blocked) with { Shadow = one.Item2 ? null : "the project itself" };
            }).ToList();
            var plan = Plan(value, [.. subjects]);
            plan.Projects.Count.ShouldBe(subjects.Count);
            foreach (var (subject, told) in subjects.Zip(plan.Projects))
            {
                told.Jobs.Count.ShouldBe(subject.Jobs!.Count);
                if (subject.Shadow is not null) told.IsLed.ShouldBeFalse();
                foreach (var one in told.Jobs)
                {
                    if (!one.Tags.Any(text => text.Contains("RUNNER_TAG", StringComparison.Ordinal))) one.Kind.ShouldBe(GroupJobKind.Untouched);
                    if (!one.IsLed) one.To.ShouldBeNull();
                    if (one.Kind != GroupJobKind.Moves) continue;
                    subject.Blocked.ShouldNotContain(one.Name);
                    Served(one.To!).ShouldBeTrue();
                    one.To!.ShouldAllBe(to => Tags.ToKubernetes.Contains(to));
                }
            }

            if (plan.IsOffered) plan.Projects.SelectMany(one => one.Jobs).ShouldNotContain(one => one.IsInTheWay);
            (plan.InTheWay.Count == 0).ShouldBe(!plan.Projects.SelectMany(one => one.Jobs).Any(one => one.IsInTheWay));
        });
    }

    [Theory]
    [InlineData(SharedMoveState.Moving, "Moved Returning Refused")]
    [InlineData(SharedMoveState.Moved, "Returning")]
    [InlineData(SharedMoveState.Returning, "Moved Returned")]
    [InlineData(SharedMoveState.Returned, "")]
    [InlineData(SharedMoveState.Refused, "")]
    public void Transitions_AreTheTable_AndOnlyEndsAreInactive(SharedMoveState from, string to)
    {
        var allowed = Enum.GetValues<SharedMoveState>().Where(one => SharedMoveTransitions.Allows(from, one)).ToList();

        string.Join(' ', allowed).ShouldBe(to);
        from.IsActive().ShouldBe(allowed.Count > 0);
    }

    private static GroupMovePlan Plan(string now, params GroupSubject[] subjects) => GroupMovePlan.Of(Variable, TagVariable.Split(now), Tags, subjects);

    private static GroupSubject Subject(long number, IEnumerable<(string Name, string Tags)> jobs, IEnumerable<string>? blocked = null) => new(
        new ProjectId(Instance, number), $"g/p{number}", [.. jobs.Select(job => (job.Name, (IReadOnlyList<string>)job.Tags.Split(' ', StringSplitOptions.RemoveEmptyEntries)))], (blocked ?? []).ToHashSet(), null, null, Served);

    private static bool Served(TagSet tags) => tags == TagSet.Of("k8s-default") || tags == TagSet.Of("k8s-large");
}
