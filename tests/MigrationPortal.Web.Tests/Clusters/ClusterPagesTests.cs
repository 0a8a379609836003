using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Live;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Clusters.Rights;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Clusters;
using MigrationPortal.Web.Tests.RunnerConfig;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Clusters;

public sealed class ClusterPagesTests : IAsyncDisposable
{
    private static readonly Task<AuthenticationState> SignedIn = Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity([new Claim(PortalClaims.Token, "7")], "test"))));

    private readonly KitContext kit = new();
    private readonly StillClusters still = new();
    private readonly StillApplications applications = new();

    public ClusterPagesTests()
    {
        kit.AddLivePages();
        kit.Services.AddSingleton<IClusterStore>(still).AddSingleton<IClusterHealthStore>(still).AddSingleton<IPreflightStore>(still).AddSingleton<IClusterLive>(still).AddSingleton<IClusterGateway>(still).AddSingleton<IAuditTrail>(still)
            .AddSingleton(ClusterRules.None).AddSingleton<ChangeCluster>().AddSingleton<RunPreflight>().AddSingleton<ReadClusters>()
            .AddSingleton<IApplicationStore>(applications).AddSingleton<IRegistrationStore>(applications).AddSingleton<IDriftStore>(applications).AddSingleton<IConfigStore, MemoryConfigs>()
            .AddSingleton(all => new WatchClusterDrift(applications, applications, null!, all.GetRequiredService<IPortalEvents>(), TimeProvider.System));
    }

    [Fact]
    public void NoCluster_SaysWhatOneWouldShow_AndReadingIsSaid()
    {
        List().Markup.ShouldContain("No cluster is connected");
        var reading = new TaskCompletionSource();
        still.Reading = reading.Task;
        var page = List();
        page.Find("[aria-busy=true]").TextContent.ShouldContain("Reading the clusters");
        reading.SetException(new InvalidOperationException("the store is away"));
        page.WaitForAssertion(() => page.Find(".banner").TextContent.ShouldContain("the store is away"));
    }

    [Fact]
    public void List_ThoseInTroubleComeFirst_WithTheReason()
    {
        still.Stored.AddRange([StillClusters.Named("prod-a"), StillClusters.Named("prod-b", 2)]);
        still.Views[1] = StillClusters.Watching(1, 4, 30);
        still.Views[2] = StillClusters.Watching(2, 0, 0) with
        {
            Freshness = new WatchFreshness(WatchState.Unreachable, null, KitContext.Now.AddMinutes(-5), new ClusterTrouble(TroubleKind.Credentials, "The API server does not accept the credentials."), KitContext.Now.AddSeconds(40)),
        };
        var page = List();
        Plain(page.Find("h1").TextContent).ShouldBe("1 of 2 clusters cannot be watched");
        var rows = page.FindAll("tbody tr");
        rows[0].TextContent.ShouldContain("prod-b");
        rows[0].TextContent.ShouldContain("does not accept the credentials");
        Plain(rows[1].TextContent).ShouldContain("seen 3 s ago, watching");
        page.Markup.ShouldContain("GitLab has no weights");
    }

    [Fact]
    public void Live_WaitingPodsSayWhy_AndLeadToTheirJobs()
    {
        still.Stored.Add(StillClusters.Named("prod-a"));
        still.Views[1] = StillClusters.Watching(1, 1, 1, new ClusterLook(KitContext.Now, null, null, null, [new QuotaUse("ci-jobs", "jobs", "pods", "10", "10")], []), (WaitKind.Unschedulable, 1));
        still.Pods.Add(Pod("one", PodPhase.Pending, new PodWait(WaitKind.Unschedulable, "0/3 nodes are available")));
        still.Pods.Add(Pod("two", PodPhase.Running, null));
        var page = One();
        Plain(page.Find("h1").TextContent).ShouldBe("prod-a runs 1 job, 1 waiting to start");
        page.Markup.ShouldContain("0/3 nodes are available");
        page.Markup.ShouldContain("Quota jobs of ci-jobs is spent");
        page.FindAll("a").ShouldContain(one => one.GetAttribute("href") == "https://gitlab.example/physics/widget/-/jobs/900001");
        Plain(page.Find(".filters").TextContent).ShouldContain("2 of 2, live");
        Plain(One("?reason=unschedulable").Find(".filters").TextContent).ShouldContain("1 of 2, live");
        Plain(One("?phase=failed").Markup).ShouldContain("No job pod passes these filters");
    }

    [Fact]
    public void Managers_Nodes_AndWhatMayNotBeSeen_AreShown()
    {
        still.Stored.Add(StillClusters.Named("prod-a"));
        var metrics = new ManagerMetrics("19.3.0", "running", 10, [new RunnerMetrics("t1_aBcDeF", "k8s", "r_1", 3, 0)]);
        still.Views[1] = StillClusters.Watching(1, 0, 3, new ClusterLook(
            KitContext.Now, [new ManagerDeployment("runner", "v19.3.0", 2, 1, "FailedCreate: exceeded quota")], [new ManagerPod("runner-5d8f-abcde", "runner", "v19.3.0", true, 2, "node-1", null, KitContext.Now, metrics, null)],
            [new ClusterNode("node-1", 4000, 8L << 30, 110, null)], null, ["Quotas: the API server says no."]));
        var managers = One("?tab=managers");
        Plain(managers.Markup).ShouldContain("3 of 10");
        managers.Markup.ShouldContain("FailedCreate: exceeded quota");
        managers.Markup.ShouldContain("Quotas: the API server says no.");
        managers.Find("a[href='runners/12']").TextContent.ShouldBe("#12");
        Plain(One("?tab=nodes").Markup).ShouldContain("4 cores");
    }

    [Fact]
    public void Permissions_AreAskedForByAClick_AndTheManifestsGrantTheRest()
    {
        still.Stored.Add(StillClusters.Named("prod-a"));
        still.Views[1] = StillClusters.Watching(1, 0, 0);
        var page = One("?tab=permissions");
        page.Markup.ShouldContain("The cluster has not been asked yet");
        Press(page, "Ask the cluster");
        page.WaitForAssertion(() => page.Markup.ShouldContain("Manifests that grant exactly what is missing"));
        page.Markup.ShouldContain("kind: Role");
        page.Markup.ShouldContain("create, get, patch, delete, update secrets");

        still.Answer = new ClusterProbe(null, null, new ClusterTrouble(TroubleKind.Unreachable, "It is away."));
        Press(page, "Ask again");
        page.WaitForAssertion(() => page.Markup.ShouldContain("It is away."));
    }

    [Fact]
    public void NewCluster_IsTriedFirst_AndStoredUncheckedOnlyWhenWished()
    {
        still.Answer = new ClusterProbe(null, null, new ClusterTrouble(TroubleKind.Unreachable, "It is away."));
        var form = kit.Render<ClusterNewPage>(all => all.AddCascadingValue(SignedIn));
        form.Find("input[placeholder=prod-a]").Change("Wrong_Name");
        form.Find("form").Submit();
        form.Markup.ShouldContain("Must be a DNS label");

        form.Find("input[placeholder=prod-a]").Change("prod-a");
        form.Find("input[placeholder=gitlab-runner]").Change("gitlab-runner");
        form.Find("input[placeholder=ci-jobs]").Change("ci-jobs, ci-big");
        form.Find("select").Change("Token");
        form.Find("input[type=password]").Change("a-token");
        form.Find("input[placeholder='https://10.0.0.1:6443']").Change("https://10.0.0.1:6443");
        form.Find("form").Submit();
        form.WaitForAssertion(() => form.Markup.ShouldContain("It is away."));
        still.Stored.ShouldBeEmpty();
        form.Find("input[type=checkbox]").Change(true);
        form.Find("form").Submit();
        form.WaitForAssertion(() => still.Stored.ShouldHaveSingleItem().JobNamespaces.ShouldBe(["ci-jobs", "ci-big"]));
        (still.Written, still.Audited.Single()).ShouldBe((new ClusterAccess.Token("https://10.0.0.1:6443", "a-token", null), "cluster.add"));
        kit.Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("clusters/7?tab=permissions");
    }

    [Fact]
    public void Connection_ShowsNoSecret_AndWhenItExpires()
    {
        still.Stored.Add(StillClusters.Named("prod-a"));
        var page = One("?tab=connection");
        page.Markup.ShouldContain("SHA-256 abcd");
        Plain(page.Markup).ShouldContain("5 Dec 2026 14:20 UTC, in 10 days: enter new credentials before");
        page.FindAll("input[type=password]").ShouldBeEmpty("the way it is reached now stays unless somebody asks");
    }

    [Fact]
    public void Connections_NameTheClustersThatAreSilent_AndCredentialsThatEnd()
    {
        still.Stored.Add(StillClusters.Named("prod-a"));
        still.Health[1] = new ClusterHealth(1, KitContext.Now, "v1.36.0", new ClusterTrouble(TroubleKind.Unreachable, "It is away."), KitContext.Now, true);
        var card = kit.Render<ClusterHealthCard>(all => all.Add(one => one.Of, PageServices.Production));
        card.Markup.ShouldContain("prod-a: It is away.");
        Plain(card.Markup).ShouldContain("its credentials expire in 10 days");
        still.Stored.Clear();
        kit.Render<ClusterHealthCard>(all => all.Add(one => one.Of, PageServices.Production)).Markup.Trim().ShouldBeEmpty();
    }

    [Fact]
    public void UnknownCluster_SaysSo() => One().Markup.ShouldContain("There is no cluster 1");

    private static JobPod Pod(string name, PodPhase phase, PodWait? wait) =>
        new("ci-jobs", $"runner-{name}", 900001, 42, "physics/widget", "t1_aBcDeF", phase, wait, "node-1", 500, 1L << 30, KitContext.Now.AddMinutes(-2), null);

    private IRenderedComponent<ClustersPage> List() => kit.Render<ClustersPage>(all => all.AddCascadingValue(SignedIn));

    private IRenderedComponent<ClusterPage> One(string query = "")
    {
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo($"clusters/1{query}");
        return kit.Render<ClusterPage>(all => all.Add(page => page.Id, 1).AddCascadingValue(SignedIn));
    }

    private static void Press<T>(IRenderedComponent<T> page, string words) where T : IComponent => page.FindAll("button").Single(one => one.TextContent.Contains(words, StringComparison.Ordinal)).Click();

    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace("&#xA0;", " ", StringComparison.Ordinal);

    public async ValueTask DisposeAsync() => await kit.DisposeAsync();
}
