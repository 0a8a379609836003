using CsCheck;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts;

public sealed class LogSampleTests
{
    private const string Seed = "0123456789abcdef";

    private static readonly InstanceId Production = new("production");

    private static readonly Gen<FailedId[]> Days = Gen.Select(Gen.Long[1, 5000], Gen.Int[0, 3]).Array[0, 80]
        .Select(rows => rows.DistinctBy(row => row.Item1).Select(row => new FailedId(row.Item1, row.Item1 % 7, (ExecutorFamily)row.Item2)).ToArray());

    [Fact]
    public void Draw_TakesAsManyOfEither_AndNoMoreThanEitherHas() => Gen.Select(Days, Gen.Int[0, 30]).Sample((failed, most) =>
    {
        var drawn = LogSample.Draw(Seed, Production, failed, most);
        int Of(IEnumerable<FailedId> jobs, ExecutorFamily family) => jobs.Count(job => job.Executor == family);
        var each = Math.Min(most, Math.Min(Of(failed, ExecutorFamily.Docker), Of(failed, ExecutorFamily.Kubernetes)));

        Of(drawn, ExecutorFamily.Docker).ShouldBe(each);
        Of(drawn, ExecutorFamily.Kubernetes).ShouldBe(each);
        drawn.Count.ShouldBe(2 * each);
        drawn.ShouldBeSubsetOf(failed);
        drawn.ShouldBeUnique();
    });

    [Fact]
    public void Draw_IsOfTheJobsAndTheSeed_NotOfTheirOrder_AndALargerOneHoldsTheSmaller() => Gen.Select(Days, Gen.Int[0, 30]).Sample((failed, most) =>
    {
        var drawn = LogSample.Draw(Seed, Production, failed, most);

        LogSample.Draw(Seed, Production, [.. failed.Reverse()], most).ShouldBe(drawn);
        drawn.ShouldBeSubsetOf(LogSample.Draw(Seed, Production, failed, most + 5));
    });

    [Fact]
    public void Draw_IsRecomputedByHand()
    {
        FailedId[] failed = [.. Enumerable.Range(1, 40).Select(job => new FailedId(job, 1, job % 2 == 0 ? ExecutorFamily.Docker : ExecutorFamily.Kubernetes))];
        var byHand = Enumerable.Range(1, 40).Where(job => job % 2 == 0).OrderBy(job => KeyedHash.OfJob(Seed, "log-sample", new JobId(Production, job))).Take(3).Select(job => (long)job);

        LogSample.Draw(Seed, Production, failed, 3).Where(job => job.Executor == ExecutorFamily.Docker).Select(job => job.Job).ShouldBe(byHand);
        LogSample.Draw("fedcba9876543210", Production, failed, 3).ShouldNotBe(LogSample.Draw(Seed, Production, failed, 3));
    }

    [Fact]
    public void Finding_CountsWhatLogsSayOfEachKind_AndOnlyOfLogsThatWereRead()
    {
        SampleCell[] cells =
        [
            new(ExecutorFamily.Kubernetes, "script_failure", LogState.Read, FailureBlame.Runner, 3),
            new(ExecutorFamily.Kubernetes, "script_failure", LogState.Read, FailureBlame.Code, 6),
            new(ExecutorFamily.Kubernetes, "script_failure", LogState.Read, FailureBlame.Unknown, 1),
            new(ExecutorFamily.Kubernetes, "script_failure", LogState.Empty, FailureBlame.Runner, 2),
            new(ExecutorFamily.Kubernetes, "script_failure", null, FailureBlame.Unknown, 4),
            new(ExecutorFamily.Docker, "runner_system_failure", LogState.Missing, FailureBlame.Unknown, 5),
        ];

        var (docker, kubernetes) = (SampleFinding.Of(cells)[0], SampleFinding.Of(cells)[1]);
        (docker.Executor, docker.Kind, docker.Drawn, docker.Read, docker.RunnerShare).ShouldBe((ExecutorFamily.Docker, FailureKind.Infrastructure, 5, 0, null));
        (kubernetes.Drawn, kubernetes.Read, kubernetes.Runner, kubernetes.Code, kubernetes.Unknown).ShouldBe((16, 10, 3, 6, 1));
        // Newcombe 1998: Wilson's limits of 3 of 10.
        kubernetes.RunnerShare!.Value.Low.ShouldBe(0.1078, 0.0001);
        kubernetes.RunnerShare.Value.High.ShouldBe(0.6032, 0.0001);
    }
}
