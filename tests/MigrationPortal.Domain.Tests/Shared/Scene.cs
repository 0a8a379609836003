using CsCheck;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Shared;

/// <summary>A generated fleet with its job classes, settings, phase, and a target to plan for.</summary>
public sealed record Scene(DesireContext Context, PlanTarget Target)
{
    private static readonly string[] Words = ["docker", "linux", "large", "gpu", "arm", "k8s-default", "docker-fallback"];

    private static readonly Gen<TagSet> GenTags = One(Words).Array[0, 3].Select(tags => TagSet.Of(tags));

    private static readonly Gen<RunnerAttributes> GenAttributes = Gen.Select(
        GenTags, Gen.Bool, Gen.Int[0, 5], Gen.Int[0, 7],
        (tags, untagged, paused, guard) => new RunnerAttributes(tags, untagged || tags.IsEmpty, paused == 0, guard == 0 ? RunnerAccessLevel.RefProtected : RunnerAccessLevel.NotProtected));

    private static readonly Gen<Draft> GenRunner = Gen.Select(
        GenAttributes, GenAttributes, Gen.Int[0, 9], Gen.Int[0, 3],
        (now, before, contact, extra) => new Draft(now, before, contact == 0 ? 90 : 1, extra));

    private static readonly Gen<JobClass> GenClass = Gen.Select(
        GenTags, One<bool?>(true, false, null), Gen.Long[1, 4], Gen.Double[0.1, 400],
        (tags, guarded, project, rate) => new JobClass(new JobNeeds(tags, guarded, new ProjectId(Make.Production, project)), (long)(rate * 14) + 1, rate));

    // Legacy, Kubernetes and unmanaged ones (see GenFleet), some of them not there.
    private static readonly Gen<long> GenRunnerId = One<long>(1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 99);

    private static readonly Gen<RunnerEdit> GenEdit = Gen.Select(
        GenRunnerId, GenTags, Gen.Bool, Gen.Bool, Gen.Int[0, 5], (id, tags, untagged, paused, part) => part switch
        {
            0 => new RunnerEdit(id, null, null, paused),
            1 => new RunnerEdit(id, tags, null, null),
            _ => new RunnerEdit(id, tags, untagged, paused),
        });

    private static readonly Gen<PlanTarget> GenTarget = Gen.OneOf<PlanTarget>(
        Gen.Enum<Phase>().Select(phase => (PlanTarget)new PlanTarget.ToPhase(phase, null, null)),
        Gen.Select(Gen.Int[0, 100], Gen.Int[0, 100], (k, l) => (PlanTarget)new PlanTarget.ToPhase(Phase.UntaggedTakeover, k, l)),
        Gen.Const((PlanTarget)new PlanTarget.Evacuate()),
        Gen.Select(One("docker", "linux", "large", "gpu"), Gen.Enum<TagDecision>(), (tag, decision) => (PlanTarget)new PlanTarget.DecideTag(tag, decision)),
        GenEdit.Array[1, 4].Select(edits => (PlanTarget)new PlanTarget.EditRunners([.. edits.DistinctBy(edit => edit.Id)])),
        GenRunnerId.Array[1, 4].Select(ids => (PlanTarget)new PlanTarget.DeleteRunners([.. ids.Distinct()])));

    private static readonly Gen<PhaseState> GenState = Gen.Select(
        Gen.Int[-1, 5], Gen.Int[0, 6], (phase, evacuated) => phase < 0 ? Make.State() : Make.State((Phase)phase, evacuated: evacuated == 0));

    private static readonly Gen<MigrationSettings> GenSettings = Gen.Select(
        One<TagDecision?>(TagDecision.Adopt, TagDecision.Keep, TagDecision.Retire, null).Array[5], Gen.Bool,
        (decisions, keep) => Make.Settings("docker-fallback",
            [.. Words.Take(5).Zip(decisions).Where(pair => pair.Second is not null).Select(pair => (pair.First, pair.Second!.Value))]) with
        { KeepOptInTag = keep });

    private static readonly Gen<FleetSnapshot> GenFleet = Gen.Select(
        GenRunner.Array[1, 5], GenRunner.Array[0, 4], GenRunner.Array[0, 3],
        (legacy, kubernetes, others) => Make.Fleet(
        [
            .. legacy.Select((one, at) => one.Managed(at + 1, RunnerRole.Legacy)),
            .. kubernetes.Select((one, at) => one.Managed(at + 11, RunnerRole.Kubernetes)),
            .. others.Select((one, at) => one.Unmanaged(at + 21)),
        ]));

    public static readonly Gen<Scene> Any = Gen.Select(GenFleet, GenSettings, GenState, GenClass.Array[1, 8], GenTarget, (fleet, settings, state, classes, target) =>
    {
        // A class is named once: the census is grouped.
        var distinct = classes.GroupBy(one => one.Needs).Select(group => group.First()).ToArray();
        var census = Make.Census(distinct) with { Projects = new[] { Make.Project(1), Make.Project(2, false), Make.Project(3, true, true, 7), Make.Project(4, true, false, 7) }.ToDictionary(project => project.Id) };
        return new Scene(new DesireContext(fleet, settings, state, census), target);
    });

    private static Gen<T> One<T>(params T[] words) => Gen.Int[0, words.Length - 1].Select(at => words[at]);

    public PlanRequest Request()
    {
        var desire = DesiredState.Of(Target, Context);
        return new PlanRequest(TargetWords.Title(Target), PlanTargetJson.Write(Target), Context.Fleet, Context.Census, desire.Runners, desire.Deletes, desire.Warnings, desire.Blockers, Make.Now, Make.Admin);
    }

    public Plan Plan() => MakePlan.Compute(Request());

    /// <summary>The naive oracle: every runner asked about every class, no index.</summary>
    public static bool Served(FleetSnapshot fleet, JobNeeds needs, JobClassCensus census) => fleet.Runners.Any(runner =>
        JobMatcher.Serves(runner.Observed, needs, census.Projects.GetValueOrDefault(needs.Project), fleet.TakenAt));

    public override string ToString() => $"""
        {PlanTargetJson.Write(Target)} at {Context.State.Current?.ToString() ?? "nothing"}; {string.Join(", ", Context.Settings.Decisions)}
        {string.Join("\n", Context.Fleet.Runners.Select(runner => $"{runner.Observed.Description} managed={runner.Standing.Managed} {runner.Attributes.Words()} {runner.Attributes.AccessLevel} contact {runner.Observed.ContactedAt:HH:mm}; before: {runner.Baseline?.Words()}"))}
        {string.Join("\n", Context.Census.Classes.Select(one => $"{one.Needs.Tags} protected={one.Needs.Protected} project={one.Needs.Project.Number}"))}
        """;

    public sealed record Draft(RunnerAttributes Now, RunnerAttributes Before, int Contact, int Extra)
    {
        public FleetRunner Managed(long id, RunnerRole role) =>
            Make.Runner(id, role, Now, baseline: (Extra == 0 ? Now : Before) with { AccessLevel = Now.AccessLevel }, contactMinutes: Contact);

        public FleetRunner Unmanaged(long id) => Extra switch
        {
            0 => Make.Runner(id, null, Now, false, false, contactMinutes: Contact),
            1 => Make.Runner(id, RunnerRole.Legacy, Now, false, false, contactMinutes: Contact),
            2 => Make.Runner(id, null, Now, false, false, contactMinutes: Contact, type: RunnerType.Group, groups: [7]),
            _ => Make.Runner(id, null, Now, false, false, contactMinutes: Contact, type: RunnerType.Project, projects: [2, 4]),
        };
    }
}
