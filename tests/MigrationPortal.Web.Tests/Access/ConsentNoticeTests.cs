using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Access;

public sealed class ConsentNoticeTests
{
    [Theory]
    [InlineData(ConsentAnswer.Denied, "You did not allow the portal")]
    [InlineData(ConsentAnswer.OtherUser, "as somebody else than here")]
    [InlineData(ConsentAnswer.ScopeMissing, "add the scope api")]
    [InlineData(ConsentAnswer.TooLate, "took too long")]
    [InlineData(ConsentAnswer.Unavailable, "GitLab does not answer")]
    [InlineData("<script>", "Try again")]
    public void Notice_SaysHowItEnded(string code, string words)
    {
        using var kit = Kit();
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo($"my-projects?q=web&consent={Uri.EscapeDataString(code)}");
        var notice = kit.Render<ConsentNotice>();
        notice.Find("[role=status]").TextContent.ShouldContain(words);
        notice.Markup.ShouldNotContain("<script>");
    }

    [Theory]
    [InlineData("my-projects?agreed=1", "click once more")]
    [InlineData("my-projects?agreed=1&consent=denied", "You did not allow the portal")]
    public void WhoComesBack_HearsThatNothingIsDoneYet_UnlessItEndedOtherwise(string address, string words)
    {
        using var kit = Kit();
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        kit.Render<ConsentNotice>().FindAll("[role=status]").ShouldHaveSingleItem().TextContent.ShouldContain(words);
    }

    [Fact]
    public void Notice_WithNothingToSay_IsNotThere()
    {
        using var kit = Kit();
        kit.Render<ConsentNotice>().Markup.Trim().ShouldBeEmpty();
    }

    private static KitContext Kit()
    {
        var kit = new KitContext();
        kit.Services.AddSupplyValueFromQueryProvider();
        return kit;
    }
}
