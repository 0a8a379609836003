using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Profiles;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.RunnerConfig;
using MigrationPortal.Web.Tests.Clusters;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.RunnerConfig;

public sealed class RunnerConfigPagesTests : IAsyncDisposable
{
    private readonly KitContext kit = new();
    private readonly MemoryConfigs configs = new();
    private readonly StillClusters clusters = new();

    public RunnerConfigPagesTests()
    {
        kit.AddLivePages();
        kit.Services.AddSingleton<IConfigStore>(configs);
        kit.Services.AddSingleton<IAuditTrail>(new MemoryAudit());
        kit.Services.AddSingleton<ChangeConfiguration>();
        kit.Services.AddSingleton<IUserDirectory>(new MemoryUsers([]));
        kit.Services.AddSingleton<ITokenStore>(new NoTokens());
        kit.Services.AddSingleton<PeopleNames>();
        kit.Services.AddSingleton<IClusterStore>(clusters).AddSingleton<IClusterObjects, AwayObjects>().AddSingleton<ReadRendering>().AddSingleton<CompareWithCluster>();
    }

    [Fact]
    public void NoConfiguration_OffersProfilesAndImport()
    {
        var page = Open<RunnerConfigsPage>("/runner-configs");

        page.Markup.ShouldContain("There is no configuration yet");
        page.FindAll("a.btn").Select(one => one.GetAttribute("href")).ShouldBe(["runner-configs/new", "runner-configs/new?from=import"]);
    }

    [Fact]
    public void Profile_IsStored_AndListed()
    {
        var page = Open<NewRunnerConfigPage>("/runner-configs/new");
        page.FindAll("input[type=radio]").Count.ShouldBe(StartingProfiles.All.Count + 1);
        page.FindAll("input[type=radio]")[1].Change("on");
        page.Find("input[maxlength='100']").Change("builds");
        page.Find("form").Submit();

        page.WaitForAssertion(() => kit.Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("/runner-configs/1"));
        configs.Newest.Current.Content.Toml.ShouldContain("k8s-docker-build");
        configs.Newest.Current.Content.Deployment.GitLabUrl.ShouldBe("https://gitlab.example");
        var list = Open<RunnerConfigsPage>("/runner-configs");
        list.Find("tbody tr").TextContent.ShouldContain("builds");
    }

    [Fact]
    public void Import_SaysWhatIsWrong()
    {
        Type("no such thing");
        var page = Open<NewRunnerConfigPage>("/runner-configs/new?from=import");
        page.Find("input[maxlength='100']").Change("taken");
        page.Find("form").Submit();
        page.WaitForAssertion(() => page.Find("[role=alert]").TextContent.ShouldContain("neither values of the chart"));
    }

    [Fact]
    public void Import_KeepsWhatWasSaid()
    {
        Type("runnerToken: glrt-abcdefgh12345678\nrunners:\n  config: |\n    [[runners]]\n");
        var page = Open<NewRunnerConfigPage>("/runner-configs/new?from=import");
        page.Find("input[maxlength='100']").Change("taken");
        page.Find("form").Submit();
        page.WaitForAssertion(() => configs.Newest.Current.Remarks.ShouldContain(one => one.StartsWith("runnerToken was taken out", StringComparison.Ordinal)));
        configs.Newest.Current.Reason.ShouldBe("Imported from Helm values");
    }

