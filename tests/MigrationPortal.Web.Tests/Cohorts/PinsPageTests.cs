using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Offers;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Cohorts.Pins;
using MigrationPortal.Domain.Tests.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Cohorts;
using MigrationPortal.Web.Plans;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Cohorts;

public sealed class PinsPageTests : IAsyncDisposable
{
    private readonly KitContext kit = new();
    private readonly PinPortal pins = new();

    public PinsPageTests()
    {
        kit.AddLivePages();
        kit.Services.AddSingleton(pins.Read);
        kit.Services.AddSingleton(pins.Change);
        kit.Services.AddSingleton<ICohortFacts>(pins);
        kit.Services.AddSingleton<IPortalHand>(pins);
    }

    [Fact]
    public async Task Pins_ThoseThatEndSoonComeFirst_AndEachSaysWhatShowsItAndWhatBecomesOfIt()
    {
        await PinAsync(1, "z/soon", KitContext.Now.AddDays(3), EnrollmentState.Verified);
        await PinAsync(2, "b/later", KitContext.Now.AddDays(90), EnrollmentState.Verified);
        await PinAsync(3, "a/never", null, EnrollmentState.Moved);

        var page = Open("/pins");

        page.Find("h1").TextContent.ShouldBe("1 of 3\u00a0pins ends within 14 days");
        page.FindAll(".pin .path").Select(one => one.TextContent).ShouldBe(["z/soon", "b/later", "a/never"]);
        var rows = page.FindAll(".pin").Select(one => one.TextContent).ToList();
        rows[0].ShouldContain("held back");
        rows[0].ShouldContain("job 7 ran there");
        rows[0].ShouldContain("1\u00a0job: build, by merge request");
        rows[0].ShouldContain("the portal takes the change out, and its jobs run on Kubernetes.");
        rows[2].ShouldContain("will move");
        rows[2].ShouldContain("no job of it has run with docker-fallback yet");
        rows[2].ShouldContain("It has no end");

        kit.Services.GetRequiredService<NavigationManager>().NavigateTo($"/pins?{PinsPage.StateKey}={PinsPage.WillMove}");
        page.WaitForAssertion(() => page.FindAll(".pin .path").Select(one => one.TextContent).ShouldBe(["a/never"]));
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo("/pins?q=LATER");
        page.WaitForAssertion(() => page.FindAll(".pin .path").Select(one => one.TextContent).ShouldBe(["b/later"]));
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo("/pins?q=nothing");
        page.WaitForAssertion(() => page.Markup.ShouldContain("No pin is like that"));
    }

    [Fact]
    public async Task Pin_GetsAnotherEnd_OrEndsNow_WithAReason()
    {
        await PinAsync(1, "z/soon", KitContext.Now.AddDays(3), EnrollmentState.Verified);
        var dialogs = kit.Render<MudBlazor.MudDialogProvider>();
        var page = Open("/pins");

        page.FindAll("button").Single(one => one.TextContent.Trim() == "Set the end").Click();
        dialogs.WaitForElement("input[type=date]").Input($"{KitContext.Now.AddDays(20):yyyy-MM-dd}");
        dialogs.Find("textarea").Input("their release comes first");
        dialogs.Find(".btn.p").Click();
        page.WaitForAssertion(() => page.Markup.ShouldContain("z/soon stays on docker until"));
        pins.Pinned.Until!.Value.ShouldBe(new DateTimeOffset(KitContext.Now.AddDays(20).Date, TimeSpan.Zero).AddHours(23).AddMinutes(59));
        page.WaitForAssertion(() => page.Find(".pin").TextContent.ShouldContain("Last said: their release comes first"));

        page.FindAll("button").Single(one => one.TextContent.Trim() == "End now").Click();
        dialogs.WaitForAssertion(() => dialogs.Markup.ShouldContain("Its jobs run on Kubernetes then."));
        dialogs.Find("textarea").Input("enough");
        dialogs.Find(".btn.D").Click();
        page.WaitForAssertion(() => page.Markup.ShouldContain("The time of z/soon on docker is over."));
        pins.Pinned.Until.ShouldBe(KitContext.Now);
        pins.Audit.Entries.Select(one => one.What).ShouldBe(["enrollment.pin-until", "enrollment.pin-until"]);
    }

