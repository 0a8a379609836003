using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Gates;

[Collection(PortalCollection.Name)]
public sealed class CalendarApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Window_IsAddedWrittenAnewEndedAndRemoved()
    {
        var wish = new { name = "Year end", start = "2031-12-23T18:00", end = "2032-01-02T06:00", timeZone = "Europe/Vienna", recurrence = "FREQ=YEARLY" };
        var added = (await portal.Api.PostAsync("calendar/windows?instance=qa", wish)).ShouldBe(201).Json;
        var id = added["id"]!.GetValue<long>();
        (added["start"]!.GetValue<string>(), added["recurrence"]!.GetValue<string>()).ShouldBe(("2031-12-23T18:00:00", "FREQ=YEARLY"));
        (await portal.Api.GetAsync("calendar/windows?instance=qa")).ShouldBe(200).Items.ShouldContain(one => one!["id"]!.GetValue<long>() == id);
        (await portal.Api.GetAsync("calendar/windows")).ShouldBe(200).Items.ShouldNotContain(one => one!["id"]!.GetValue<long>() == id);

        var saved = (await portal.Api.PutAsync($"calendar/windows/{id}?instance=qa", new { name = "Year end 2", start = "2031-12-23", end = "2032-01-02" })).ShouldBe(200).Json;
        (saved["timeZone"]!.GetValue<string>(), saved["recurrence"]).ShouldBe(("UTC", null));
        (await portal.Api.PostAsync($"calendar/windows/{id}/end?instance=qa", new { })).ShouldBe(200).Json["endedAt"].ShouldNotBeNull();
        (await portal.Api.PostAsync($"calendar/windows/{id}/end?instance=qa", new { })).ShouldRefuse(409, "already-ended");
        (await portal.Api.DeleteAsync($"calendar/windows/{id}?instance=qa")).ShouldBe(204);
        (await portal.Api.DeleteAsync($"calendar/windows/{id}?instance=qa")).ShouldRefuse(404, "unknown-window");
    }

    [Fact]
    public async Task Wrong_EveryFieldIsNamed()
    {
        var form = await portal.Api.PostAsync("calendar/windows?instance=qa", new { name = "", start = "tomorrow", end = "2031-01-01T10:00Z", except = new[] { "x" } });
        foreach (var field in (string[])["name", "start", "end", "except[0]"]) form.ShouldNameField(field);
        var sense = await portal.Api.PostAsync("calendar/windows?instance=qa", new { name = "x", start = "2031-01-02", end = "2031-01-01", timeZone = "Mars/Olympus", recurrence = "FREQ=HOURLY" });
        foreach (var field in (string[])["end", "timeZone", "recurrence"]) sense.ShouldNameField(field);
    }

    [Fact]
    public async Task Import_IsAllOrNothing_AndExportsWhatWasTakenIn()
    {
        var bad = await portal.Api.PostAsync("calendar/import?instance=qa", new { text = Ics("BEGIN:VEVENT\r\nUID:x\r\nSUMMARY:Endless\r\nDTSTART:20310101T100000Z\r\nEND:VEVENT\r\n") });
        bad.ShouldRefuse(422, "unreadable-calendar").Json["reasons"]![0]!.GetValue<string>().ShouldBe("Event 2 ('Endless'): has neither DTEND nor DURATION.");
        (await portal.Api.GetAsync("calendar.ics?instance=qa")).ShouldBe(200).Text.ShouldNotContain("imported@test");

        (await portal.Api.PostAsync("calendar/import?instance=qa", new { text = Ics() })).ShouldBe(200).Json.ToJsonString().ShouldBe("""{"added":1,"changed":0}""");
        (await portal.Api.PostAsync("calendar/import?instance=qa", new { text = Ics(), timeZone = "Europe/Vienna" })).ShouldBe(200).Json.ToJsonString().ShouldBe("""{"added":0,"changed":1}""");
        var text = (await portal.Api.GetAsync("calendar.ics?instance=qa")).ShouldBe(200).Text;
        text.ShouldStartWith("BEGIN:VCALENDAR");
        text.ShouldContain("imported@test");
    }

    private static string Ics(string more = "") =>
        $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:imported@test\r\nSUMMARY:Imported\r\nDTSTART:20310101T100000Z\r\nDTEND:20310101T120000Z\r\nEND:VEVENT\r\n{more}END:VCALENDAR\r\n";
}
