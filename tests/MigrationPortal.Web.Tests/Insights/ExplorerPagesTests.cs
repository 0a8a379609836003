using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Insights;

public sealed class ExplorerPagesTests : IAsyncDisposable
{
    private const string Why = "the job sweep is behind: GitLab answers 503";
    private static readonly DateTimeOffset Today = new(KitContext.Now.Date, TimeSpan.Zero);

    private readonly KitContext kit = new();

    public ExplorerPagesTests()
    {
        var insights = new StillInsights
        {
            Shares = [.. Enumerable.Range(0, 14).Select(day => new SharePoint(Today.AddDays(-day), "docker", 900, 500, 900, 500))],
            Rates = [.. Enumerable.Range(0, 14).Select(day => new RatePoint(Today.AddDays(-day), "docker", new Rate(9, 900)))],
            Unread = [new UnreadRange(Today.AddDays(-2), Today.AddDays(-1), Why)],
        };
        kit.AddLivePages();
        kit.ComponentFactories.AddStub<ValuePick>();
        kit.Services.AddSingleton<IInsightReader>(insights).AddSingleton<IJobCollection>(insights).AddSingleton<IMigrationStore>(insights)
            .AddSingleton<IDurationReader>(new StillTimes()).AddSingleton<FindIncidents>().AddTransient<ReadRates>().AddSingleton(new ValueNames(null!, null!));
    }

    [Fact]
    public void Rates_MarkWhatIsNotRead() => MarksTheGap<RatesPage>("/insights/rates", 1);

    [Fact]
    public void Shares_MarkWhatIsNotRead() => MarksTheGap<SharesPage>("/insights/shares", 2);

    [Fact]
    public void Times_MarkWhatIsNotRead() => MarksTheGap<TimesPage>("/insights/times", 2);

    [Theory]
    [InlineData("managed=true", "Take the filter managed away")]
    [InlineData("attempts=first", "Take the filter attempts away")]
    [InlineData("reason=script_failure", "Take the filter reason away")]
    public void Shares_WithAFilterOfRatesAlone_SayThatItCannotNarrowThem(string filter, string way)
    {
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo($"/insights/shares?{filter}");
        kit.Render<SharesPage>().WaitForAssertion(() => kit.Render<SharesPage>().Markup.ShouldContain(way));
    }

    [Fact]
    public void Tabs_ToSharesAndTimes_LeaveTheFiltersOfRatesBehind()
    {
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo("/insights/rates?managed=true&attempts=first&incidents=without&project=7");
        var tabs = kit.Render<InsightTabs>().FindAll("a").ToDictionary(tab => tab.TextContent.Trim(), tab => tab.GetAttribute("href")!);
        tabs["Shares"].ShouldBe("insights/shares?project=7");
        tabs["Times"].ShouldBe("insights/times?project=7");
        tabs["Failure rates"].ShouldContain("managed=true");
    }

    [Fact]
    public void JobsBehindADenominator_AreNotThoseOfAReason()
    {
        var asked = Explorer.Of(kit.Services.GetRequiredService<MigrationPortal.Web.Shared.UrlState>(), new InstanceId("production"), KitContext.Now);
        asked = asked with { Filter = asked.Filter with { Where = new Dictionary<Dimension, string> { [Dimension.Reason] = "script_failure" } } };
        asked.JobsHref("docker", asked.Window, failedOnly: false).ShouldNotContain("script_failure");
        asked.JobsHref("docker", asked.Window, failedOnly: true).ShouldContain("reason=script_failure");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private void MarksTheGap<TPage>(string address, int charts) where TPage : ComponentBase
    {
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo(address);

        var page = kit.Render<TPage>();

        page.WaitForAssertion(() => page.FindAll(".unread rect title").Count.ShouldBe(charts));
        page.FindAll(".unread rect title").ShouldAllBe(mark => mark.TextContent == $"Not known: {Why}");
        page.Find(".banner").TextContent.ShouldContain("The job sweep is behind: GitLab answers 503.");
    }

    private sealed class StillTimes : IDurationReader
    {
        private static readonly DurationPoint[] Points = [.. Enumerable.Range(0, 14).Select(day => new DurationPoint(Today.AddDays(-day), "docker", 900, 2, 9, 900, 60, 300))];

        public Task<IReadOnlyList<DurationPoint>> DurationsAsync(InsightFilter filter, CancellationToken cancel) => Task.FromResult<IReadOnlyList<DurationPoint>>(Points);

        public Task<IReadOnlyList<DurationPoint>> TotalsAsync(InsightFilter filter, CancellationToken cancel) => Task.FromResult<IReadOnlyList<DurationPoint>>(Points[..1]);
    }
}
