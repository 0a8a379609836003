using CsCheck;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Jobs;

public class JobRulesTests
{
    [Theory]
    [InlineData("script_failure", FailureKind.Script)]
    [InlineData("runner_system_failure", FailureKind.Infrastructure)]
    [InlineData("runner_external_dependency_failure", FailureKind.Infrastructure)]
    [InlineData("runner_interrupted", FailureKind.Infrastructure)]
    [InlineData("stuck_or_timeout_failure", FailureKind.Infrastructure)]
    [InlineData("job_execution_timeout", FailureKind.Timeout)]
    [InlineData("server_timeout_canceling", FailureKind.Timeout)]
    [InlineData("stuck_pending_no_matching_runners", FailureKind.NoRunner)]
    [InlineData("runner_configuration_error", FailureKind.Configuration)]
    [InlineData("protected_environment_failure", FailureKind.Policy)]
    [InlineData("word_of_gitlab_21", FailureKind.Infrastructure)]
    [InlineData(null, FailureKind.NotYetKnown)]
    [InlineData("", FailureKind.NotYetKnown)]
    public void KindOf_AFailedJob(string? reason, FailureKind kind) => FailureReasons.KindOf(JobStatus.Failed, reason).ShouldBe(kind);

    [Fact]
    public void KindOf_AJobThatDidNotFail_IsNone() => FailureReasons.KindOf(JobStatus.Success, "script_failure").ShouldBe(FailureKind.None);

    [Fact]
    public void Known_HoldsEveryWordOfGitLab19() => FailureReasons.Known.CountBy(one => one.Value).ToDictionary().ShouldBe(new Dictionary<FailureKind, int>
    {
        [FailureKind.Script] = 1,
        [FailureKind.Infrastructure] = 12,
        [FailureKind.Timeout] = 5,
        [FailureKind.NoRunner] = 3,
        [FailureKind.Configuration] = 4,
        [FailureKind.Policy] = 27,
    }, ignoreOrder: true);

    [Fact]
    public void Rank_IsDistinctForEachState_AndFinalOnesWin()
    {
        var all = Enum.GetValues<JobStatus>();
        all.Select(status => status.Rank()).Distinct().Count().ShouldBe(all.Length);
        all.ShouldAllBe(status => status.Rank() >= 0);
        JobStatus.Success.Rank().ShouldBeGreaterThan(JobStatus.Running.Rank());
        JobStatus.Running.Rank().ShouldBeGreaterThan(JobStatus.Pending.Rank());
        JobStatus.Pending.Rank().ShouldBeGreaterThan(JobStatus.Skipped.Rank());
    }

    [Fact]
    public void Merge_SkippedJobThatIsTakenUpAgain_HasNotFinishedUntilItEnds()
    {
        var skipped = JobObservation.Gone(new JobId(Make.Production, 1), new ProjectId(Make.Production, 7)) with { Status = JobStatus.Skipped, FinishedAt = Make.Now };
        var running = skipped with { Status = JobStatus.Running, StartedAt = Make.Now.AddMinutes(5), FinishedAt = null };
        var ended = running with { Status = JobStatus.Success, FinishedAt = Make.Now.AddMinutes(9) };

        JobMerge.Merge(skipped, running).ShouldBe(running);
        JobMerge.Merge(running, skipped).ShouldBe(running);
        JobMerge.Merge(JobMerge.Merge(ended, skipped), running).ShouldBe(ended);
        JobMerge.Merge(skipped, skipped).ShouldBe(skipped);
    }

    [Fact]
    public void Merge_IsCommutativeAssociativeAndIdempotent()
    {
        var one = Gen.Select(
            Gen.Enum<JobStatus>(), Gen.Enum<JobSource>(), Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 3],
            (status, source, times, words, tags, flags, executor) => new JobObservation(
                new JobId(Make.Production, 1), new ProjectId(Make.Production, 7), status, source, $"job{words % 2}", Word(words), Word(words + 1), Flag(flags), Word(words + 2), Number(times),
                tags == 0 ? null : Make.Tags(tags == 1 ? "" : $"t{tags}"), Time(times), Time(words), Time(tags), status.IsFinal() ? Time(flags) : null, Number(words), Word(tags),
                executor switch { 0 => null, 1 => Executor.Unknown, 2 => Executor.Docker, _ => Executor.Kubernetes }, Word(executor), Flag(times), Flag(words)));
        Always.Holds(Gen.Select(one, one, one), 5000, made =>
        {
            var (a, b, c) = made;
            JobMerge.Merge(a, b).ShouldBe(JobMerge.Merge(b, a));
            JobMerge.Merge(a, JobMerge.Merge(b, c)).ShouldBe(JobMerge.Merge(JobMerge.Merge(a, b), c));
            JobMerge.Merge(a, a).ShouldBe(a);
            JobMerge.Merge(a, b).Status.Rank().ShouldBe(Math.Max(a.Status.Rank(), b.Status.Rank()));
        });

        static string? Word(int n) => n % 4 == 0 ? null : $"w{n % 4}";
        static long? Number(int n) => n == 0 ? null : n;
        static bool? Flag(int n) => n == 0 ? null : n == 1;
        static DateTimeOffset? Time(int n) => n == 0 ? null : Make.Now.AddMinutes(n);
    }
}
