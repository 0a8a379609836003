using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Jobs;
using MigrationPortal.Web.Tests.Insights;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Jobs;

public sealed class JobsPageTests : IAsyncDisposable
{
    private readonly KitContext kit = new();
    private readonly StillInsights insights = new() { Rates = [new RatePoint(KitContext.Now.AddDays(-200), "docker", new Rate(9, 900))] };
    private DateTimeOffset? kept;
    private JobFilter? asked;

    public JobsPageTests()
    {
        kit.AddLivePages();
        kit.ComponentFactories.AddStub<ValuePick>();
        kit.Services.AddSingleton(Answering<IJobReader>.With(call => call switch
        {
            (nameof(IJobReader.FinishedAsync), [JobFilter filter, ..]) => Task.FromResult(Nothing(filter)),
            (nameof(IJobReader.KeptSinceAsync), _) => Task.FromResult(kept),
            _ => throw new NotSupportedException(call.Method),
        }));
        kit.Services.AddSingleton(Answering<IFleetStore>.With(_ => Task.FromResult<FleetSnapshot?>(null)));
        kit.Services.AddSingleton(new CountJobs(insights)).AddSingleton(new ValueNames(null!, null!));
    }

    [Fact]
    public void DroppedForTheirAge_IsSaidInsteadOfNone()
    {
        kept = KitContext.Now.AddDays(-180);

        var page = Read($"/jobs?from={KitContext.Now.Date.AddDays(-220):yyyy-MM-dd}&to={KitContext.Now.Date.AddDays(-190):yyyy-MM-dd}");

        page.Find(".banner").TextContent.ShouldContain("are no longer kept");
        page.Markup.ShouldContain("No such job is kept any more");
        page.Markup.ShouldContain("900\u00a0jobs of this range were counted before single jobs were dropped");
    }

    [Fact]
    public void NothingDropped_SaysNothingOfIt()
    {
        var page = Read("/jobs?range=14d");

        page.FindAll(".banner").ShouldBeEmpty();
        page.Markup.ShouldContain("No such job finished in this range");
    }

    [Fact]
    public void LongerThanCanBeListed_ListsItsLatestPart_AndSaysSo()
    {
        var to = KitContext.Now.Date;

        var page = Read($"/jobs?from={to.AddDays(-400):yyyy-MM-dd}&to={to:yyyy-MM-dd}");

        page.Find(".banner").TextContent.ShouldContain("Only the last 92 days of this range are listed.");
        asked!.Finished!.Value.From.ShouldBe(new DateTimeOffset(to, TimeSpan.Zero).AddDays(-92));
    }

    [Theory]
    [InlineData(900, "CSV of the latest 500")]
    [InlineData(500, "CSV")]
    public void Csv_SaysWhenItHoldsOnlyAPart(long jobs, string word)
    {
        insights.Rates = [new RatePoint(KitContext.Now.AddDays(-200), "docker", new Rate(9, jobs))];

        var page = Read($"/jobs?from={KitContext.Now.Date.AddDays(-220):yyyy-MM-dd}&to={KitContext.Now.Date.AddDays(-190):yyyy-MM-dd}");

        page.Find("a[href^='api/v1/jobs']").TextContent.ShouldBe(word);
    }

    [Fact]
    public void FromRatesWithoutIncidents_SaysThatTheListHasThem() => Read("/jobs?incidents=without").Find(".banner").TextContent.ShouldContain("Jobs of incidents are in this list.");

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private FinishedPage Nothing(JobFilter filter)
    {
        asked = filter;
        return new FinishedPage([], null, null);
    }

    private IRenderedComponent<JobsPage> Read(string address)
    {
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = kit.Render<JobsPage>();
        page.WaitForAssertion(() => page.Markup.ShouldNotContain("Looking for jobs"));
        return page;
    }

    // Ports with a dozen questions of which a page asks two.
    [SuppressMessage("Performance", "CA1852", Justification = "The proxy derives from it at run time.")]
    private class Answering<T> : DispatchProxy where T : class
    {
        private Func<(string Method, object?[] Values), object> _answer = null!;

        public static T With(Func<(string Method, object?[] Values), object> answer)
        {
            var port = Create<T, Answering<T>>();
            ((Answering<T>)(object)port)._answer = answer;
            return port;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer((targetMethod!.Name, args ?? []));
    }
}
