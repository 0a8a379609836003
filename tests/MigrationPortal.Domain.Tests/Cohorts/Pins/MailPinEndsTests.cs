using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts.Pins;

public sealed class MailPinEndsTests
{
    private static readonly UserId Mara = new(Make.Production, 1);
    private static readonly UserId Sanjay = new(Make.Production, 2);

    private readonly PinPortal portal = new();

    /// <summary>Whole days, whatever the hour of the end; looked at often, told once.</summary>
    [Fact]
    public async Task ItsPeople_HearTwoWeeksAndThreeDaysBefore_Once()
    {
        await PinAsync(1, "data/etl", 20, Mara, Sanjay);

        foreach (var (day, told) in new[] { (0, 0), (5, 0), (6, 2), (7, 2), (16, 2), (17, 4), (18, 4), (20, 4), (21, 4) })
            foreach (var hour in new[] { -11, 0, 11 })
            {
                portal.Time = Make.Now.AddDays(day).AddHours(hour);
                await portal.Mail.RunAsync(Make.Production, default);
                portal.Mails.All.Count.ShouldBe(told, $"day {day}, hour {hour}");
            }

        var mail = portal.Mails.All[0].Mail;
        (mail.Subject, mail.Link).ShouldBe(("Your time on docker ends on 13 Dec 2026", "my-projects"));
        mail.Text.ShouldContain("- data/etl: until 13 Dec 2026");
        mail.Text.ShouldContain("is taken out, and their jobs run on Kubernetes.");
        portal.AskedForPeople.ShouldBe(2, "GitLab is asked on days with mails alone");
    }

    [Fact]
    public async Task APerson_GetsOneMailADay_ForAllThatIsTheirs_InTheAdminsOwnWords()
    {
        await PinAsync(1, "data/etl", 3, Mara);
        await PinAsync(2, "data/api", 14, Mara, Sanjay);
        await PinAsync(3, "data/far", 40, Mara);
        portal.Wordings.Own[Wording.PinEndsSubject.Key] = "{count} until {date}";

        (await portal.Mail.RunAsync(Make.Production, default)).ShouldBe(2);
        (await portal.Mail.RunAsync(Make.Production, default)).ShouldBe(0);

        portal.Mails.All.Select(one => (one.Mail.Person, one.Mail.Subject)).ShouldBe([(Mara, "2 until 26 Nov 2026"), (Sanjay, "1 until 7 Dec 2026")], ignoreOrder: true);
        portal.Mails.All.Single(one => one.Mail.Person == Mara).Mail.Text.ShouldContain("- data/etl: until 26 Nov 2026\n- data/api: until 7 Dec 2026\n");
    }

    /// <summary>The portal was down on the day: told when it is back, and not again on the days after.</summary>
    [Theory]
    [InlineData(7, 1)]
    [InlineData(8, 1)]
    [InlineData(9, 0)]
    public async Task ADayThatWasMissed_IsMadeUpFor_Once(int back, int told)
    {
        await PinAsync(1, "data/etl", 20, Mara);
        for (var day = back; day < 17; day++)
        {
            portal.Time = Make.Now.AddDays(day);
            await portal.Mail.RunAsync(Make.Production, default);
            portal.Mails.All.Count.ShouldBe(told, $"day {day}");
        }
    }

    [Fact]
    public async Task WhatIsOverOrOnItsWayOutOrHasNoEnd_IsNotTold()
    {
        await PinAsync(1, "data/over", 0, Mara);
        await PinAsync(2, "data/leaves", 3, Mara);
        portal.Enrollments.All[1] = portal.Enrollments.All[1] with { State = EnrollmentState.Returning };
        await PinAsync(3, "data/never", null, Mara);
        await PinAsync(4, "data/nobody", 3);

        (await portal.Mail.RunAsync(Make.Production, default)).ShouldBe(0);
        portal.Mails.All.ShouldBeEmpty();
    }

    private async Task PinAsync(long number, string path, int? days, params UserId[] people)
    {
        var project = new ProjectId(Make.Production, number);
        var pin = await portal.PinAsync(days is { } after ? Make.Now.AddDays(after) : null);
        portal.Enrollments.All[^1] = pin with { Project = project };
        portal.Projects.All[project] = new ObservedProject(new ProjectAccess(project, path, true, true, new HashSet<long>()), "main", false, Make.Now, [], [], Make.Now);
        portal.Maintainers[project] = people;
    }
}
