using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Clusters.Surges;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Clusters;

public sealed class SurgePagesTests : IAsyncDisposable, ISurgeStore
{
    private static readonly Task<AuthenticationState> SignedIn = Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity([new Claim(PortalClaims.Token, "7")], "test"))));

    private readonly KitContext kit = new();
    private readonly List<Surge> stored = [];
    private readonly List<SurgeSample> samples = [];
    private Task reading = Task.CompletedTask;

    public SurgePagesTests()
    {
        kit.AddLivePages();
        kit.Services.AddSingleton<ISurgeStore>(this).AddSingleton<IAuditTrail>(new StillClusters()).AddSingleton<SurgeSteps>().AddSingleton<EndSurge>();
    }

    [Fact]
    public void List_Empty_SaysWhatASurgeIs_AndReadingIsSaid()
    {
        List().Markup.ShouldContain("Nothing was ever lent");
        var waits = new TaskCompletionSource();
        reading = waits.Task;
        var page = List();
        page.Find("[aria-busy=true]").TextContent.ShouldContain("Reading the surges");
        waits.SetException(new InvalidOperationException("the store is away"));
        page.WaitForAssertion(() => page.Find(".banner").TextContent.ShouldContain("the store is away"));
    }

    [Fact]
    public void List_SaysHowManyAreLent_AndWhatEachWaitsFor()
    {
        stored.Add(Lending with { Said = "GitLab does not answer." });
        var page = List();
        Plain(page.Find("h1").TextContent).ShouldBe("1 runner of QA is lent to production");
        page.Find("tbody tr").TextContent.ShouldContain("GitLab does not answer.");
        page.Find("a[href='surges/3']").TextContent.ShouldBe("Surge 3");
    }

    [Fact]
    public void Lending_ShowsTheQueueGoingDown_AndMayBeEnded()
    {
        stored.Add(Lending);
        samples.AddRange([new SurgeSample(KitContext.Now.AddMinutes(-20), 80, 5, 5), new SurgeSample(KitContext.Now, 12, 9, 70)]);
        var page = One();
        var text = Plain(page.Markup);
        text.ShouldContain("90 jobs waited when it was asked for, 12 when the queue was last read.");
        text.ShouldContain("takes jobs");
        text.ShouldContain("DEPLOY_KEY");
        page.FindAll("button").ShouldContain(one => one.TextContent.Contains("End now", StringComparison.Ordinal));
        page.FindAll("path.n0l").ShouldHaveSingleItem();
    }

    [Fact]
    public void Ended_SaysWhy_AndOffersNothing()
    {
        stored.Add(Lending with { State = SurgeState.Ended, EndedFor = "Its time is over.", EndedAt = KitContext.Now, Lent = [Lending.Lent[0] with { RunnerGone = true, ObjectsGone = true, QaBack = true }] });
        var page = One();
        page.Markup.ShouldContain("Its time is over.");
        page.Markup.ShouldContain("home");
        page.FindAll("button").ShouldNotContain(one => one.TextContent.Contains("End now", StringComparison.Ordinal));
    }

    [Fact]
    public void UnknownSurge_SaysSo() => One().Markup.ShouldContain("There is no such surge");

    [Fact]
    public void Reach_IsReadOnlyOnceEachLongGroupWasOpened()
    {
        var told = 0;
        Reachable[] reach = [new(ReachableKind.JobToken, "CI_JOB_TOKEN", null, "jobs"), .. Enumerable.Range(0, 13).Select(one => new Reachable(ReachableKind.InstanceVariable, $"KEY_{one}", null, "jobs"))];
        var list = kit.Render<SurgeReachList>(all => all.Add(one => one.Reach, reach).Add(one => one.Title, "Reach").Add(one => one.OnAllOpened, () => told++));
        told.ShouldBe(0);
        list.Find("details:not([open])").TriggerEvent("ontoggle", EventArgs.Empty);
        told.ShouldBe(1);
    }

    private static Surge Lending { get; } = new(
        3, PageServices.Production, RunnerRole.Kubernetes, null, ["k8s-default"], true,
        [
            new LentRunner(
                new RunnerId(new InstanceId("qa"), 7), "qa-k8s-01", false, 1, "qa-k8s-a", 1, "qa", 2, "surge-abc", new TokenPlace("gitlab-runner", "surge-abc-token", ["runner-token"], "abc"), [], LentState.Loose,
                KitContext.Now, 77, KitContext.Now, KitContext.Now, 70, 9, false, false, false),
        ],
        [new Reachable(ReachableKind.InstanceVariable, "DEPLOY_KEY", true, "jobs in qa-k8s-a")],
        SurgeState.Lending, KitContext.Now.AddHours(2), TimeSpan.FromHours(1), KitContext.Now, 90, null, null, new Actor(ActorKind.Token, "7"), "the queue is long", KitContext.Now.AddMinutes(-25), KitContext.Now.AddMinutes(-22), KitContext.Now.AddMinutes(-22), null, 4);

    private IRenderedComponent<SurgesPage> List() => kit.Render<SurgesPage>(all => all.AddCascadingValue(SignedIn));

    private IRenderedComponent<SurgePage> One() => kit.Render<SurgePage>(all => all.Add(page => page.Id, 3).AddCascadingValue(SignedIn));

    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace("&#xA0;", " ", StringComparison.Ordinal);

    public async ValueTask DisposeAsync() => await kit.DisposeAsync();

    public Task<Surge?> AddAsync(Surge surge, CancellationToken cancel) => throw new NotSupportedException("Nothing is written.");

    public Task<Surge?> SaveAsync(Surge surge, CancellationToken cancel) => throw new NotSupportedException("Nothing is written.");

    public Task<Surge?> FindAsync(long id, CancellationToken cancel) => Task.FromResult(stored.Find(one => one.Id == id));

    public Task<IReadOnlyList<Surge>> OpenAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Surge>>(stored);

    public async Task<IReadOnlyList<Surge>> ListAsync(InstanceId instance, int limit, long? before, CancellationToken cancel)
    {
        await reading;
        return stored;
    }

    Task ISurgeStore.AddSampleAsync(long surge, SurgeSample sample, CancellationToken cancel) => throw new NotSupportedException("Nothing is written.");

    public Task<IReadOnlyList<SurgeSample>> SamplesAsync(long surge, int most, CancellationToken cancel) => Task.FromResult<IReadOnlyList<SurgeSample>>(samples);
}