    [Fact]
    public async Task Form_ChangesTheText_UnsetDiffersFromFalse_AndIsSavedWithAReason()
    {
        await StoreAsync("[[runners]]\n  executor = \"kubernetes\"\n  # ours\n  [runners.kubernetes]\n    image = \"alpine:3\"\n");
        var page = Page("section=security");
        Field(page, "kubernetes.privileged").GetAttribute("value").ShouldBeNull();
        Field(page, "kubernetes.privileged").Change("false");
        Field(page, "kubernetes.pod_security_context.run_as_user").Change("0");
        Field(page, "kubernetes.pod_security_context.run_as_group").Change("many");
        Field(page, "kubernetes.pod_security_context.run_as_group").GetAttribute("aria-invalid").ShouldBe("true");
        page.Find("input.reason").Input("no privileges");
        page.FindAll("button").Single(one => one.TextContent == "Save revision 2").Click();

        page.WaitForAssertion(() => configs.Newest.Current.Number.ShouldBe(2));
        configs.Newest.Current.Reason.ShouldBe("no privileges");
        configs.Newest.Current.Content.Toml.ShouldBe("[[runners]]\n  executor = \"kubernetes\"\n\n  # ours\n  [runners.kubernetes]\n    image = \"alpine:3\"\n    privileged = false\n\n    [runners.kubernetes.pod_security_context]\n      run_as_user = 0\n");
    }

    [Fact]
    public async Task EverySectionOpens_AndEveryFieldIsAKey()
    {
        await StoreAsync(StartingProfiles.All[1].Toml);
        foreach (var section in ConfigSectionKeys())
        {
            var page = Page($"section={section}");
            page.Find(".sections a.m").ShouldNotBeNull();
            page.FindAll("[role=alert]").ShouldBeEmpty(section);
        }

        var volumes = Page("section=volumes");
        volumes.FindAll(".item").Count.ShouldBe(2);
        volumes.FindAll(".item .what").Take(2).Select(one => one.TextContent).ShouldBe(["name", "mount_path"]);
        volumes.FindAll(".sections a").Single(one => one.TextContent.StartsWith("Resources", StringComparison.Ordinal)).TextContent.ShouldBe("Resources12");
    }

    [Fact]
    public async Task Lists_AreAddedTo_AndTakenFrom()
    {
        await StoreAsync("[[runners]]\n  executor = \"kubernetes\"\n");
        var page = Page("section=volumes");
        page.Find("[aria-label='Add to Claims (pvc)']").Click();
        Field(page, "kubernetes.volumes.pvc[0].name").Change("cache");
        Field(page, "kubernetes.volumes.pvc[0].mount_path").Change("/cache");
        page.Find("[aria-label='Add to Claims (pvc)']").Click();
        page.FindAll("[aria-label='Take number 2 out of Claims (pvc)']").ShouldHaveSingleItem().Click();
        Save(page);

        page.WaitForAssertion(() => configs.Newest.Current.Content.Toml.ShouldContain("[[runners.kubernetes.volumes.pvc]]\n        name = \"cache\"\n        mount_path = \"/cache\"\n"));
        configs.Newest.Current.Content.Toml.Split("volumes.pvc").Length.ShouldBe(2);
    }

    [Fact]
    public async Task FreeSection_IsHeldAgainstTypes()
    {
        await StoreAsync("[[runners]]\n  executor = \"kubernetes\"\n  token_expires_at = 2026-01-01T00:00:00Z\n");
        var page = Page("section=rest");
        page.Find("textarea").GetAttribute("value")!.ShouldContain("token_expires_at");
        page.Find("textarea").Change("[[runners]]\n  use_slot_cgroups = \"yes\"\n");
        page.Find("[role=alert]").TextContent.ShouldContain("use_slot_cgroups");
        page.Find("textarea").Change("[[runners]]\n  use_slot_cgroups = true\n");
        Save(page);

        page.WaitForAssertion(() => configs.Newest.Current.Content.Toml.ShouldBe("[[runners]]\n  executor = \"kubernetes\"\n  use_slot_cgroups = true\n"));
    }

    [Fact]
    public async Task Secrets_SayTheirForm_AndAreWritten()
    {
        await StoreAsync("[[runners]]\n  executor = \"kubernetes\"\n");
        var page = Page("section=secrets");
        page.Find("textarea").Change("docker-config config.json docker/config.json\nnpm-config npmrc");
        page.FindAll("button").Single(one => one.TextContent == "Which form fits?").Click();
        page.Find(".plan").TextContent.ShouldContain("keeps the files that it began with");
        page.Find("form").Submit();
        page.Markup.ShouldContain("Written: see Volumes");
        Save(page);

        page.WaitForAssertion(() => configs.Newest.Current.Content.Toml.ShouldContain("sub_path = \"config.json\""));
    }

