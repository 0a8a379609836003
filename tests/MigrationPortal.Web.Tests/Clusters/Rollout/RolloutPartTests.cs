using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Promotion;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Clusters.Rollout;
using MigrationPortal.Web.Tests.RunnerConfig;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Clusters.Rollout;

/// <summary>From draft to production on a configuration's page.</summary>
public sealed class RolloutPartTests : IAsyncDisposable
{
    private static readonly InstanceId Qa = new("qa");
    private static readonly Actor Mara = new(ActorKind.User, "production/1");

    private readonly KitContext kit = new();
    private readonly MemoryConfigs configs = new();
    private readonly StillClusters clusters = new();
    private readonly StillApplications applied = new();
    private readonly StillRollouts rollouts = new();

    public RolloutPartTests()
    {
        kit.AddLivePages();
        kit.Services.AddSingleton(new InstanceDirectory([new GitLabInstance(PageServices.Production, InstanceKind.Production, "https://gitlab.example", true, false), new GitLabInstance(Qa, InstanceKind.Qa, "https://qa.example", true, false)]));
        kit.Services.AddSingleton<IConfigStore>(configs).AddSingleton<IClusterStore>(clusters).AddSingleton<IApplicationStore>(applied).AddSingleton<IDriftStore>(applied)
            .AddSingleton<IVerificationStore>(rollouts).AddSingleton<IPromotionStore>(rollouts).AddSingleton<ISmokeDesk>(rollouts).AddSingleton<IAuditTrail>(new MemoryAudit())
            .AddSingleton<IMigrationStore>(new MemoryMigration(Make.Settings(), Make.State(Phase.OptIn), new Touches()))
            .AddSingleton<ReadRollout>().AddSingleton<RevisionReader>().AddSingleton<ProductionGuard>().AddSingleton<VerificationSteps>().AddSingleton<StartVerification>().AddSingleton<CancelVerification>()
            .AddSingleton<PromotionSteps>().AddSingleton<StartPromotion>().AddSingleton<StopPromotion>()
            .AddSingleton(new PeopleNames(new MemoryUsers([new PortalUser(new UserId(PageServices.Production, 1), "mara", "Mara Lindqvist", true, KitContext.Now)]), null!));
    }

    [Fact]
    public async Task NothingYet_SaysWhatIsNeeded()
    {
        var page = await OpenAsync();
        Plain(page.Find("tbody tr")).ShouldContain("draft");
        page.Markup.ShouldContain("No cluster is connected");
        page.Markup.ShouldContain("No revision was verified yet");
        Button(page, "Verify a revision").Click();
        page.Markup.ShouldContain("Nothing of it runs in a QA cluster");
        Button(page, "Promote a revision").Click();
        page.Markup.ShouldContain("No production cluster is connected");
    }

    [Fact]
    public async Task Reading_AndWhatCannotBeRead_AreSaid()
    {
        var reading = new TaskCompletionSource();
        rollouts.Reading = reading.Task;
        var page = await OpenAsync();
        page.Find("[aria-busy=true]").TextContent.ShouldContain("Reading where the revisions are");
        reading.SetException(new InvalidOperationException("the store is away"));
        page.WaitForAssertion(() => page.Find(".banner").TextContent.ShouldContain("the store is away"));
    }

    [Fact]
    public async Task Revisions_SayHowFarTheyAre()
    {
        Connect();
        await ReviseAsync(4);
        Apply(2, 1);
        Apply(1, 3);
        Judge(2, VerificationState.Passed);
        Judge(2, VerificationState.Failed);
        Judge(1, VerificationState.Passed);
        var page = await OpenAsync();
        page.FindAll("section")[0].QuerySelectorAll("tbody tr").Select(row => row.QuerySelectorAll("td")[1].TextContent.Trim()).ShouldBe(["draft", "applied on QA", "not verified", "in production, 1 of 2"]);
        Plain(page.Find("section[aria-label='Clusters']")).ShouldContain("qa-k8s-a QA 3 healthy");
    }

