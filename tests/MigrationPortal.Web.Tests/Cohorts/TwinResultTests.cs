using Bunit;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Cohorts.TwinRuns;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Cohorts;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Cohorts;

public sealed class TwinResultTests : IAsyncDisposable
{
    private static readonly ProjectId Id = new(PageServices.Production, 7);

    private readonly KitContext kit = new();

    public TwinResultTests() => kit.AddLivePages();

    [Theory]
    [InlineData(JobStatus.Success, JobStatus.Success, "It works on both.")]
    [InlineData(JobStatus.Success, JobStatus.Failed, "It fails on Kubernetes alone.")]
    [InlineData(JobStatus.Failed, JobStatus.Success, "It fails on docker alone.")]
    [InlineData(JobStatus.Failed, JobStatus.Failed, "It fails on both: Kubernetes is not what it fails for.")]
    [InlineData(JobStatus.Skipped, JobStatus.Skipped, "A job that runs before it failed, so it did not run.")]
    [InlineData(JobStatus.Success, JobStatus.Canceled, "It says nothing of the two: the copy for Kubernetes did not run to its end.")]
    public void BothEnded_SaysWhatTheTwoSayTogether(JobStatus docker, JobStatus kubernetes, string says)
    {
        var card = Render(Run(TwinState.Ended, Half(docker, "docker"), Half(kubernetes, "kubernetes")));

        card.Find(".says").TextContent.ShouldBe(says);
        card.FindAll(".both > section").Count.ShouldBe(2);
        card.FindAll("button").ShouldBeEmpty();
        card.Markup.ShouldContain("protected variables are not there");
    }

    [Fact]
    public void CopyOnTheWrongExecutor_IsNoComparison() =>
        Render(Run(TwinState.Ended, Half(JobStatus.Success, "docker"), Half(JobStatus.Success, "docker"))).Find(".says").TextContent.ShouldBe("It says nothing of the two: the copy for Kubernetes ran on docker.");

    [Fact]
    public void Failure_WhoseLogWasRead_SaysWhyAndWhatToDo()
    {
        var found = new JobVerdict(new JobId(Id.Instance, 2), Id, LogState.Read, "script_failure", new FailureVerdict("permission", "R05", "ping may not open a raw socket.", "Use nc.", FailureBlame.Runner, []), KitContext.Now);
        var card = Render(Run(TwinState.Ended, Half(JobStatus.Success, "docker"), Half(JobStatus.Failed, "kubernetes")), found);

        card.Find("section[aria-label='lint on kubernetes']").TextContent.ShouldContain("ping may not open a raw socket.");
        card.Find("section[aria-label='lint on docker']").TextContent.ShouldNotContain("raw socket");
    }

    [Fact]
    public void Running_IsStopped_AndABranchThatIsLeft_Deleted()
    {
        var stopped = 0;
        Render(Run(TwinState.Running, Half(JobStatus.Running, "docker"), null), onStop: () => stopped++).Find("button").Click();
        var left = Render(Run(TwinState.Stopped, null, null) with { BranchState = TwinBranch.There }, onStop: () => stopped++);
        left.Markup.ShouldContain("is still there");
        left.Find("button").Click();
        stopped.ShouldBe(2);
        Render(Run(TwinState.Ended, null, null) with { BranchState = TwinBranch.TakenOver }).Markup.ShouldContain("Somebody has written on the branch");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<TwinResult> Render(TwinRun run, JobVerdict? kubernetes = null, Action? onStop = null) =>
        kit.Render<TwinResult>(parameters => parameters.Add(one => one.Seen, new TwinSeen(run, null, kubernetes)).Add(one => one.OnStop, () => onStop?.Invoke()));

    private static TwinHalf Half(JobStatus status, string executor) => new(executor == "docker" ? 1 : 2, status, status == JobStatus.Failed ? "script_failure" : null, 5, new Executor(executor), 2, 40, "https://gitlab.example/-/jobs/1");

    private static TwinRun Run(TwinState state, TwinHalf? docker, TwinHalf? kubernetes) => new(
        3, Id, "lint", "0123456789abcdef", "migration-portal/twin-lint-01234567", [], ["k8s-default"], [], [], state, TwinBranch.Gone, "fedc", new TwinPipeline(9, ""), docker, kubernetes, null, Actor.Portal, KitContext.Now, KitContext.Now, 4);
}
