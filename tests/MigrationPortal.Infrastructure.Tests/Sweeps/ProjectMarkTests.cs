using MigrationPortal.Infrastructure.Sweeps;

namespace MigrationPortal.Infrastructure.Tests.Sweeps;

public sealed class ProjectMarkTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void First_IsAWholeListAtOnce() =>
        new ProjectMark().Due(Noon, Noon, 1).ShouldNotBeNull().IsWhole.ShouldBeTrue();

    /// <summary>Pages of the last whole list, requests a second, minutes since its end: what is due.</summary>
    [Theory]
    [InlineData(1, 1, 9, null)]
    [InlineData(1, 1, 10, true)]
    [InlineData(8, 1, 10, true)]
    [InlineData(50, 1, 10, false)]
    [InlineData(50, 1, 60, true)]
    [InlineData(1_200, 1, 9, null)]
    [InlineData(1_200, 1, 10, false)]
    [InlineData(1_200, 1, 23 * 60, false)]
    [InlineData(1_200, 1, 24 * 60, true)]
    [InlineData(20_000, 1, 24 * 60, true)]
    [InlineData(1_200, 50, 29, true)]
    public void WholeList_AgainByItsCost_InBetweenOnlyWhatChanged(int pages, double perSecond, int minutes, bool? whole)
    {
        var walk = Listed(pages).Due(Noon.AddMinutes(minutes), Noon.AddMinutes(minutes), perSecond);

        (walk?.IsWhole).ShouldBe(whole);
        // What changed while the list was read was perhaps read before it changed.
        if (whole == false) walk!.Since.ShouldBe(Noon.AddHours(-3).AddMinutes(-5));
    }

    [Theory]
    [InlineData(59, 600, null)]
    [InlineData(60, 600, true)]
    [InlineData(60, 599, null)]
    [InlineData(60, -86_400, true)]
    public void Demo_ClockRunsFastOrIsSetBack_NeitherFloodsNorStops(int realSeconds, int worldSeconds, bool? whole) =>
        (Listed(1).Due(Noon.AddSeconds(worldSeconds), Noon.AddSeconds(realSeconds), 50)?.IsWhole).ShouldBe(whole);

    [Fact]
    public void Changes_LeaveTheWholeListsRestAsItIs()
    {
        var looked = Listed(1_200).Ended(ProjectWalk.Begin(Noon.AddMinutes(20), Noon), Noon.AddMinutes(21), Noon.AddMinutes(21));

        looked.Due(Noon.AddMinutes(30), Noon.AddMinutes(30), 1).ShouldBeNull();
        looked.Due(Noon.AddMinutes(31), Noon.AddMinutes(31), 1)!.Since.ShouldBe(Noon.AddMinutes(15));
        looked.Due(Noon.AddDays(1), Noon.AddDays(1), 1)!.IsWhole.ShouldBeTrue();
    }

    // A list of three hours that ended at noon.
    private static ProjectMark Listed(int pages) => new ProjectMark().Ended(ProjectWalk.Begin(Noon.AddHours(-3), null) with { Pages = pages }, Noon, Noon);
}