    [Fact]
    public async Task Verification_IsBegunFromTheForm_AndItsChecksAreShown()
    {
        Connect();
        Apply(1, 1);
        var page = await OpenAsync();
        Button(page, "Verify a revision").Click();
        page.FindAll("form[aria-label='New verification'] input")[0].Change("many");
        page.FindAll("form[aria-label='New verification'] textarea")[0].Change("db.example.org");
        page.Find("form[aria-label='New verification']").Submit();
        page.WaitForAssertion(() => page.Find("[role=alert]").TextContent.ShouldContain("'db.example.org' is no place: write host:port, such as registry.example.com:443. Project of QA: needed, a number."));
        page.FindAll("form[aria-label='New verification'] input")[0].Change("7");
        page.FindAll("form[aria-label='New verification'] textarea")[0].Change("db.example.org:5432\n!10.0.0.9:22");
        page.Find("form[aria-label='New verification']").Submit();
        page.WaitForAssertion(() => rollouts.Verified.ShouldHaveSingleItem());
        var begun = rollouts.Verified[0];
        (begun.Application, begun.Revision, begun.Project.Number).ShouldBe((1, 1, 7));
        begun.Choice.Reach.ShouldBe([new SmokeTarget("db.example.org", 5432, true), new SmokeTarget("10.0.0.9", 22, false)]);
        page.WaitForAssertion(() => page.Markup.ShouldContain("Waiting for the first job to end"));
    }

    [Fact]
    public async Task FailedCheck_StandsWithItsRemedyAndItsJob()
    {
        Connect();
        Judge(1, VerificationState.Failed, new CheckResult("uid", "User", CheckState.Failed, "1000", "0", "Set run_as_user.", 5, "https://qa.example/jobs/5"));
        var page = await OpenAsync();
        var check = page.Find(".check");
        Plain(check).ShouldBe("failed User expected: 1000; seen: 0 Set run_as_user. its job");
        check.QuerySelector("a")!.GetAttribute("href").ShouldBe("https://qa.example/jobs/5");
    }

    [Fact]
    public async Task Promotion_NeedsAVerification_OrSomebodyWhoVouches_AndKeepsTheOrder()
    {
        Connect();
        var page = await OpenAsync();
        Button(page, "Promote a revision").Click();
        Button(page, "Promote revision 1").HasAttribute("disabled").ShouldBeTrue();
        page.Find("form[aria-label='New promotion'] section input[type=checkbox]").Change(true);
        page.Find("form[aria-label='New promotion'] section input.field").Input("the night is short");
        page.FindAll("form[aria-label='New promotion'] fieldset button")[1].Click();
        page.Find("form[aria-label='New promotion']").Submit();
        page.WaitForAssertion(() => rollouts.Promoted.ShouldHaveSingleItem());
        rollouts.Promoted[0].Stages.Select(one => one.Cluster).ShouldBe([3, 2]);
        rollouts.Promoted[0].Override.ShouldBe(new UnverifiedOverride(Mara, "the night is short"));
        page.WaitForAssertion(() => page.Markup.ShouldContain("Not verified, vouched for: the night is short"));
    }

    [Fact]
    public async Task VerifiedRevision_NeedsNobody()
    {
        Connect();
        Judge(1, VerificationState.Passed);
        var page = await OpenAsync();
        Button(page, "Promote a revision").Click();
        page.FindAll("form[aria-label='New promotion'] section").ShouldBeEmpty();
        page.Find("form[aria-label='New promotion']").Submit();
        page.WaitForAssertion(() => (rollouts.Promoted.Single().Override, rollouts.Promoted.Single().Verification).ShouldBe((null, 1)));
    }

