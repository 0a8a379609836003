using Bunit;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Web.Phases;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Phases;

public sealed class AttentionCardTests : IAsyncDisposable
{
    private readonly KitContext kit = new();

    [Theory]
    [InlineData("drift-conflict", null, "conflict", "phases")]
    [InlineData("approval-missing", "41", "approve", "plans/41")]
    [InlineData("freeze-holds", null, "freeze", "calendar")]
    [InlineData("external-expired", "release", "expired", "gates?gate=external")]
    [InlineData("guard-fired", "7", "fired", "operations/7")]
    public void EachItem_HasItsWord_AndOneWay(string code, string? subject, string word, string href)
    {
        var card = Show(new AttentionItem(AttentionLevel.Attention, code, "A sentence.", null, subject));
        card.Find(".v").TextContent.Trim().ShouldBe(word);
        card.FindAll("a").ShouldHaveSingleItem().GetAttribute("href").ShouldBe(href);
    }

    [Fact]
    public void MoreThanSix_AreOneClickAway()
    {
        var card = Show([.. Enumerable.Range(1, 8).Select(at => new AttentionItem(AttentionLevel.Attention, "drift", $"Sentence {at}."))]);
        card.FindAll(".v").Count.ShouldBe(6);
        card.Find("button").Click();
        card.FindAll(".v").Count.ShouldBe(8);
        card.FindAll("button").ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<AttentionCard> Show(params AttentionItem[] items) => kit.Render<AttentionCard>(of => of.Add(one => one.Items, items));
}