    [Fact]
    public async Task Pins_WithoutTheRight_AreSeenAndNotChanged()
    {
        Open("/pins").Markup.ShouldContain("No project is pinned to docker");
        await PinAsync(1, "z/soon", null, EnrollmentState.Verified);

        Open("/pins", scope: "read").FindAll(".pin button").ShouldAllBe(one => one.HasAttribute("disabled"));
    }

    [Theory]
    [InlineData(PinsOfPlan.WillMove, "pins?state=will-move")]
    [InlineData(PinsOfPlan.Over, "pins?state=over")]
    [InlineData(PinsOfPlan.Held, "pins")]
    [InlineData(PredictedToFail.Code, "readiness/unanswered")]
    [InlineData("phase-skipped", null)]
    public void PlanWarning_LeadsToThePageThatDealsWithIt(string code, string? address)
    {
        var card = kit.Render<PlanFindingsCard>(of => of.Add(one => one.Plan, SomePlan()).Add(one => one.Warnings, [new PlanWarning(code, "words")]).Add(one => one.Overridden, new HashSet<string>()));

        card.FindAll(".att a.btn").Select(one => one.GetAttribute("href")).SingleOrDefault().ShouldBe(address);
    }

    [Fact]
    public void PlanWarning_OfJobsThatWillFail_NamesWhoWasAskedAndWhen()
    {
        var (mara, other) = (new UserId(PageServices.Production, 1), new UserId(PageServices.Production, 12));
        var names = new ActorNames(new Dictionary<UserId, PortalUser> { [mara] = new(mara, "mara", "Mara Lindqvist", true, KitContext.Now) }, new Dictionary<long, ApiToken>());
        var asked = new Offer(new ProjectId(PageServices.Production, 7), [mara, other], KitContext.Now.AddDays(-3), Actor.Portal, 2);
        UnansweredProject[] unheard = [new(asked.Project, "team/app", 12, ["build"], ["R01"], asked), new(new ProjectId(PageServices.Production, 8), "team/web", 3, ["net"], ["R05"], null)];

        var card = kit.Render<PlanFindingsCard>(of => of.Add(one => one.Plan, SomePlan()).Add(one => one.Warnings, [new PlanWarning(PredictedToFail.Code, "words"), new PlanWarning("phase-skipped", "others")])
            .Add(one => one.Unheard, unheard).Add(one => one.Names, names).Add(one => one.Overridden, new HashSet<string>()));

        card.FindAll(".unheard li").Select(one => one.TextContent.Trim()).ShouldBe(["team/app: asked 3\u00a0days\u00a0ago for the 2nd time, Mara Lindqvist, user 12", "team/web: nobody was asked yet"]);
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private static Plan SomePlan() => new(1, PageServices.Production, "Takeover", "{}", KitContext.Now, Actor.Portal, "f00d", [], new BlastRadius(TimeWindow.Last(TimeSpan.FromDays(7), KitContext.Now), 0, 1, []), [], []);

    private async Task PinAsync(long number, string path, DateTimeOffset? until, EnrollmentState state)
    {
        var project = new ProjectId(Make.Production, number);
        pins.Time = KitContext.Now;
        var pin = await pins.PinAsync(until, EnrollmentState.Moved);
        pins.Enrollments.All[^1] = pin = pin with { Project = project, Since = KitContext.Now.AddDays(-20) };
        pins.Projects.All[project] = new ObservedProject(new ProjectAccess(project, path, true, true, new HashSet<long>()), "main", false, KitContext.Now, [], [], KitContext.Now);
        if (state == EnrollmentState.Verified) await pins.Enrollments.SaveAsync(pin.Go(state, Actor.Portal, KitContext.Now.AddDays(-19), "job 7 ran there"), EnrollmentState.Moved, default);
    }

    private IRenderedComponent<PinsPage> Open(string address, string scope = "admin")
    {
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var person = new ClaimsPrincipal(new ClaimsIdentity([new(PortalClaims.Instance, "production"), new(ClaimTypes.NameIdentifier, "1"), new(ClaimTypes.Role, PortalClaims.AdminRole), new(PortalClaims.Scope, scope)], "test"));
        return kit.Render<PinsPage>(of => of.AddCascadingValue(Task.FromResult(new AuthenticationState(person))));
    }
}
