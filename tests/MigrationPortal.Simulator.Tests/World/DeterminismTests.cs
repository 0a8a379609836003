using System.Text.Json;
using CsCheck;
using MigrationPortal.World;

namespace MigrationPortal.Simulator.Tests.World;

/// <summary>The world's promise: same options, same inputs at the same times, same events.</summary>
public class DeterminismTests
{
    private static readonly WorldOptions Options = WorldOptions.Small with { HistoryDays = 0 };

    private static readonly Gen<WorldInput> Inputs = Gen.OneOf<WorldInput>(
        Gen.Select(Gen.Int[1, 14], Of("docker", "docker,linux", "k8s-default,docker,linux", "k8s-default"), Gen.Bool, Gen.Bool,
            (id, tags, untagged, paused) => (WorldInput)new UpdateRunner(id, TagList: [tags], RunUntagged: untagged, Paused: paused && untagged)),
        Gen.Select(Of("k8s-a", "k8s-b"), Gen.Double[5, 200], (c, m) => (WorldInput)new GoDark(Cluster: c, Minutes: m)),
        Gen.Select(Gen.Int[1, 8], id => (WorldInput)new GoDark(RunnerId: id)),
        Gen.Select(Gen.Int[1, 8], id => (WorldInput)new ComeBack(RunnerId: id)),
        Gen.Select(Gen.Int[1, 14], id => (WorldInput)new DeleteRunner(id)),
        Gen.Select(Gen.Double[0.1, 1], rate => (WorldInput)new StartIncident("x", new IncidentReach(), rate, 60)),
        Gen.Select(Gen.Double[1.5, 6], factor => (WorldInput)new StartLoad(factor, 60)),
        Gen.Select(Gen.Int[1, 20], id => (WorldInput)new StopManager(id)),
        Gen.Select(Of("", "docker", "gone"),
            value => (WorldInput)new UpdateVariable(new VariableOwner(VariableLevel.Instance), "RUNNER_TAG", new CiVariable("RUNNER_TAG", value))),
        Gen.Select(Gen.Int[1001, 1010], Gen.Bool, (id, on) => (WorldInput)new UpdateProject(id, SharedRunnersEnabled: on)),
        Gen.Select(Gen.Long[1, 60], id => (WorldInput)new RetryJob(id, 1)),
        Gen.Select(Gen.Long[1, 60], id => (WorldInput)new CancelJob(id)),
        Gen.Select(Gen.Int[1001, 1010], id => (WorldInput)new RunPipeline(id, "main", 1)));

    private static readonly Gen<List<(int Minutes, WorldInput Input)>> Stories =
        Gen.Select(Gen.Int[1, 90], Inputs).List[1, 20];

    [Fact]
    public void SameSeed_SameHistory() =>
        new GitLabWorld(WorldOptions.Small).Events.Hash.ShouldBe(new GitLabWorld(WorldOptions.Small).Events.Hash);

    [Fact]
    public void OtherSeed_OtherHistory() =>
        new GitLabWorld(WorldOptions.Small with { Seed = 1 }).Events.Hash.ShouldNotBe(new GitLabWorld(WorldOptions.Small).Events.Hash);

    [Fact]
    public void Story_InSmallSteps_AndReplayed_IsTheSameWorld() => Stories.Sample(
        story =>
        {
            var whole = new GitLabWorld(Options);
            var stepped = new GitLabWorld(Options);
            foreach (var (minutes, input) in story)
            {
                whole.AdvanceTo(whole.Now.AddMinutes(minutes));
                var end = stepped.Now.AddMinutes(minutes);
                while (stepped.Now < end)
                {
                    var next = stepped.Now.AddSeconds(97.31);
                    stepped.AdvanceTo(next < end ? next : end);
                }

                whole.Apply(input).Refusal.ShouldBe(stepped.Apply(input).Refusal);
            }

            var replayed = GitLabWorld.Replay(Options, ThroughJson(whole.InputLog), whole.Now);
            stepped.Events.Hash.ShouldBe(whole.Events.Hash);
            replayed.Events.Hash.ShouldBe(whole.Events.Hash);
            replayed.InputLog.Count.ShouldBe(whole.InputLog.Count);
        },
        iter: 25,
        threads: 1);

    /// <summary>Waking managers only when there is something to get must look, from outside, like asking every three seconds.</summary>
    [Fact]
    public void Story_NoAbleManagerEverLetsAJobWaitLongerThanAPoll() => Stories.Sample(
        story =>
        {
            var world = new GitLabWorld(Options);
            foreach (var (minutes, input) in story)
            {
                for (var m = 0; m < minutes; m++)
                {
                    world.AdvanceTo(world.Now.AddMinutes(1));
                    CheckNobodySleeps(world);
                }

                world.Apply(input);
            }
        },
        iter: 15,
        threads: 1);

    [Fact]
    public void Story_EveryStartedJobWentToARunnerWithRoom_AndSlotsAreNeverExceeded() => Stories.Sample(
        story =>
        {
            var world = new GitLabWorld(Options);
            foreach (var (minutes, input) in story)
            {
                world.AdvanceTo(world.Now.AddMinutes(minutes));
                world.Fleet.Runners.SelectMany(r => r.Managers).ShouldAllBe(m => m.RunningJobs.Count <= m.Slots);
                world.Jobs.Newest([JobStatus.Running], null, 1000).Count
                    .ShouldBe(world.Jobs.CountOf(JobStatus.Running));
                world.Apply(input);
            }

            foreach (var job in world.Jobs.All)
            {
                (job.Status is JobStatus.Pending).ShouldBe(job.QueuedAt is not null && job.StartedAt is null && job.FinishedAt is null);
                (job.FailureReason != FailureReason.None).ShouldBe(job.Status == JobStatus.Failed);
            }
        },
        iter: 15,
        threads: 1);

    private static void CheckNobodySleeps(GitLabWorld world)
    {
        foreach (var job in world.Jobs.Newest([JobStatus.Pending], null, 1000))
        {
            if (world.Now - job.QueuedAt > TimeSpan.FromSeconds(3))
            {
                world.Fleet.Runners
                    .Where(r => !r.Paused && Fleet.Matches(r, job))
                    .SelectMany(r => r.Managers)
                    .Where(m => m.IsPolling && m.RunningJobs.Count < m.Slots)
                    .ShouldBeEmpty($"job {job.Id} waits since {job.QueuedAt:O}, now {world.Now:O}");
            }
        }
    }

    private static Gen<string> Of(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    private static List<RecordedInput> ThroughJson(IReadOnlyList<RecordedInput> log) =>
        [.. log.Select(r => JsonSerializer.Deserialize<RecordedInput>(JsonSerializer.Serialize(r))!)];
}
