using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Tests.Cohorts.Graduation;
using MigrationPortal.Domain.Tests.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Cohorts;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Cohorts;

public sealed class GraduationPageTests : IAsyncDisposable
{
    private readonly KitContext kit = new();
    private readonly GraduationPortal graduation = new();

    public GraduationPageTests()
    {
        kit.AddLivePages();
        kit.Services.AddSingleton(new PeopleNames(new MemoryUsers([]), null!));
        kit.Services.AddSingleton(graduation.Reader());
        kit.Services.AddSingleton(graduation.Run());
        kit.Services.AddSingleton<ICohortFacts>(graduation);
        kit.Services.AddSingleton<IPortalHand>(graduation);
    }

    [Fact]
    public async Task Graduation_SaysWhoseTurnComesWhen_AndWhatIsInTheWay()
    {
        foreach (var project in new[] { 1, 2, 3 }) await graduation.MoveAsync(project, "");
        await graduation.MoveAsync(4, "docker");
        var dialogs = kit.Render<MudBlazor.MudDialogProvider>();
        var page = Open("/graduation");

        page.Find("h1").TextContent.ShouldBe("0 of 4\u00a0projects have graduated");
        page.FindAll(".line .path").Select(one => one.TextContent).ShouldBe(["team/app-1", "team/app-2", "team/app-3", "team/app-4"]);
        page.FindAll(".line")[0].TextContent.ShouldContain("Ready when graduation is started.");
        page.FindAll(".line")[3].TextContent.ShouldContain("build asked for docker before, which Kubernetes does not take");

        page.Find("input[type=number]").Change("1");
        page.Find("form.start").Submit();
        dialogs.WaitForElement("textarea").Input("at last");
        dialogs.Find(".btn.p").Click();
        page.WaitForAssertion(() => page.Markup.ShouldContain("Graduation is started."));
        page.WaitForAssertion(() => page.FindAll(".line")[0].TextContent.ShouldContain("Begins at the next turn."));
        page.FindAll(".line")[2].TextContent.ShouldContain("Begins when 2\u00a0merge requests before it are merged.");

        (await graduation.Run().RunAsync(Make.Production, default)).ShouldBe(1);
        page = Open("/graduation?state=blocked");
        page.FindAll(".line .path").Select(one => one.TextContent).ShouldBe(["team/app-1", "team/app-4"], "one is under way, one is blocked");
        page.FindAll("button").Single(one => one.TextContent.Trim() == "Stop graduation").Click();
        dialogs.WaitForAssertion(() => dialogs.Markup.ShouldContain("No further project is begun."));
        dialogs.Find(".btn.p").Click();
        page.WaitForAssertion(() => graduation.Orders.Order.ShouldBeNull());
    }

    [Fact]
    public async Task Graduation_BeforeItsPhase_SaysWhatItWaitsFor_AndWithoutProjectsThatNothingIsToDo()
    {
        Open("/graduation").Markup.ShouldContain("Nothing is to be taken out");
        await graduation.MoveAsync(1, "");
        graduation.Facts = graduation.Facts with { Phase = 2 };

        var page = Open("/graduation");

        page.Markup.ShouldContain("It can begin from phase 3");
        page.FindAll("form.start").ShouldBeEmpty();
        page.Find(".line").TextContent.ShouldContain("Ready when its phase comes.");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<GraduationPage> Open(string address, string scope = "admin")
    {
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var person = new ClaimsPrincipal(new ClaimsIdentity([new(PortalClaims.Instance, "production"), new(ClaimTypes.NameIdentifier, "1"), new(ClaimTypes.Role, PortalClaims.AdminRole), new(PortalClaims.Scope, scope)], "test"));
        return kit.Render<GraduationPage>(of => of.AddCascadingValue(Task.FromResult(new AuthenticationState(person))));
    }
}
