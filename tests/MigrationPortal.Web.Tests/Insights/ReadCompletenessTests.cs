using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Shared;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Insights;

public sealed class ReadCompletenessTests
{
    private static readonly TimeWindow Window = TimeWindow.Last(TimeSpan.FromDays(14), KitContext.Now);

    [Fact]
    public async Task Gaps_AreThoseOfTheWindow_CutToIt_AndThePastIsSaidByOneTimeAlone()
    {
        var insights = new StillInsights
        {
            CompleteSince = KitContext.Now.AddDays(-9),
            Unread =
            [
                new(DateTimeOffset.MinValue, KitContext.Now.AddDays(-9), "not read yet"), new(KitContext.Now.AddDays(-11), KitContext.Now.AddDays(-10), "before what is whole"),
                new(KitContext.Now.AddDays(-3), KitContext.Now.AddDays(-2), "a walk was interrupted"), new(KitContext.Now.AddHours(-1), KitContext.Now.AddHours(1), "the job sweep is behind"),
            ],
        };

        var known = await new ReadCompleteness(insights, insights).OfAsync(PageServices.Production, Window, default);

        known.Since.ShouldBe(KitContext.Now.AddDays(-9));
        known.Unread.ShouldBe([
            new UnreadSpan(KitContext.Now.AddDays(-3), KitContext.Now.AddDays(-2), "a walk was interrupted"), new UnreadSpan(KitContext.Now.AddHours(-1), KitContext.Now, "the job sweep is behind"),
        ]);
        var headers = new Microsoft.AspNetCore.Http.HeaderDictionary();
        known.Say(headers);
        headers[Completeness.SinceHeader].ToString().ShouldBe("2026-11-16T14:20:00Z");
        headers[Completeness.UnreadHeader].ToString().ShouldBe("2026-11-22T14:20:00Z/2026-11-23T14:20:00Z, 2026-11-25T13:20:00Z/2026-11-25T14:20:00Z");
    }

    [Fact]
    public async Task AllRead_IsTheWindowsBegin()
    {
        var insights = new StillInsights();

        var known = await new ReadCompleteness(insights, insights).OfAsync(PageServices.Production, Window, default);

        (known.Since, known.Unread.Count).ShouldBe((Window.From, 0));
    }
}
