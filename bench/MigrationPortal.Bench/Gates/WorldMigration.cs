using System.Globalization;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.World;

namespace MigrationPortal.Bench.Gates;

/// <summary>How a migration that nobody touched went.</summary>
/// <param name="Reached">Every step that was reached, oldest first.</param>
/// <param name="Dropped">Jobs that GitLab dropped for want of a runner since the migration began.</param>
/// <param name="UnservedSeconds">That jobs waited while no runner could take them.</param>
/// <param name="RolledBack">Operations that were taken back, and evacuations.</param>
/// <param name="Last">What held it at the end.</param>
internal sealed record MigrationStory(IReadOnlyList<PhaseReached> Reached, double Days, long Jobs, int Dropped, double UnservedSeconds, int RolledBack, string Last)
{
    public bool IsWhole => Reached is [.., { Phase: Phase.RetireOptInTag }] && RolledBack == 0;

    /// <summary>Whether a gate that compares let it through.</summary>
    public bool IsPromoted => Reached.Any(step => step.Phase >= Phase.UntaggedTakeover);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Jobs:N0} jobs, {Days:0} days: {string.Join(", ", Reached.Select(step => step.Label))}; {Dropped} dropped for want of a runner, {UnservedSeconds:0} s unserved, {RolledBack} rolled back; at the end {Last}");
}

/// <summary>A whole migration by default policies, every phase automatic: the portal's turns, and people who opt in and later take their tags out again.</summary>
internal static class WorldMigration
{
    private const string Asking = "  tags: [k8s-default]\n";
    private static readonly TimeSpan Turn = TimeSpan.FromHours(3);
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(3);
    private static readonly string[] Jobs = ["build:\n  stage: build\n", "unit-test:\n  stage: test\n"];

    public static WorldOptions Options(int seed, double kubernetesFactor = 1) => WorldOptions.Small with
    {
        Seed = seed,
        HistoryDays = 14,
        Projects = 20,
        JobsPerWorkday = 6_000,
        DockerRunners = 30,
        OwnedRunners = 0,
        KubernetesCauses = false,
        KubernetesFailureFactor = kubernetesFactor,
    };

    public static async Task<MigrationStory> RunAsync(WorldOptions options, int mostDays, CancellationToken cancel)
    {
        var world = new GitLabWorld(options);
        var portal = new WorldPortal(world, new Dictionary<string, TagDecision> { ["docker"] = TagDecision.Adopt, ["linux"] = TagDecision.Adopt, ["shared"] = TagDecision.Adopt });
        var (begin, said, busy) = (world.Now, "", false);
        var reached = 0;
        while (world.Now < begin.AddDays(mostDays) && portal.State.Current?.Phase != Phase.RetireOptInTag)
        {
            cancel.ThrowIfCancellationRequested();
            world.AdvanceTo(world.Now + (busy ? Soon : Turn));
            (said, busy) = await portal.TurnAsync(cancel);
            if (portal.State.History.Count == reached) continue;
            reached = portal.State.History.Count;
            if (portal.State.Current?.Phase == Phase.OptIn) Write(world, text => Jobs.Aggregate(text, (file, job) => file.Replace(job, job + Asking, StringComparison.Ordinal)));
            if (portal.State.Current?.Phase == Phase.DockerFallback) Write(world, text => text.Replace(Asking, "", StringComparison.Ordinal));
        }

        var back = (await portal.Operations.NewestAsync(WorldPortal.Instance, int.MaxValue, null, cancel)).Count(one => one.State == OperationState.RolledBack);
        return new MigrationStory(
            portal.State.History, (world.Now - begin).TotalDays, world.Jobs.Count, Dropped(world, begin), world.Truth.Classes().Sum(one => one.UnservedSeconds),
            back + portal.State.History.Count(one => one.Evacuated), said);
    }

    // Half of the projects that say nothing of runners: two of their jobs move, the others stay.
    private static void Write(GitLabWorld world, Func<string, string> edit)
    {
        foreach (var project in world.Directory.Projects.Where(one => one.Id % 2 == 0 && one.CiConfigPath is null))
        {
            if (world.Code.FindFile(project, project.DefaultBranch, ".gitlab-ci.yml")?.Content is not { } text || text.Contains("default:", StringComparison.Ordinal) || edit(text) == text) continue;
            _ = world.Apply(new CreateCommit(project.Id, project.DefaultBranch, "Choose runners", [new FileAction(FileActionKind.Update, ".gitlab-ci.yml", edit(text))], 1)).Get<object>();
        }
    }

    private static int Dropped(GitLabWorld world, DateTimeOffset since)
    {
        var dropped = 0;
        for (var id = world.Jobs.Count; id > 0 && world.Jobs.Find(id) is { } job && job.CreatedAt >= since; id--)
            if (job.Cause == Cause.NoRunner) dropped++;
        return dropped;
    }
}
