using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Cohorts.Pins;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts.Pins;

public sealed class PinTests
{
    private static readonly DateTimeOffset Lately = Make.Now.AddDays(-1);

    private readonly PinPortal portal = new();

    /// <summary>Jobs as the newest scan has them; the pin's merge request gave build the tag.</summary>
    [Theory]
    [InlineData("build=docker-fallback", null)]
    [InlineData("build=docker-fallback lint=", null)]
    [InlineData("build= lint=docker-fallback", "build no longer asks for docker-fallback")]
    [InlineData("build=k8s-default", "build no longer asks for docker-fallback")]
    [InlineData("lint=docker-fallback", null)]
    [InlineData("lint=", "no job asks for docker-fallback any more")]
    public async Task AScanAfterThePin_SaysWhetherItHolds(string jobs, string? why)
    {
        var pin = await portal.PinAsync();
        portal.Scan(Lately, [.. jobs.Split(' ').Select(job => job.Split('=')).Select(job => (job[0], job[1].Split(',', StringSplitOptions.RemoveEmptyEntries)))]);

        (await portal.Read.RunAsync(Make.Production, default)).ShouldHaveSingleItem().WhyNot.ShouldBe(why);
        PinCheck.WhyNot(pin, portal.Scans.All[PinPortal.Project] with { At = pin.Since.AddDays(-1) }, Tags()).ShouldBeNull("a look from before the change says nothing of it");
        PinCheck.WhyNot(pin, portal.Scans.All[PinPortal.Project] with { State = ScanState.Invalid }, Tags()).ShouldBeNull("a file that cannot be read says nothing");
        PinCheck.WhyNot(pin with { Way = EnrollmentWay.ProjectRunner }, portal.Scans.All[PinPortal.Project], Tags()).ShouldBeNull("its own runners lead, not the file");
        PinCheck.WhyNot(pin, null, Tags() with { Fallback = null }).ShouldNotBeNull();
    }

    [Fact]
    public async Task AVariable_HoldsWhateverNameTheFileHas()
    {
        var pin = await portal.PinAsync(way: EnrollmentWay.Variable);
        portal.Scan(Lately, ("build", ["$RUNNER_TAG"]));
        PinCheck.WhyNot(pin, portal.Scans.All[PinPortal.Project], Tags()).ShouldBeNull();
        portal.Scan(Lately, ("build", []));
        PinCheck.WhyNot(pin, portal.Scans.All[PinPortal.Project], Tags()).ShouldNotBeNull();
    }

    [Fact]
    public async Task APinThatIsWishedFor_IsNoPin_AndSaysWhatItWaitsFor()
    {
        await portal.PinAsync(state: EnrollmentState.Moving);
        (await portal.Read.RunAsync(Make.Production, default)).ShouldHaveSingleItem().WhyNot.ShouldBe("its merge request is not merged yet");
        portal.Enrollments.All[0] = portal.Pinned with { State = EnrollmentState.Moved };
        (await portal.Read.RunAsync(Make.Production, default)).ShouldHaveSingleItem().WhyNot.ShouldBe("no job of it has run with docker-fallback yet");
        portal.Enrollments.All[0] = portal.Pinned with { State = EnrollmentState.Returning };
        (await portal.Read.RunAsync(Make.Production, default)).ShouldBeEmpty("it is on its way out");
    }

    [Fact]
    public async Task AnUnverifiedPairPin_WaitsForItsRunner_AndNotForATag()
    {
        await portal.PinAsync(state: EnrollmentState.Moved, way: EnrollmentWay.ProjectRunner);
        (await portal.Read.RunAsync(Make.Production, default)).ShouldHaveSingleItem().WhyNot.ShouldBe("no job of it has run on its docker runner yet");
        portal.Enrollments.All[0] = portal.Pinned with { State = EnrollmentState.Moving };
        (await portal.Read.RunAsync(Make.Production, default)).ShouldHaveSingleItem().WhyNot.ShouldBe("the change was begun and did not come to its end");
    }

