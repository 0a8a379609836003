using CsCheck;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;

namespace MigrationPortal.Infrastructure.Tests.Jobs;

/// <summary>Generated jobs as several sources show them: each observation true for its moment, none complete.</summary>
internal static class JobLives
{
    private static readonly string[] Reasons = ["script_failure", "runner_system_failure", "job_execution_timeout", "stuck_or_timeout_failure"];

    private static readonly TagSet[] TagSets = [TagSet.Empty, TagSet.Of("docker"), TagSet.Of("linux", "docker"), TagSet.Of("k8s-default")];

    public static Gen<List<JobObservation>> Observations =>
        from jobs in Gen.Int[1, 12]
        from lives in Life.List[jobs]
        select lives.SelectMany((life, at) => Observe(1000 + at * 7, life)).ToList();

    private static Gen<(int Project, int Runner, int Tags, JobStatus End, int Reason, int Wait, int Run, int Born, int Shown)> Life =>
        from project in Gen.Int[1, 4]
        from runner in Gen.Int[0, 3]
        from tags in Gen.Int[0, TagSets.Length - 1]
        from end in Gen.OneOf(new[] { JobStatus.Success, JobStatus.Failed, JobStatus.Canceled, JobStatus.Running, JobStatus.Pending }.Select(Gen.Const).ToArray())
        from reason in Gen.Int[0, Reasons.Length - 1]
        from wait in Gen.Int[0, 900]
        from run in Gen.Int[0, 9000]
        from born in Gen.Int[0, 3 * 24 * 3600]
        from shown in Gen.Int[1, 31]
        select (project, runner, tags, end, reason, wait, run, born, shown);

    // Bits of "shown" choose which sources saw the job, the final GraphQL reading among them or not.
    private static IEnumerable<JobObservation> Observe(
        long number, (int Project, int Runner, int Tags, JobStatus End, int Reason, int Wait, int Run, int Born, int Shown) life)
    {
        var created = StoreFixture.Noon.AddSeconds(life.Born);
        var started = life.End == JobStatus.Pending ? (DateTimeOffset?)null : created.AddSeconds(life.Wait);
        var finished = life.End is JobStatus.Running or JobStatus.Pending ? null : started?.AddSeconds(life.Run);
        long? runner = started is null || life.Runner == 0 ? null : life.Runner;
        var whole = new JobObservation(
            new JobId(StoreFixture.Production, number), new ProjectId(StoreFixture.Production, life.Project), life.End, JobSource.GraphQl,
            $"job-{number % 3}", "test", "main", life.Tags % 2 == 0, "push", 5, TagSets[life.Tags], created, created, started, finished, runner,
            runner is null ? null : $"s_{runner}", null, null, false, false);
        if ((life.Shown & 1) != 0) yield return whole with { Status = JobStatus.Pending, StartedAt = null, FinishedAt = null, RunnerNumber = null, SystemId = null };
        if ((life.Shown & 2) != 0) yield return whole;
        if ((life.Shown & 4) != 0)
            yield return whole with
            {
                Source = JobSource.RunnerJobs,
                Tags = null,
                SystemId = null,
                Protected = null,
                FailureReason = life.End == JobStatus.Failed ? Reasons[life.Reason] : null,
            };
        if ((life.Shown & 8) != 0) yield return whole with { Source = JobSource.Webhook, Tags = null, SystemId = null, QueuedAt = null, PipelineSource = null };
        if ((life.Shown & 16) != 0) yield return whole with { Executor = runner is null ? null : ExecutorOf(runner.Value) };
    }

    /// <summary>Runner 3 is left to the manager store alone.</summary>
    public static Executor ExecutorOf(long runner) => runner switch { 1 => Executor.Docker, 2 => Executor.Kubernetes, _ => Executor.DockerMachine };
}
