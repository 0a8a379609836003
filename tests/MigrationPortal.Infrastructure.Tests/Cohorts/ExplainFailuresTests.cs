using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Testing;
using MigrationPortal.World;
using Executor = MigrationPortal.World.Executor;
using JobStatus = MigrationPortal.Domain.Jobs.JobStatus;

namespace MigrationPortal.Infrastructure.Tests.Cohorts;

/// <summary>Failed jobs of the simulated GitLab, explained from their logs; why each failed is the world's own truth.</summary>
public sealed class ExplainFailuresTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const string Secret = "glpat-AbCdEfGhIjKlMnOpQrSt";

    private static readonly InstanceId Instance = SimulatedPortal.Production;
    private static readonly GitLabCaller Portal = new GitLabCaller.Portal(RequestPurpose.Logs);

    [Fact]
    public async Task Blame_AgreesWithTheTruthOfTheWorld()
    {
        await using var portal = await CollectedAsync(days: 6);
        var explain = portal.Get<ExplainFailures>();
        var seen = new Dictionary<Cause, int>();
        foreach (var job in await FailedAsync(portal))
        {
            var cause = portal.Simulator.Production.Do(world => world.Jobs.Find(job.Id.Number)!.Cause);
            if (seen.GetValueOrDefault(cause) == 6) continue;
            seen[cause] = seen.GetValueOrDefault(cause) + 1;
            var told = Done(await explain.RunAsync(Portal, job.Project, job.Id.Number, default));
            var verdict = told.Found!.Verdict;
            output.WriteLine($"{cause} on {job.Executor}: {verdict.Class} {verdict.Rule} {told.Blame}");
            var expected = cause switch
            {
                Cause.Script => FailureBlame.Code,
                Cause.Timeout or Cause.NoRunner => FailureBlame.Unknown,
                _ => FailureBlame.Runner,
            };
            // A path of the old host that is missing, and a device: the log says no more than that the script failed.
            if (cause is Cause.HostPath or Cause.Device or Cause.RunnerLost) told.Blame.ShouldBeOneOf(FailureBlame.Runner, FailureBlame.Code, FailureBlame.Unknown);
            else verdict.Blame.ShouldBe(expected, $"{cause} of job {job.Id} on {job.Executor}: {verdict.Class}");
        }

        seen.Keys.ShouldBeSubsetOf(Enum.GetValues<Cause>());
        seen.Keys.ShouldContain(Cause.Script);
        seen.Keys.ShouldContain(Cause.Infrastructure);
        seen.Keys.Count(cause => cause.IsIncompatibility()).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Log_IsReadOnce_AndLatelyTellsIt_KubernetesFirst()
    {
        await using var portal = await CollectedAsync();
        var (explain, failed) = (portal.Get<ExplainFailures>(), await FailedAsync(portal));
        var project = failed.GroupBy(job => job.Project).MaxBy(group => group.Count(job => job.Executor.Family == ExecutorFamily.Kubernetes))!.Key;
        var before = await explain.LatelyAsync(project, default);
        before.Count.ShouldBeInRange(2, ExplainFailures.Most);
        before.ShouldAllBe(job => job.Found == null);
        before.Select(job => (job.Job.Executor.Family == ExecutorFamily.Kubernetes ? 0 : 1, -job.Job.FinishedAt!.Value.UtcTicks)).ShouldBeInOrder();

        var first = before[0].Job;
        var told = Done(await explain.RunAsync(Portal, project, first.Id.Number, default));
        Traces(portal).ShouldBe(1);
        Done(await explain.RunAsync(Portal, project, first.Id.Number, default)).Found!.ReadAt.ShouldBe(told.Found!.ReadAt);
        Traces(portal).ShouldBe(1);
        (await explain.LatelyAsync(project, default))[0].Found!.Verdict.Explanation.ShouldBe(told.Found.Verdict.Explanation);

        Refused(await explain.RunAsync(Portal, new ProjectId(Instance, project.Number + 1), first.Id.Number, default)).ShouldBe("unknown-job");
        Refused(await explain.RunAsync(Portal, project, 999_999_999, default)).ShouldBe("unknown-job");
        var fine = (await portal.Get<IJobReader>().FindAsync(new JobFilter(Instance, Status: JobStatus.Success), 1, null, default))[0];
        Refused(await explain.RunAsync(Portal, fine.Project, fine.Id.Number, default)).ShouldBe("not-failed");
    }

    [Fact]
    public async Task Secrets_OfALog_AreNowhereInTheStore_AndExcerptsExpire()
    {
        await using var portal = await CollectedAsync();
        var job = (await FailedAsync(portal))[0];
        portal.Wire.Instead = path => path.EndsWith("/trace", StringComparison.Ordinal)
            ? FaultyWire.Answer(200, $"$ deploy\nusing token {Secret}\npassword=hunter2hunter2\nping: socket: Operation not permitted\nERROR: Job failed: command terminated with exit code 2\n", "text/plain") : null;

        var told = Done(await portal.Get<ExplainFailures>().RunAsync(Portal, job.Project, job.Id.Number, default)).Found!;
        told.Verdict.Excerpt.ShouldContain(line => line.Contains("Operation not permitted", StringComparison.Ordinal));
        var stored = await portal.ScalarAsync<string>("SELECT string_agg(v::text, ' ') FROM failure_verdicts v");
        stored.ShouldContain(LogRedaction.Mark);
        stored.ShouldNotContain(Secret);
        stored.ShouldNotContain("hunter2");

        await portal.RunAsync<RetentionSweep>();
        (await portal.Get<IVerdictStore>().FindAsync(Instance, [job.Id.Number], default))[job.Id.Number].Verdict.Excerpt.ShouldNotBeEmpty();
        await portal.Simulator.AdvanceAsync(ExplainFailures.ExcerptKept + TimeSpan.FromMinutes(1));
        (await portal.RunAsync<RetentionSweep>()).Said.ShouldContain("lines of 1 job's log dropped");
        var kept = (await portal.Get<IVerdictStore>().FindAsync(Instance, [job.Id.Number], default))[job.Id.Number];
        (kept.Verdict.Excerpt.Count, kept.Verdict.Class, kept.Verdict.Explanation).ShouldBe((0, told.Verdict.Class, told.Verdict.Explanation));
        (await portal.ScalarAsync<string>("SELECT string_agg(v::text, ' ') FROM failure_verdicts v")).ShouldNotContain("Operation not permitted");
    }

    [Fact]
    public async Task Log_Erased_IsExplainedByGitLabsReasonAlone_AndARefusalStoresNothing()
    {
        await using var portal = await CollectedAsync();
        var explain = portal.Get<ExplainFailures>();
        var job = (await FailedAsync(portal))[0];
        portal.Wire.Instead = path => path.EndsWith("/trace", StringComparison.Ordinal) ? FaultyWire.Answer(403, """{"message":"403 Forbidden"}""") : null;
        Refused(await explain.RunAsync(Portal, job.Project, job.Id.Number, default)).ShouldBe(DeskCode.Forbidden);
        (await portal.ScalarAsync<long>("SELECT count(*) FROM failure_verdicts")).ShouldBe(0);

        portal.Wire.Instead = null;
        portal.Simulator.Production.Do(world => world.Apply(new EraseJob(job.Id.Number)).Ok).ShouldBeTrue();
        var told = Done(await explain.RunAsync(Portal, job.Project, job.Id.Number, default));
        (told.Found!.Log, told.Found.Reason, told.Found.Verdict.Excerpt.Count).ShouldBe((LogState.Empty, job.FailureReason, 0));
    }

    [Fact]
    public async Task History_OfTheSameName_IsCountedOnBothSides()
    {
        await using var portal = await CollectedAsync();
        await portal.RunAsync<DigestSweep>();
        var failed = await FailedAsync(portal);
        var job = failed.First(one => one.Executor.Family == ExecutorFamily.Kubernetes);
        var history = (await portal.Get<IJobHistory>().OfAsync(job.Project, [job.Name, "no such job"], default)).ShouldHaveSingleItem();

        history.Key.ShouldBe(job.Name);
        var truth = portal.Simulator.Production.Do(world => world.Jobs.OfProject(world.Directory.FindProject((int)job.Project.Number)!, null, null, 0, 100_000)
            .Where(one => one.Name == job.Name && one.RanOn == Executor.Kubernetes && one.Status is World.JobStatus.Failed or World.JobStatus.Success)
            .Select(one => (one.Id, Failed: one.Status == World.JobStatus.Failed)).ToList());
        history.Value.Kubernetes.Finished.ShouldBeInRange(1, truth.Count);
        history.Value.Kubernetes.Failed.ShouldBeInRange(1, truth.Count(one => one.Failed));
    }

    /// <summary>Days on which Kubernetes takes all jobs that docker takes, beside it.</summary>
    private async Task<SimulatedPortal> CollectedAsync(int days = 1)
    {
        var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<FleetSweep>();
        await portal.RunAsync<ProjectSweep>();
        portal.Simulator.Production.Do(world =>
        {
            string[] tags = [.. world.Fleet.Runners.SelectMany(runner => runner.TagList).Distinct().Order(StringComparer.Ordinal).Take(50)];
            foreach (var runner in world.Fleet.Runners.Where(runner => runner.Managers.Any(manager => manager.Executor == Executor.Kubernetes)).ToList())
                _ = world.Apply(new UpdateRunner(runner.Id, RunUntagged: true, Paused: false, TagList: tags));
            return 0;
        });
        for (var day = 0; day < days; day++)
        {
            await portal.Simulator.AdvanceAsync(TimeSpan.FromDays(1));
            while ((await portal.RunAsync<JobSweep>()).Said.Contains("more to read", StringComparison.Ordinal))
            {
            }
        }

        await portal.RunAsync<ReasonSweep>();
        return portal;
    }

    private static async Task<IReadOnlyList<JobRow>> FailedAsync(SimulatedPortal portal) =>
        [.. (await portal.Get<IJobReader>().FindAsync(new JobFilter(Instance, Status: JobStatus.Failed), 5000, null, default)).Where(job => job.Executor.Family is ExecutorFamily.Kubernetes or ExecutorFamily.Docker)];

    private static int Traces(SimulatedPortal portal) => portal.Wire.Log.Count(one => one.Path.EndsWith("/trace", StringComparison.Ordinal));

    private static T Done<T>(Outcome<T> outcome) => outcome.Match(done => done, no => throw new InvalidOperationException($"{no.Code}: {string.Join(' ', no.Reasons)}"));

    private static string Refused<T>(Outcome<T> outcome) => outcome.Match(done => throw new InvalidOperationException($"Not refused: {done}"), no => no.Code);
}
