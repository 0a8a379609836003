using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Plans;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Gates;

public sealed class ChangeFreezesTests
{
    private static readonly FreezeWish Good = new("Audit", Make.Now.UtcDateTime, Make.Now.UtcDateTime.AddHours(2), "UTC", null, []);

    private readonly Portal portal = new(ApplyPlanTests.Context());

    private ChangeFreezes Change => new(portal.Freezes, new PlainCalendar(), portal.Audit, portal);

    [Fact]
    public async Task Wish_EveryFieldThatIsWrongIsNamed()
    {
        var wrong = new FreezeWish(" ", Make.Now.UtcDateTime, Make.Now.UtcDateTime, "Mars/Olympus", "FREQ=NEVER", []);
        var refusal = ((Outcome<FreezeWindow>.Refused)await Change.AddAsync(Make.Production, wrong, Make.Admin, default)).Refusal;
        refusal.Code.ShouldBe("invalid-window");
        refusal.Reasons.Select(reason => reason.Split(':')[0]).ShouldBe(["name", "end", "timeZone", "recurrence"]);
        (await Change.AddAsync(Make.Production, Good with { End = Good.Start.AddDays(367) }, Make.Admin, default)).Code().ShouldBe("invalid-window");
        portal.Audit.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task AddedEditedEndedRemoved_EachInTheTrail()
    {
        var added = (await Change.AddAsync(Make.Production, Good, Make.Admin, default)).Result();
        (await Change.SaveAsync(Make.Production, added.Id, Good with { Name = "Audit 2" }, Make.Admin, default)).Result().Uid.ShouldBe(added.Uid);
        (await Change.EndAsync(Make.Production, added.Id, Make.Admin, default)).Result().EndedAt.ShouldBe(portal.Time);
        (await Change.EndAsync(Make.Production, added.Id, Make.Admin, default)).Code().ShouldBe("already-ended");
        (await portal.ReadFreezes.AtAsync(Make.Production, portal.Time, default)).ShouldBeNull();
        (await Change.RemoveAsync(Make.Production, added.Id, Make.Admin, default)).Code().ShouldBe("done");
        (await Change.RemoveAsync(Make.Production, added.Id, Make.Admin, default)).Code().ShouldBe("unknown-window");
        portal.Audit.Entries.Select(entry => entry.What).ShouldBe(["calendar.window.add", "calendar.window.change", "calendar.window.end", "calendar.window.remove"]);
    }

    [Fact]
    public async Task Import_IsAllOrNothing_AndKnowsItsWindowsAgain()
    {
        var bad = await Change.ImportAsync(Make.Production, "a One 2026-12-01 2026-12-02\nbroken\nb Two 2026-12-02 2026-12-01", "UTC", Make.Admin, default);
        ((Outcome<FreezesImported>.Refused)bad).Refusal.Reasons.ShouldBe(["'broken' is no event.", "'Two': end: Must lie after the start."]);
        portal.Freezes.All.ShouldBeEmpty();

        (await Change.ImportAsync(Make.Production, "a One 2026-12-01 2026-12-02\nb Two 2026-12-02 2026-12-03", "UTC", Make.Admin, default)).Result().ShouldBe(new FreezesImported(2, 0));
        (await Change.ImportAsync(Make.Production, "b Zwei 2026-12-02 2026-12-04\nc Three 2026-12-05 2026-12-06", "UTC", Make.Admin, default)).Result().ShouldBe(new FreezesImported(1, 1));
        portal.Freezes.All.Select(window => window.Name).ShouldBe(["One", "Zwei", "Three"]);
        (await Change.ImportAsync(Make.Production, "", "UTC", Make.Admin, default)).Code().ShouldBe("unreadable-calendar");
        portal.Audit.Entries.Count.ShouldBe(2);
    }
}