    [Fact]
    public async Task Output_IsOfTheDraft_AndRevisionsAreCompared()
    {
        await StoreAsync("[[runners]]\n  executor = \"kubernetes\"\n  [runners.kubernetes]\n    image = \"alpine:3\"\n");
        var page = Page("section=images");
        Field(page, "kubernetes.image").Change("alpine:4");
        Go("/runner-configs/1?tab=output&form=toml");
        page.WaitForAssertion(() => page.Find("pre").TextContent.ShouldContain("image = \"alpine:4\""));
        page.Find("a[download]").GetAttribute("href")!.ShouldStartWith("data:text/plain;charset=utf-8,");
        Go("/runner-configs/1?tab=revisions");
        page.WaitForAssertion(() => page.FindAll("td.mono").Select(one => one.TextContent).ShouldContain("runners[0].kubernetes.image"));
        Go("/runner-configs/1?tab=findings");
        page.WaitForAssertion(() => page.Markup.ShouldContain("Findings"));
    }

    [Fact]
    public async Task Revisions_AreReadInSteps_AndComparedWithACluster()
    {
        await StoreAsync("[[runners]]\n");
        for (var number = 2; number <= 60; number++) await configs.AppendAsync(1, "one", configs.Newest.Current with { Number = number }, default);
        clusters.Stored.Add(StillClusters.Named("prod-a"));
        var page = Page("tab=revisions");
        page.FindAll("input[name=from]").Count.ShouldBe(50);
        page.FindAll("button").Single(one => one.TextContent.Contains("older ones", StringComparison.Ordinal)).Click();
        page.FindAll("input[name=from]").Count.ShouldBe(60);
        page.FindAll("button").Single(one => one.TextContent.Contains("Compare revision 60", StringComparison.Ordinal)).Click();
        page.WaitForAssertion(() => page.Find("[role=alert]").TextContent.ShouldContain("installed by Helm"));

        await configs.AppendAsync(1, "one", configs.Newest.Current with { Number = 61, Content = configs.Newest.Current.Content with { Kind = DeploymentKind.Manifests } }, default);
        page = Page("tab=revisions");
        page.FindAll("button").Single(one => one.TextContent.Contains("Compare revision 61", StringComparison.Ordinal)).Click();
        page.WaitForAssertion(() => page.Find("[role=alert]").TextContent.ShouldContain("The cluster is away."));
    }

    [Fact]
    public async Task CommentsThatAnEditTakesAway_AreSaid_AndStored()
    {
        await StoreAsync("[[runners]]\n  executor = \"kubernetes\"\n  [runners.kubernetes]\n    image = \"alpine:3\"\n# the end\n");
        var page = Page("section=images");
        Field(page, "kubernetes.image").Change("alpine:4");
        page.Markup.ShouldContain("A comment inside of a value or at the end was lost.");
        Save(page);
        page.WaitForAssertion(() => configs.Newest.Current.Remarks.ShouldContain("A comment inside of a value or at the end was lost."));
    }

    [Fact]
    public async Task ATolerationOfEverything_ComesBackAsItIs()
    {
        await StoreAsync("[[runners]]\n  executor = \"kubernetes\"\n  [runners.kubernetes]\n    [runners.kubernetes.node_tolerations]\n      \"\" = \"\"\n");
        var page = Page("section=scheduling");
        var field = Field(page, "kubernetes.node_tolerations");
        var shown = field.GetAttribute("value") ?? field.TextContent;
        field.Change(shown + "\na=b = NoSchedule");
        Save(page);
        page.WaitForAssertion(() => configs.Newest.Current.Content.Toml.ShouldContain("\"\" = \"\"\n      \"a=b\" = \"NoSchedule\""));
    }

