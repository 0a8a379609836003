using System.Globalization;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Gates;

namespace MigrationPortal.Infrastructure.Tests.Gates;

/// <summary>RFC 5545 as freeze windows use it: recurrences by the wall clock, and text in and out.</summary>
public sealed class FreezeCalendarTests
{
    private static readonly FreezeCalendar Calendar = new();

    [Theory]
    // Vienna: +01:00 in winter, +02:00 from 29 March 03:00 to 25 October 03:00 of 2026.
    [InlineData("2026-03-28T22:00/06:00", "Europe/Vienna", "FREQ=DAILY;COUNT=3", "2026-03-28T21:00/04:00 2026-03-29T20:00/04:00 2026-03-30T20:00/04:00")]
    [InlineData("2026-10-23T22:00/06:00", "Europe/Vienna", "FREQ=DAILY;COUNT=3", "2026-10-23T20:00/04:00 2026-10-24T20:00/05:00 2026-10-25T21:00/05:00")]
    // A start in the hour that is skipped is shown after the gap; the end stays where the wall clock has it.
    [InlineData("2026-03-28T02:30/06:00", "Europe/Vienna", "FREQ=DAILY;COUNT=2", "2026-03-28T01:30/05:00 2026-03-29T01:30/04:00")]
    // In the hour that comes twice a freeze begins with the first and ends with the second.
    [InlineData("2026-10-25T02:30/02:45", "Europe/Vienna", null, "2026-10-25T00:30/01:45")]
    [InlineData("2026-10-02T16:00/20:00", "UTC", "FREQ=WEEKLY;BYDAY=FR;UNTIL=20261017T000000Z", "2026-10-02T16:00/20:00 2026-10-09T16:00/20:00 2026-10-16T16:00/20:00")]
    // The end of a recurrence in UTC is a moment: midnight of 3 January in Auckland is before it, that of the 4th after.
    [InlineData("2026-01-02T00:00/01:00", "Pacific/Auckland", "FREQ=DAILY;UNTIL=20260103T000000Z", "2026-01-01T11:00/12:00 2026-01-02T11:00/12:00")]
    [InlineData("2026-01-31T10:00/11:00", "UTC", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "2026-01-31T10:00/11:00 2026-02-28T10:00/11:00 2026-03-31T10:00/11:00")]
    [InlineData("2024-02-29T10:00/11:00", "UTC", "FREQ=YEARLY;COUNT=2", "2024-02-29T10:00/11:00 2028-02-29T10:00/11:00")]
    public void Expand_ByTheWallClockOfTheZone(string first, string zone, string? rule, string spans)
    {
        var (start, end) = Wall(first);
        var found = Calendar.Expand(Window(start, end, zone, rule), new TimeWindow(At("2020-01-01T00:00"), At("2035-01-01T00:00")));
        string.Join(' ', found.Select(span => string.Create(CultureInfo.InvariantCulture, $"{span.From.UtcDateTime:yyyy-MM-dd'T'HH:mm}/{span.Until.UtcDateTime:HH:mm}"))).ShouldBe(spans);
    }

    [Theory]
    [InlineData("2026-11-01T00:00", "2026-11-02T00:00", "")] // between two of them
    [InlineData("2026-11-06T19:59", "2026-11-06T20:00", "6")] // the last minute
    [InlineData("2026-11-06T20:00", "2026-11-13T16:00", "")] // neither its end nor the next one's start is in it
    [InlineData("2026-11-06T18:00", "2026-11-28T00:00", "6 20 27")] // 13 is left out
    public void Expand_OnlyWhatLiesInTheTime(string from, string to, string days)
    {
        var window = Window(new(2026, 10, 2, 16, 0, 0), new(2026, 10, 2, 20, 0, 0), "UTC", "FREQ=WEEKLY") with { Except = [new(2026, 11, 13, 16, 0, 0)] };
        string.Join(' ', Calendar.Expand(window, new TimeWindow(At(from), At(to))).Select(span => span.From.Day)).ShouldBe(days);
    }