    [Fact]
    public async Task APin_SaysWhichJobsItKeeps_AndWhatShowedIt()
    {
        var pin = await portal.PinAsync(state: EnrollmentState.Moved);
        (await portal.Read.RunAsync(Make.Production, default)).ShouldHaveSingleItem().Jobs.ShouldBe(["build"], "the change gave it the tag, and nobody has looked since");
        portal.Scan(Make.Now, ("build", ["docker-fallback"]), ("lint", []), ("deploy", ["docker-fallback"]));
        await portal.Enrollments.SaveAsync(pin.Go(EnrollmentState.Verified, Actor.Portal, Make.Now, "job 9 ran there"), EnrollmentState.Moved, default);
        (await portal.Change.RunAsync(PinPortal.Project, Make.Now.AddDays(9), "a release", Make.Admin, default)).ShouldBeOfType<Outcome<Enrollment>.Done>();

        var read = (await portal.Read.RunAsync(Make.Production, default)).ShouldHaveSingleItem();
        read.Jobs.ShouldBe(["build", "deploy"]);
        read.Shown!.Reason.ShouldBe("job 9 ran there");
        (read.EndsSoon(Make.Now), read.EndsSoon(Make.Now.AddDays(-6))).ShouldBe((true, false));
    }

    [Theory]
    [InlineData(null, 0, 2, true, "It has no end: it stays until its people take the change out, or docker ends for everybody.")]
    [InlineData(5, -9, 2, true, "After 28 Nov 2026 the portal takes the change out, and its jobs run on Kubernetes.")]
    [InlineData(5, -9, 1, false, "After 28 Nov 2026 its people have to take the change out.")]
    [InlineData(-1, -9, 2, true, "Its time is over: the portal takes the change out, and its jobs run on Kubernetes.")]
    [InlineData(-3, -1, 2, true, "Its people, or GitLab, said no to taking the change out: it is not tried again before it has another end.")]
    public async Task Fate_SaysWhatBecomesOfIt(int? ends, int since, int phase, bool byHand, string words)
    {
        var pin = await portal.PinAsync(until: ends is { } days ? Make.Now.AddDays(days) : null);
        portal.Enrollments.All[0] = pin with { Since = Make.Now.AddDays(since) };

        PinWords.Fate((await portal.Read.RunAsync(Make.Production, default)).Single(), portal.Facts with { Phase = phase }, byHand, Make.Now).ShouldBe(words);
    }

    [Fact]
    public async Task APinThatDoesNotHold_LosesItsStanding_AndPeopleHearOfIt_Once()
    {
        await portal.PinAsync();
        portal.Scan(Lately, ("build", []));

        (await portal.LookAsync()).ShouldBe(new PinsWatched(1, 0, 0));
        (await portal.LookAsync()).ShouldBe(new PinsWatched(0, 0, 0));

        (portal.Pinned.State, portal.Pinned.Reason).ShouldBe((EnrollmentState.Moved, "build no longer asks for docker-fallback"));
        portal.Audit.Entries.ShouldContain(entry => entry.What == "enrollment.pin-lost");
        var told = portal.Notices.Told.ShouldHaveSingleItem();
        (told.Kind, told.Severity).ShouldBe((NoticeKind.PinLost, NoticeSeverity.Attention));
        told.Sentence.ShouldBe("data/etl is not kept on docker any more: build no longer asks for docker-fallback. Its jobs without tags run on Kubernetes. Pin it again, or let it move.");
        (await new PinNews(portal.Read, portal.Enrollments, portal).RunAsync(Make.Production, new HashSet<ProjectId> { PinPortal.Project }, new TimeWindow(Make.Now, Make.Now.AddDays(1)), default)).ShouldHaveSingleItem().Sentence.ShouldBe(told.Sentence);
    }