    [Fact]
    public async Task Stages_SayWhatWasSeen_AndARollBackAsksFirst()
    {
        Connect();
        var stages = new[] { new PromotionStage(2, StageState.Done, 1, 9, KitContext.Now, KitContext.Now, default, "It runs revision 2."), new PromotionStage(3, StageState.Baking, null, null, KitContext.Now, KitContext.Now.AddMinutes(30), default, "The bake time runs.") };
        rollouts.Promoted.Add(new Promotion(1, 1, 2, PageServices.Production, 4, null, TimeSpan.FromMinutes(30), PromotionState.Running, stages, null, Mara, KitContext.Now, KitContext.Now, 1));
        var dialogs = kit.Render<MudBlazor.MudDialogProvider>();
        var page = await OpenAsync();
        var rows = page.FindAll("section[aria-label='Promotion'] .stp").Select(Plain).ToList();
        rows[0].ShouldBe("done k8s-a It runs revision 2. application 9");
        rows[1].ShouldStartWith("watched k8s-b The bake time runs. Watched until");
        page.FindAll("button").ShouldNotContain(one => one.TextContent.Contains("Promote a revision", StringComparison.Ordinal));

        Button(page, "Roll back").Click();
        dialogs.WaitForAssertion(() => dialogs.Markup.ShouldContain("k8s-a returns to revision 1."));
        dialogs.Markup.ShouldContain("k8s-b ran nothing before: what is there stays.");
        dialogs.Find("textarea").Input("it was not so good");
        dialogs.Find(".btn.D").Click();
        page.WaitForAssertion(() => rollouts.Promoted.Single().State.ShouldBe(PromotionState.RollingBack));
        page.WaitForAssertion(() => page.Markup.ShouldContain("it was not so good"));
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private void Connect() => clusters.Stored.AddRange([StillClusters.Named("qa-k8s-a") with { Instance = Qa }, StillClusters.Named("k8s-a", 2), StillClusters.Named("k8s-b", 3)]);

    private void Apply(long cluster, int revision) => applied.Applied.Insert(0, new Application(
        applied.Applied.Count + 1, cluster, cluster == 1 ? Qa : PageServices.Production, 1, "one", revision, ApplyTarget.Manifests, ApplicationState.Healthy, [], [], null, null, false, TimeSpan.FromMinutes(1), KitContext.Now, null, null, Mara, "a test", KitContext.Now, KitContext.Now, KitContext.Now, 1));

    private void Judge(int revision, VerificationState state, params CheckResult[] checks) => rollouts.Verified.Add(new Verification(
        rollouts.Verified.Count + 1, 1, revision, 1, new ProjectId(Qa, 7), new SmokeChoice("t", null, null, 6379, null, []), null, state, "b", VerificationBranch.Gone, null, null, null, null, checks, null, Mara, KitContext.Now, KitContext.Now, KitContext.Now, 1)
    { Application = 1 });

    private async Task ReviseAsync(int revisions)
    {
        await StoreAsync();
        for (var number = 2; number <= revisions; number++) await configs.AppendAsync(1, "one", configs.Newest.Current with { Number = number }, default);
    }

    private Task<StoredConfiguration?> StoreAsync() => configs.AddAsync(
        PageServices.Production, "one", new ConfigRevision(1, new RunnerConfiguration(DeploymentKind.Manifests, "[[runners]]\nexecutor = \"kubernetes\"\n[runners.kubernetes]\nimage = \"alpine:3\"\n", new Version(19, 3, 0), new()), Mara, KitContext.Now, "", []), default);

    private async Task<IRenderedComponent<RolloutPart>> OpenAsync()
    {
        if (await configs.FindAsync(1, default) is null) await StoreAsync();
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo("/runner-configs/1?tab=rollout");
        var person = new ClaimsPrincipal(new ClaimsIdentity([new(PortalClaims.Instance, "production"), new(ClaimTypes.NameIdentifier, "1"), new(ClaimTypes.Role, PortalClaims.AdminRole)], "test"));
        var of = configs.Newest;
        return kit.Render<RolloutPart>(set => set.AddCascadingValue(Task.FromResult(new AuthenticationState(person))).Add(one => one.Of, of));
    }

    private static IElement Button(IRenderedComponent<RolloutPart> page, string words) => page.FindAll("button").Single(one => one.TextContent.Trim() == words);

    private static string Plain(IElement element) => string.Join(' ', element.Descendants<IText>().SelectMany(text => text.Data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
}
