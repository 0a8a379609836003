using System.Security.Claims;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Cohorts;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Cohorts;

public sealed class FailedLatelyTests : IAsyncDisposable
{
    private static readonly ProjectId Id = new(PageServices.Production, 7);

    private readonly KitContext kit = new();
    private readonly Logs logs = new();

    [Fact]
    public void NothingFailed_SaysNothing() => Render().Markup.Trim().ShouldBeEmpty();

    [Fact]
    public void Click_ReadsTheLog_AndSaysWhoIsToBlameWhyAndWhatToDo()
    {
        logs.Text = "$ ping -c1 db\npassword=hunter2hunter2\nping: socket: Operation not permitted\nERROR: Job failed: command terminated with exit code 2\n";
        var page = Render(Job(3, "net", "kubernetes"));
        page.Markup.ShouldContain("GitLab says: script failure.");
        page.Find("a[href='https://gitlab.example/billing/ledger/-/jobs/3']");

        page.Find("button").Click();
        page.WaitForAssertion(() => page.Find("h4").TextContent.ShouldBe("The runner, not your code"));
        page.Find("details").TextContent.ShouldContain("Operation not permitted");
        page.Markup.ShouldNotContain("hunter2");
        page.FindAll("button").ShouldBeEmpty();
    }

    [Fact]
    public void Click_WhenTheBudgetIsSpent_SaysWhenToComeAgain_AndTheButtonStays()
    {
        logs.Refuses = Refusal.Of(DeskCode.RateLimited, "Try again in 40 seconds.");
        var page = Render(Job(3, "net", "kubernetes"));

        page.Find("button").Click();
        page.WaitForAssertion(() => page.Find(".fault").TextContent.ShouldBe("Try again in 40 seconds."));
        page.Find("button").TextContent.Trim().ShouldBe("Why did it fail?");
    }

    [Fact]
    public void Log_Gone_IsSaid()
    {
        logs.State = LogState.Empty;
        var page = Render(Job(3, "net", "docker"));

        page.Find("button").Click();
        page.WaitForAssertion(() => page.Find(".verdict").TextContent.ShouldContain("Its log is erased or was never written"));
    }

    [Fact]
    public void Many_ShowTheFirst_AndFoldTheRest()
    {
        var page = Render([.. Enumerable.Range(1, 5).Select(at => Job(at, $"job-{at}", "docker"))]);

        page.FindAll("article").Count.ShouldBe(5);
        page.Find("details > summary").TextContent.ShouldBe("3 more");
        page.FindAll("details article").Count.ShouldBe(3);
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<FailedLately> Render(params JobRow[] failed)
    {
        kit.AddLivePages();
        kit.Services.AddSingleton(all => new ExplainFailures(new Jobs(failed), logs, new Verdicts(), new NoHistory(), all.GetRequiredService<IPortalEvents>(), all.GetRequiredService<IWorldClock>()));
        kit.Services.AddSingleton(all => new FailureActs(all.GetRequiredService<ExplainFailures>(), null!));
        return kit.Render<FailedLately>(parameters => parameters.Add(one => one.Project, Id).Add(one => one.FullPath, "billing/ledger").Add(one => one.Person, new ClaimsPrincipal()));
    }

    internal static JobRow Job(long number, string name, string executor) => new(
        new JobId(Id.Instance, number), Id, "billing/ledger", JobStatus.Failed, name, "test", "main", false, "push", TagSet.Empty, null, null, KitContext.Now.AddMinutes(-30), KitContext.Now.AddMinutes(-20), 1,
        new Executor(executor), FailureKind.Script, "script_failure");

    private sealed class Logs : IJobLogs
    {
        public string Text { get; set; } = "";

        public LogState State { get; set; }

        public Refusal? Refuses { get; set; }

        public Task<Outcome<JobLog>> ReadAsync(GitLabCaller caller, JobId job, ProjectId project, CancellationToken cancel) =>
            Task.FromResult<Outcome<JobLog>>(Refuses is { } no ? no : new JobLog(State, Text));
    }

    internal sealed class Verdicts : IVerdictStore
    {
        private readonly Dictionary<long, JobVerdict> kept = [];

        public Task<IReadOnlyDictionary<long, JobVerdict>> FindAsync(InstanceId instance, IReadOnlyCollection<long> jobs, CancellationToken cancel) => Task.FromResult<IReadOnlyDictionary<long, JobVerdict>>(kept);

        public Task<JobVerdict> SaveAsync(JobVerdict verdict, DateTimeOffset excerptUntil, CancellationToken cancel) => Task.FromResult(kept[verdict.Job.Number] = verdict);

        public Task<int> ExpireAsync(InstanceId instance, DateTimeOffset now, CancellationToken cancel) => Task.FromResult(0);
    }

    internal sealed class NoHistory : IJobHistory
    {
        public Task<IReadOnlyDictionary<string, JobHistory>> OfAsync(ProjectId project, IReadOnlyCollection<string> names, CancellationToken cancel) => Task.FromResult<IReadOnlyDictionary<string, JobHistory>>(new Dictionary<string, JobHistory>());
    }

    internal sealed class Jobs(JobRow[] failed) : IJobReader
    {
        public Task<IReadOnlyList<JobRow>> FindAsync(JobFilter filter, int limit, long? before, CancellationToken cancel) => Task.FromResult<IReadOnlyList<JobRow>>([.. failed.Where(job => job.Id.Number < before).OrderByDescending(job => job.Id.Number).Take(limit)]);

        public Task<FinishedPage> FinishedAsync(JobFilter filter, int limit, JobMark? after, CancellationToken cancel) => Task.FromResult(new FinishedPage([.. failed.Where(job => job.Executor.Family == filter.Executor).Take(limit)], null, null));

        public Task<DateTimeOffset?> KeptSinceAsync(InstanceId instance, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<JobRow>> PendingAsync(InstanceId instance, int limit, CancellationToken cancel) => throw new NotSupportedException();

        public Task<long> PendingCountAsync(InstanceId instance, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<(long Job, ProjectId Project)>> UnfinishedAsync(InstanceId instance, DateTimeOffset movingSince, DateTimeOffset restingSince, int limit, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<(long? Runner, long Job, ProjectId Project)>> WithoutReasonAsync(InstanceId instance, int limit, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<RunnerId, IReadOnlyList<HourCount>>> PerRunnerAsync(InstanceId instance, TimeWindow window, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<ProjectId, LastRun>> LastRunsAsync(InstanceId instance, IReadOnlyCollection<ProjectId> projects, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<TagUse>> TagsAsync(InstanceId instance, TimeWindow window, CancellationToken cancel) => throw new NotSupportedException();
    }
}
