using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Tests.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Notices;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Notices;

public sealed class WordingPageTests : IAsyncDisposable
{
    private static readonly int Lead = Wording.All.ToList().IndexOf(Wording.MyProjectsLead);

    private readonly KitContext kit = new();
    private readonly MemoryWordings own = new();

    public WordingPageTests()
    {
        kit.AddLivePages();
        kit.Services.AddSingleton<IWordings>(own);
        kit.Services.AddSingleton<IAuditTrail>(new MemoryAudit());
        kit.Services.AddSingleton<ChangeWording>();
    }

    [Fact]
    public void Text_IsPutIntoOwnWords_AndTakenBack()
    {
        var page = Open();
        page.Find("h1").TextContent.ShouldBe("All texts say the usual");

        page.FindAll("textarea")[Lead].Change("Ask Mara.");
        page.FindAll("form")[Lead].Submit();
        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldContain("is in your own words"));
        own.Own.ShouldBe(new Dictionary<string, string> { ["my-projects.lead"] = "Ask Mara." });

        page.FindAll("button").Single(one => one.TextContent == "Say the usual again").Click();
        page.WaitForAssertion(() => page.FindAll("textarea")[Lead].GetAttribute("value").ShouldBe(Wording.MyProjectsLead.Usual));
        own.Own.ShouldBeEmpty();
    }

    [Fact]
    public void WrongWords_AreNotSaved_AndStayInTheField()
    {
        var page = Open();

        page.FindAll("textarea")[0].Change("For {name}");
        page.FindAll("form")[0].Submit();

        page.Find("[role=alert]").TextContent.ShouldBe("{name} means nothing here. There is {count}.");
        page.FindAll("textarea")[0].GetAttribute("value").ShouldBe("For {name}");
        own.Own.ShouldBeEmpty();
    }

    [Fact]
    public void WhoMayNotAdminister_SeesTheTexts_AndWhy()
    {
        var page = Open("operate");

        page.FindAll("textarea").ShouldAllBe(one => one.HasAttribute("disabled"));
        page.FindAll("button").ShouldAllBe(one => one.HasAttribute("disabled"));
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<WordingPage> Open(string scope = "admin")
    {
        var person = new ClaimsPrincipal(new ClaimsIdentity([new(PortalClaims.Instance, "production"), new(ClaimTypes.NameIdentifier, "1"), new(PortalClaims.Scope, scope)], "test"));
        return kit.Render<WordingPage>(of => of.AddCascadingValue(Task.FromResult(new AuthenticationState(person))));
    }
}