    [Fact]
    public void Ended_WhatLastsIsCut_AndNoneComesAfter()
    {
        var window = Window(new(2026, 10, 2, 16, 0, 0), new(2026, 10, 2, 20, 0, 0), "UTC", "FREQ=WEEKLY") with { EndedAt = At("2026-10-09T17:30") };
        Calendar.Expand(window, new TimeWindow(At("2026-10-01T00:00"), At("2027-01-01T00:00"))).Select(span => span.Until).ShouldBe([At("2026-10-02T20:00"), At("2026-10-09T17:30")]);
    }

    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,FR", null)]
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR", null)]
    [InlineData("FREQ=DAILY;UNTIL=20200101T000000Z", null)] // over, but a rule
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "Never happens")]
    [InlineData("FREQ=HOURLY", "Must have FREQ=")]
    [InlineData("BYDAY=MO", "Must have FREQ=")]
    [InlineData("", "Must have FREQ=")]
    [InlineData("FREQ=DAILY;BYHOUR=1,2,3", "BYHOUR")]
    [InlineData("FREQ=WEEKLY;BYDAY=XX", "Is no recurrence rule")]
    [InlineData("FREQ=WEEKLY;INTERVAL=0", "Is no recurrence rule")]
    [InlineData("every friday", "Is no recurrence rule")]
    public void RecurrenceProblem_SaysWhatIsWrong(string rule, string? says)
    {
        var problem = Calendar.RecurrenceProblem(rule);
        if (says is null) problem.ShouldBeNull();
        else problem.ShouldNotBeNull().ShouldContain(says);
    }

    [Fact]
    public void TimeZones_AreTheIanaNames()
    {
        Calendar.TimeZones.ShouldContain("Europe/Vienna");
        Calendar.TimeZones.ShouldContain("UTC");
        Calendar.TimeZones.ShouldAllBe(zone => Calendar.TimeZoneProblem(zone) == null);
        foreach (var wrong in (string[])["", "Mars/Olympus", "W. Europe Standard Time"]) Calendar.TimeZoneProblem(wrong).ShouldNotBeNull();
    }

    [Fact]
    public void Read_OfOtherCalendars_ByNameZoneAndSeries()
    {
        var (wishes, problems) = Calendar.Read(
            """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//Somebody//Else//EN
            BEGIN:VEVENT
            UID:xmas
            SUMMARY:Turn of the year\, all quiet
            DTSTART;VALUE=DATE:20261224
            DTEND;VALUE=DATE:20270102
            RRULE:FREQ=YEARLY
            END:VEVENT
            BEGIN:VEVENT
            UID:night
            SUMMARY:Batch night
            DTSTART;TZID=W. Europe Standard Time:20261201T220000
            DURATION:PT8H
            RRULE:FREQ=WEEKLY;BYDAY=TU
            EXDATE;TZID=W. Europe Standard Time:20261208T220000
            BEGIN:VALARM
            TRIGGER:-PT15M
            ACTION:DISPLAY
            DESCRIPTION:soon
            END:VALARM
            END:VEVENT
            BEGIN:VEVENT
            UID:night
            SUMMARY:Batch night\, moved
            RECURRENCE-ID;TZID=W. Europe Standard Time:20261215T220000
            DTSTART;TZID=W. Europe Standard Time:20261216T220000
            DTEND;TZID=W. Europe Standard Time:20261217T060000
            END:VEVENT
            BEGIN:VEVENT
            UID:utc
            DTSTART:20261201T100000Z
            DTEND:20261201T120000Z
            END:VEVENT
            BEGIN:VEVENT
            UID:off
            SUMMARY:Called off
            STATUS:CANCELLED
            DTSTART:20261201T100000Z
            DTEND:20261201T120000Z
            END:VEVENT
            END:VCALENDAR
            """,
            "Europe/Vienna");
        problems.ShouldBeEmpty();
        wishes.Select(one => (one.Uid, one.Name, one.Start, one.End, one.TimeZone, one.Recurrence)).ShouldBe(
        [
            ("xmas", "Turn of the year, all quiet", new(2026, 12, 24), new(2027, 1, 2), "Europe/Vienna", "FREQ=YEARLY"),
            ("night", "Batch night", new(2026, 12, 1, 22, 0, 0), new(2026, 12, 2, 6, 0, 0), "Europe/Berlin", "FREQ=WEEKLY;BYDAY=TU"),
            ("night/20261215T220000", "Batch night, moved", new(2026, 12, 16, 22, 0, 0), new(2026, 12, 17, 6, 0, 0), "Europe/Berlin", null),
            ("utc", "Freeze", new(2026, 12, 1, 10, 0, 0), new(2026, 12, 1, 12, 0, 0), "UTC", (string?)null),
        ]);
        wishes[1].Except.ShouldBe([new(2026, 12, 8, 22, 0, 0), new(2026, 12, 15, 22, 0, 0)]);
    }

    [Fact]
    public void Read_NamesEveryBadEvent()
    {
        var events = new[]
        {
            "UID:a\nSUMMARY:No start\nDTEND:20261201T120000Z", "UID:b\nSUMMARY:No end\nDTSTART:20261201T100000Z", "UID:c\nSUMMARY:Zone\nDTSTART;TZID=Mars/Olympus:20261201T100000\nDURATION:PT1H",
            "UID:d\nSUMMARY:Rule\nDTSTART:20261201T100000Z\nDURATION:PT1H\nRRULE:FREQ=NEVER", "UID:e\nSUMMARY:Dates\nDTSTART:20261201T100000Z\nDURATION:PT1H\nRDATE:20261202T100000Z",
            "UID:f\nSUMMARY:Date\nDTSTART:2026\nDURATION:PT1H", "UID:g\nSUMMARY:Good\nDTSTART:20261201T100000Z\nDURATION:PT1H",
        };
        var (wishes, problems) = Calendar.Read($"BEGIN:VCALENDAR\n{string.Join('\n', events.Select(one => $"BEGIN:VEVENT\n{one}\nEND:VEVENT"))}\nBEGIN:VEVENT\nSUMMARY:Cut off", "UTC");
        wishes.ShouldHaveSingleItem().Name.ShouldBe("Good");
        problems.Select(problem => problem.Split('\'')[1]).ShouldBe(["No start", "No end", "Zone", "Rule", "Dates", "Date", "Cut off"]);
        problems[2].ShouldBe("Event 3 ('Zone'): has the time zone 'Mars/Olympus', which is not known: use an IANA name.");
        Calendar.Read("hello", "UTC").Problems.ShouldHaveSingleItem().ShouldContain("no iCalendar text");
    }

    [Fact]
    public void Written_ReadsBackAsTheSameWindows()
    {
        FreezeWindow[] windows =
        [
            Window(new(2026, 12, 1, 22, 0, 0), new(2026, 12, 2, 6, 0, 0), "Europe/Vienna", "FREQ=WEEKLY;BYDAY=TU") with { Uid = "one", Name = "Nights, each; Tuesday", Except = [new(2026, 12, 8, 22, 0, 0)] },
            Window(new(2026, 12, 24), new(2027, 1, 2), "UTC", null) with { Uid = "two" },
            Window(new(2199, 12, 24), new(2199, 12, 26), "America/New_York", "FREQ=YEARLY") with { Uid = "far ahead" },
        ];
        var text = Calendar.Write(windows, At("2026-11-01T00:00"));
        text.ShouldContain("BEGIN:VTIMEZONE");
        var (wishes, problems) = Calendar.Read(text, "Asia/Tokyo");
        problems.ShouldBeEmpty();
        wishes.Select(one => (one.Uid, one.Name, one.Start, one.End, one.TimeZone, one.Recurrence)).ShouldBe(windows.Select(one => ((string?)one.Uid, one.Name, one.Start, one.End, one.TimeZone, one.Recurrence)));
        wishes[0].Except.ShouldBe(windows[0].Except);
    }

    [Fact]
    public void Written_AWindowThatWasEnded_EndsThereForOthersToo()
    {
        var once = Window(new(2026, 12, 24), new(2027, 1, 2), "UTC", null) with { EndedAt = At("2026-12-26T12:00") };
        var weekly = Window(new(2026, 12, 1), new(2026, 12, 2), "UTC", "FREQ=WEEKLY;COUNT=9") with { Uid = "weekly", EndedAt = At("2026-12-26T12:00") };
        var (wishes, _) = Calendar.Read(Calendar.Write([once, weekly], At("2027-01-01T00:00")), "UTC");
        (wishes[0].End, wishes[1].Recurrence).ShouldBe((new(2026, 12, 26, 12, 0, 0), "FREQ=WEEKLY;UNTIL=20261226T120000Z"));
    }

    private static FreezeWindow Window(DateTime start, DateTime end, string zone, string? rule) => new(1, new InstanceId("production"), "Window", start, end, zone, rule, [], "window", null, 1);

    private static (DateTime, DateTime) Wall(string text)
    {
        var (start, end) = (DateTime.Parse(text.Split('/')[0], CultureInfo.InvariantCulture), TimeSpan.Parse(text.Split('/')[1], CultureInfo.InvariantCulture));
        return (start, start.Date + end <= start ? start.Date.AddDays(1) + end : start.Date + end);
    }

    private static DateTimeOffset At(string utc) => DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
