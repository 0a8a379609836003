using Bunit;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Insights;

public sealed class HistoryNoteTests : IAsyncDisposable
{
    private static readonly TimeWindow Window = TimeWindow.Last(TimeSpan.FromDays(14), KitContext.Now);

    private readonly KitContext kit = new();

    [Theory]
    [InlineData(14, null)]
    [InlineData(3, "The past is read back to Sun 22 Nov, 14:20 UTC")]
    [InlineData(0, "Newest jobs come first")]
    public void SaysFromWhenOnTheChartsAreWhole(int daysRead, string? said)
    {
        var note = kit.Render<HistoryNote>(of => of.Add(one => one.Window, Window).Add(one => one.CompleteSince, KitContext.Now.AddDays(-daysRead)));

        if (said is null) note.Markup.Trim().ShouldBeEmpty();
        else note.Find(".banner").TextContent.ShouldContain(said);
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();
}