    [Fact]
    public async Task TheEnd_IsSaidTwoWeeksAndThreeDaysBefore_ThenTheChangeIsTakenOut()
    {
        await portal.PinAsync(until: Make.Now.AddDays(20));

        foreach (var (day, told) in new[] { (0, 0), (6, 1), (7, 1), (16, 1), (17, 2), (19, 2), (20, 3), (21, 3) })
        {
            portal.Time = Make.Now.AddDays(day);
            await portal.LookAsync();
            await portal.LookAsync();
            portal.Notices.Told.Count.ShouldBe(told, $"day {day}");
        }

        portal.Notices.Told[0].Sentence.ShouldBe("data/etl stays on docker until 13 Dec 2026; then that change is taken out, and its jobs run on Kubernetes. More time is an administrator's to give.");
        portal.Notices.Told[2].Sentence.ShouldBe("The time of data/etl on docker is over since 13 Dec 2026: the portal takes the change out, and its jobs run on Kubernetes.");
        (portal.Pinned.State, portal.Pinned.By).ShouldBe((EnrollmentState.Returned, Actor.Portal));
        portal.Undone.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task WithoutAHandOrAutomation_ItIsOnlySaid(bool hand, bool automation)
    {
        await portal.PinAsync(until: Make.Now.AddHours(-1));
        if (!hand) portal.Hand = null;
        portal.Facts = portal.Facts with { AutomationOn = automation };

        (await portal.LookAsync()).ShouldBe(new PinsWatched(0, 1, 0));

        (portal.Pinned.State, portal.Undone.Count).ShouldBe((EnrollmentState.Verified, 0));
        portal.Notices.Told.ShouldHaveSingleItem().Sentence.ShouldContain("its people take the change out");
    }

    /// <summary>Whoever closes the portal's merge request has said no: they are not asked again every few minutes.</summary>
    [Fact]
    public async Task PeopleWhoClosedTheMergeRequest_AreNotAskedAgain_UntilAnotherEndComes()
    {
        await portal.PinAsync(until: Make.Now.AddHours(-1));
        portal.Undo = () => new MoveProgress.Open("https://gitlab.example/mr/1", "open", portal.Pinned.Original!);
        (await portal.LookAsync()).TakenOut.ShouldBe(1);
        portal.Pinned.State.ShouldBe(EnrollmentState.Returning);
        (await portal.LookAsync()).ShouldBe(new PinsWatched(0, 0, 0), "it waits for its people");

        portal.Time = Make.Now.AddHours(1);
        portal.Enrollments.All[0] = portal.Pinned.Go(EnrollmentState.Moved, Actor.Portal, portal.Time, "merge request !1 was closed");
        (await portal.LookAsync()).ShouldBe(new PinsWatched(0, 1, 0));
        portal.Undone.Count.ShouldBe(1);

        (await portal.Change.RunAsync(PinPortal.Project, portal.Time.AddDays(30), "one more month", Make.Admin, default)).TryGet(out _, out _).ShouldBeTrue();
        portal.Time = portal.Time.AddDays(31);
        (await portal.LookAsync()).TakenOut.ShouldBe(1);
    }

    /// <summary>Many pins end on the same midnight, and some of them then meet GitLab's limit.</summary>
    [Fact]
    public async Task AnEndThatGitLabPutOff_GoesOnAfterAWhile_WithoutAPerson()
    {
        await portal.PinAsync(until: Make.Now.AddHours(-1));
        portal.Undo = () => Refusal.Of(DeskCode.RateLimited, "Too many requests.");
        (await portal.LookAsync()).TakenOut.ShouldBe(0);
        portal.Pinned.State.ShouldBe(EnrollmentState.Returning);

        portal.Undo = () => new MoveProgress.Done("taken out");
        portal.Time = Make.Now.AddMinutes(5);
        await portal.LookAsync();
        portal.Pinned.State.ShouldBe(EnrollmentState.Returning);
        portal.Time = Make.Now.AddMinutes(11);
        portal.Facts = portal.Facts with { AutomationOn = false };
        await portal.LookAsync();
        portal.Pinned.State.ShouldBe(EnrollmentState.Returning);
        portal.Facts = portal.Facts with { AutomationOn = true };
        await portal.LookAsync();

        (portal.Pinned.State, portal.Pinned.By, portal.Undone.Count).ShouldBe((EnrollmentState.Returned, Actor.Portal, 2));
        await portal.LookAsync();
        portal.Undone.Count.ShouldBe(2);
    }

    [Fact]
    public async Task AnAdmin_GivesMoreTime_OrNoneAnyMore_ButNotForEver()
    {
        (await portal.Change.RunAsync(PinPortal.Project, Make.Now.AddDays(3), "why not", Make.Admin, default)).ShouldBeOfType<Outcome<Enrollment>.Refused>().Refusal.Code.ShouldBe("not-pinned");
        var pin = await portal.PinAsync(until: Make.Now.AddDays(3));
        (await portal.Change.RunAsync(PinPortal.Project, Make.Now.AddDays(367), "for ever", Make.Admin, default)).ShouldBeOfType<Outcome<Enrollment>.Refused>().Refusal.Code.ShouldBe("invalid-until");

        await portal.Change.RunAsync(PinPortal.Project, Make.Now.AddDays(40), "release in December", Make.Admin, default);
        (portal.Pinned.Until, portal.Pinned.State, portal.Pinned.Since).ShouldBe((Make.Now.AddDays(40), EnrollmentState.Verified, pin.Since));
        await portal.Change.RunAsync(PinPortal.Project, Make.Now.AddDays(-40), "they are done", Make.Admin, default);
        portal.Pinned.Until.ShouldBe(Make.Now);
        portal.Audit.Entries.Count(entry => entry is { What: "enrollment.pin-until", Why: not null }).ShouldBe(2);
        (await portal.LookAsync()).TakenOut.ShouldBe(1);
    }

    private static MoveTags Tags() => new("k8s-default", "docker-fallback", new Dictionary<string, string?>(), new HashSet<string>());
}