    [Fact]
    public async Task RunsAs_AnswersForWhatAJobAsks()
    {
        await StoreAsync("[[runners]]\n  executor = \"kubernetes\"\n  [runners.kubernetes]\n    allowed_users = [\"1000\"]\n");
        var page = Page("tab=runs-as");
        page.FindAll("tbody tr")[0].TextContent.ShouldContain("as the image says");
        page.FindAll("input.mono")[0].Change("1000");
        page.FindAll("tbody tr")[0].TextContent.ShouldContain("1000");
        page.FindAll("input.mono")[0].Change("0");
        page.Find("ul.warnings").TextContent.ShouldContain("validating UID");
    }

    [Fact]
    public void NoSuchConfiguration_SaysSo() => Open<RunnerConfigPage>("/runner-configs/7", of => of.Add(one => one.Id, 7)).Markup.ShouldContain("There is no such configuration");

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private static IEnumerable<string> ConfigSectionKeys() => ["deployment", "manager", "runner", "images", "resources", "security", "scheduling", "volumes", "secrets", "cache", "network", "labels", "waits", "autoscaler", "pod-spec", "rest", "text"];

    private Task<StoredConfiguration?> StoreAsync(string toml) => configs.AddAsync(PageServices.Production, "one", new ConfigRevision(1, new RunnerConfiguration(DeploymentKind.Helm, toml, new Version(19, 3, 0), new()), Actor.Portal, KitContext.Now, "", []), default);

    private IRenderedComponent<RunnerConfigPage> Page(string query) => Open<RunnerConfigPage>($"/runner-configs/1?{query}", of => of.Add(one => one.Id, 1));

    private static IElement Field(IRenderedComponent<RunnerConfigPage> page, string name) => page.Find($"[aria-label='{name}']");

    private static void Save(IRenderedComponent<RunnerConfigPage> page) => page.FindAll("button").Single(one => one.TextContent.StartsWith("Save revision", StringComparison.Ordinal)).Click();

    private void Go(string address) => kit.Services.GetRequiredService<NavigationManager>().NavigateTo(address);

    private IRenderedComponent<T> Open<T>(string address, Action<ComponentParameterCollectionBuilder<T>>? set = null)
        where T : IComponent
    {
        Go(address);
        var person = new ClaimsPrincipal(new ClaimsIdentity([new(PortalClaims.Instance, "production"), new(ClaimTypes.NameIdentifier, "1"), new(ClaimTypes.Role, PortalClaims.AdminRole)], "test"));
        return kit.Render<T>(of =>
        {
            of.AddCascadingValue(Task.FromResult(new AuthenticationState(person)));
            set?.Invoke(of);
        });
    }

    private void Type(string text)
    {
        var module = kit.JSInterop.SetupModule("./portal.js");
        module.Mode = JSRuntimeMode.Loose;
        module.Setup<int>("lengthOf", _ => true).SetResult(text.Length);
        module.Setup<IJSStreamReference>("textOf", _ => true).SetResult(new Typed(Encoding.UTF8.GetBytes(text)));
    }

    private sealed class AwayObjects : IClusterObjects
    {
        private static readonly ObjectAnswer Away = new ObjectAnswer.Unknown("The cluster is away.", null);

        public Task<ObjectAnswer> ApplyAsync(long cluster, ObjectKey key, JsonObject body, bool force, bool dryRun, CancellationToken cancel) => Task.FromResult(Away);

        public Task<ObjectAnswer> GetAsync(long cluster, ObjectKey key, CancellationToken cancel) => Task.FromResult(Away);

        public Task<ObjectAnswer> DeleteAsync(long cluster, ObjectKey key, string uid, CancellationToken cancel) => Task.FromResult(Away);

        public Task<IReadOnlyList<ObjectAnswer>> ListAsync(long cluster, ObjectKey like, string selector, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ObjectAnswer>>([Away]);
    }

    private sealed class Typed(byte[] bytes) : IJSStreamReference
    {
        public long Length => bytes.Length;

        public ValueTask<Stream> OpenReadStreamAsync(long maxAllowedSize = 512000, CancellationToken cancellationToken = default) => ValueTask.FromResult<Stream>(new MemoryStream(bytes));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
