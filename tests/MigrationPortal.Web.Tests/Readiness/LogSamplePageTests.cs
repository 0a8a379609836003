using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Readiness;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Readiness;

public sealed class LogSamplePageTests : IAsyncDisposable
{
    private readonly KitContext kit = new();

    [Fact]
    public void NothingDrawn_SaysWhen() => Render([]).Markup.ShouldContain("No failed job has been drawn yet");

    [Fact]
    public void Sample_SaysWhatIsMisfiled_WithItsLimits()
    {
        var page = Render(
        [
            new SampleCell(ExecutorFamily.Docker, "script_failure", LogState.Read, FailureBlame.Code, 10),
            new SampleCell(ExecutorFamily.Kubernetes, "script_failure", LogState.Read, FailureBlame.Runner, 3),
            new SampleCell(ExecutorFamily.Kubernetes, "script_failure", LogState.Read, FailureBlame.Code, 7),
        ]);

        page.Find("h1").TextContent.ShouldContain("3 of 20 script failures are the runner's");
        var rows = page.FindAll("tbody tr");
        rows.Count.ShouldBe(2);
        rows[1].TextContent.ShouldContain("3 of 10; 11\u00a0% to 60\u00a0%");
        page.Find(".note").TextContent.ShouldContain("0123456789abcdef");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<LogSamplePage> Render(SampleCell[] cells)
    {
        kit.AddLivePages();
        kit.Services.AddSingleton<ILogSamples>(new Samples(cells));
        return kit.Render<LogSamplePage>();
    }

    private sealed class Samples(SampleCell[] cells) : ILogSamples
    {
        public Task<string> SeedAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult("0123456789abcdef");

        public Task<IReadOnlyList<SampleCell>> CellsAsync(InstanceId instance, DateOnly from, DateOnly until, CancellationToken cancel) => Task.FromResult<IReadOnlyList<SampleCell>>(cells);

        public Task<IReadOnlyList<SampleDay>> DaysAsync(InstanceId instance, DateOnly from, DateOnly until, CancellationToken cancel) => Task.FromResult<IReadOnlyList<SampleDay>>([new SampleDay(until.AddDays(-1), 10, 30, 20, KitContext.Now)]);

        public Task<IReadOnlyList<DateOnly>> DrawnAsync(InstanceId instance, DateOnly from, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<FailedId>> FailedAsync(InstanceId instance, DateOnly day, CancellationToken cancel) => throw new NotSupportedException();

        public Task SaveAsync(InstanceId instance, SampleDay day, IReadOnlyList<FailedId> drawn, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<(JobId Job, ProjectId Project, string? Reason)>> UnreadAsync(InstanceId instance, int limit, CancellationToken cancel) => throw new NotSupportedException();
    }
}
