using Bunit;
using MigrationPortal.Domain.Jobs;
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

    [Fact]
    public void WhileThePastIsRead_SaysHowFarAndHowLong()
    {
        var past = new HistoryProgress(KitContext.Now.AddDays(-35), KitContext.Now, KitContext.Now.AddDays(-7), false, 7_000, 1);
        var note = kit.Render<HistoryNote>(of => of.Add(one => one.Window, Window).Add(one => one.CompleteSince, past.Reached).Add(one => one.Known, new JobCollection(past, [])));

        note.Find(".past").TextContent.Replace('\u00a0', ' ').Trim().ShouldBe("back to 18 Nov of 21 Oct, 20 %, about 7 h 46 min left at the present budget");
        note.Find(".meter i").GetAttribute("style")!.ShouldContain("width:20");
    }

    [Fact]
    public void JobSweepIsBehind_SaysWhichHoursAndWhy()
    {
        var known = new JobCollection(null, [new UnreadRange(KitContext.Now.AddHours(-2), KitContext.Now, "the job sweep is behind: GitLab answers 503")]);
        var note = kit.Render<HistoryNote>(of => of.Add(one => one.Window, Window).Add(one => one.CompleteSince, Window.From).Add(one => one.Known, known));

        note.Find(".banner").TextContent.ShouldContain("12:20 to 25 Nov 14:20 UTC are not all read.");
        note.Find(".banner").TextContent.ShouldContain("The job sweep is behind: GitLab answers 503.");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();
}
