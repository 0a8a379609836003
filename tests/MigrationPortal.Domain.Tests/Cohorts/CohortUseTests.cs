using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;
using static MigrationPortal.Domain.Tests.Cohorts.CohortPortal;
using static MigrationPortal.Domain.Tests.Cohorts.CohortWorld;

namespace MigrationPortal.Domain.Tests.Cohorts;

public class CohortUseTests
{
    private static readonly long[] Computed = [103, 277, 290, 334, 196, 317, 295, 140, 381, 274, 339, 191, 320, 155, 276, 117, 175, 248, 142];

    private readonly CohortPortal _portal = new();

    [Fact]
    public async Task Waves_OfOneAndOfFivePercent_ThenShrunk_HoldWhatWasComputedElsewhere()
    {
        var cohort = await _portal.CohortAsync();
        (await _portal.WaveAsync(cohort.Id, 1)).Invited.ShouldBe(4);
        (await _portal.MembersAsync(cohort.Id)).ShouldBe(Computed[..4]);
        (await _portal.WaveAsync(cohort.Id, 5)).Invited.ShouldBe(15);
        (await _portal.MembersAsync(cohort.Id)).ShouldBe(Computed);

        var shrunk = Done(await _portal.Resize.RunAsync(Make.Production, cohort.Id, 1, "too fast", Make.Admin, default));
        shrunk.Withdrawn.Select(one => one.Number).ShouldBe(Computed[4..].Reverse());
        (await _portal.MembersAsync(cohort.Id)).ShouldBe(Computed[..4]);
        var grown = Done(await _portal.Resize.RunAsync(Make.Production, cohort.Id, 5, "again", Make.Admin, default));
        grown.Added.Select(one => one.Number).ShouldBe(Computed[4..]);
        (await _portal.MembersAsync(cohort.Id)).ShouldBe(Computed);
        (await _portal.Enrollments.HistoryAsync(5, default)).Select(one => one.To).ShouldBe([EnrollmentState.Selected, EnrollmentState.Invited, EnrollmentState.Withdrawn]);
        _portal.Audit.Entries.Select(one => one.What).ShouldBe(
            ["cohort.create", "cohort.wave.plan", "cohort.wave.preview", "cohort.wave.send", "cohort.wave.plan", "cohort.wave.preview", "cohort.wave.send", "cohort.resize", "cohort.resize"]);
    }

    [Fact]
    public async Task Preview_SaysWho_HowManyJobs_WhichShare_AndWhenTheGateCanDecide()
    {
        _portal.Projects = [.. Enumerable.Range(1, 100).Select(at => Candidate(at, 50)), Candidate(101, 5_000, excluded: true), Candidate(102)];
        var cohort = await _portal.CohortAsync(GroupCaps.None, (102, "its owner asked us not to"));
        var preview = Done(await _portal.Preview.DryAsync(Make.Production, cohort.Id, 20, default));
        (preview.Size, preview.Eligible, preview.Added.Count, preview.JobsPerDay, preview.AllJobsPerDay).ShouldBe((20, 100, 20, 1_000, 10_020));
        preview.TrafficShare!.Value.ShouldBe(1_000 / 10_020.0, 1e-12);
        preview.Excluded.ShouldBe([new(Exclusions.Archived, 1), new(Exclusions.Named, 1)]);
        // statistics.md A.6: base 0.29 %, margin 0.5 points, power 80 %: 1,816 an arm; half of 1,000 jobs a day reach it in 3.6 days, and seven whole days are asked.
        preview.Forecasts.Select(one => (one.Accepting, one.KubernetesPerDay, one.KubernetesJobs, one.Days)).ShouldBe([(1, 500, 1816, 7), (0.5, 250, 1816, 7.263)], Within);
        _portal.Enrollments.All.ShouldBeEmpty();
        _portal.Cohorts.Waves.ShouldBeEmpty();

        Done(await _portal.Preview.DryAsync(Make.Production, cohort.Id, 1, default)).Forecasts[0].Days!.Value.ShouldBe(72.6, 0.1);
    }

    [Fact]
    public async Task Wave_InvitesEachPersonOnce_HoweverManyProjectsAreTheirs()
    {
        var cohort = await _portal.CohortAsync();
        _portal.Maintainers = project => project.Number == Computed[2] ? null : [User(1), User(1), User(1_000 + project.Number)];
        var sent = await _portal.WaveAsync(cohort.Id, 1);
        (sent.Invited, sent.People).ShouldBe((3, 4));
        sent.Unreachable.ShouldBe([Id(Computed[2])]);
        _portal.Invitations.All.Single(one => one.Person == User(1)).Projects.Select(one => one.Number).ShouldBe([Computed[0], Computed[1], Computed[3]]);
        var told = _portal.Notices.Told.ShouldHaveSingleItem();
        (told.Key, told.Sentence).ShouldBe(("cohort/1/wave/1/sent", "Wave 1 of the cohort pilot is sent: the people of 3 projects are asked to try Kubernetes."));

        // The next wave asks those whom nobody could be asked for, and nobody twice.
        _portal.Maintainers = _ => [User(1)];
        var mail = _portal.Mails.All.Single(one => one.Mail.Person == User(1)).Mail;
        (mail.Key, mail.Subject, mail.Link).ShouldBe(($"cohort/{cohort.Id}/wave/1", "You can try Kubernetes for 3 of your projects", "my-projects"));
        mail.Text.ShouldContain(string.Join('\n', ((long[])[Computed[0], Computed[1], Computed[3]]).Select(number => $"- team/app-{number}").Order(StringComparer.Ordinal)));
        _portal.Mails.All.Count.ShouldBe(4);
        (await _portal.WaveAsync(cohort.Id, 1)).Invited.ShouldBe(1);
        (await _portal.Invitations.OfWaveAsync(2, default)).ShouldHaveSingleItem().Projects.ShouldBe([Id(Computed[2])]);
    }

    [Fact]
    public async Task Wave_IsPreviewedBeforeItIsSent_AndSentOnce()
    {
        var cohort = await _portal.CohortAsync();
        No(await _portal.Preview.RunAsync(Make.Production, cohort.Id, 1, Make.Admin, default)).Code.ShouldBe("unknown-wave");
        Done(await _portal.Preview.PlanAsync(Make.Production, cohort.Id, 1, WaveStart.ByHand, null, Make.Admin, default));
        No(await _portal.Preview.PlanAsync(Make.Production, cohort.Id, 2, WaveStart.ByHand, null, Make.Admin, default)).Code.ShouldBe("wave-open");
        No(await _portal.Send.RunAsync(Make.Production, cohort.Id, 1, Make.Admin, default)).Code.ShouldBe("not-previewed");
        Done(await _portal.Preview.RunAsync(Make.Production, cohort.Id, 1, Make.Admin, default)).Preview.Added.Count.ShouldBe(4);
        Done(await _portal.Send.RunAsync(Make.Production, cohort.Id, 1, Make.Admin, default));
        No(await _portal.Send.RunAsync(Make.Production, cohort.Id, 1, Make.Admin, default)).Code.ShouldBe("wave-over");
        // One that is not wanted any more makes room for another.
        Done(await _portal.Preview.PlanAsync(Make.Production, cohort.Id, 2, WaveStart.ByHand, null, Make.Admin, default));
        Done(await _portal.Preview.CloseAsync(Make.Production, cohort.Id, 2, "a holiday", Make.Admin, default)).State.ShouldBe(WaveState.Closed);
        No(await _portal.Preview.CloseAsync(Make.Production, cohort.Id, 2, null, Make.Admin, default)).Code.ShouldBe("wave-over");
        Done(await _portal.Preview.PlanAsync(Make.Production, cohort.Id, 3, WaveStart.ByHand, null, Make.Admin, default)).Number.ShouldBe(3);
        No(await _portal.Preview.DryAsync(Make.Production, cohort.Id, 0.5m, default)).Code.ShouldBe("invalid-wave");
        No(await _portal.Preview.DryAsync(Make.Production, 99, 1, default)).Code.ShouldBe("unknown-cohort");
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(0, false)]
    [InlineData(4, false)]
    [InlineData(5, false)]
    [InlineData(2, true)]
    public async Task Wave_WhereNothingCanBeTried_IsRefused(int? phase, bool evacuated)
    {
        var cohort = await _portal.CohortAsync();
        Done(await _portal.Preview.PlanAsync(Make.Production, cohort.Id, 1, WaveStart.ByHand, null, Make.Admin, default));
        Done(await _portal.Preview.RunAsync(Make.Production, cohort.Id, 1, Make.Admin, default));
        _portal.Facts = OptIn with { Phase = phase, Evacuated = evacuated };
        No(await _portal.Send.RunAsync(Make.Production, cohort.Id, 1, Make.Admin, default)).Code.ShouldBe("not-in-phase");
        _portal.Invitations.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Wave_ThatReachesNobody_IsRefused()
    {
        _portal.Projects = [];
        var cohort = await _portal.CohortAsync();
        Done(await _portal.Preview.PlanAsync(Make.Production, cohort.Id, 1, WaveStart.ByHand, null, Make.Admin, default));
        Done(await _portal.Preview.RunAsync(Make.Production, cohort.Id, 1, Make.Admin, default));
        No(await _portal.Send.RunAsync(Make.Production, cohort.Id, 1, Make.Admin, default)).Code.ShouldBe("nobody-to-ask");
    }

    [Fact]
    public async Task Yes_MeetsTheCoin_No_DoesNot_AndTheCoinStays()
    {
        var cohort = await _portal.CohortAsync();
        await _portal.WaveAsync(cohort.Id, 5);
        // 103 waits and 277 moves, by the coins that were computed elsewhere.
        var (waits, moves) = (Id(103), Id(277));
        (await AnswerAsync(waits, true)).ShouldBe((EnrollmentState.Waitlisted, CoinSide.Waitlist));
        (await AnswerAsync(moves, true)).ShouldBe((EnrollmentState.Accepted, CoinSide.Now));
        (await AnswerAsync(waits, false)).ShouldBe((EnrollmentState.Declined, CoinSide.Waitlist));
        (await AnswerAsync(waits, true)).ShouldBe((EnrollmentState.Waitlisted, CoinSide.Waitlist));
        (await AnswerAsync(Id(290), false)).ShouldBe((EnrollmentState.Declined, null));
        (await AnswerAsync(Id(290), false)).ShouldBe((EnrollmentState.Declined, null));
        _portal.Enrollments.Events.Count(one => one.Enrollment == 3).ShouldBe(3, "the same answer again is none");

        await _portal.GoAsync(moves, EnrollmentState.Moving);
        No(await _portal.Answer.RunAsync(moves, false, null, Make.Admin, default)).Code.ShouldBe("moved-already");
        No(await _portal.Answer.RunAsync(Id(1), true, null, Make.Admin, default)).Code.ShouldBe("not-invited");
        _portal.Facts = OptIn with { Evacuated = true };
        No(await _portal.Answer.RunAsync(Id(334), true, null, Make.Admin, default)).Code.ShouldBe("not-in-phase");
    }

    [Fact]
    public async Task Yes_OfWhoWasNotDrawn_OrLater_MeetsNoCoin()
    {
        var cohort = await _portal.CohortAsync();
        await _portal.WaveAsync(cohort.Id, 5);
        _portal.Facts = OptIn with { Phase = 2 };
        (await AnswerAsync(Id(103), true)).ShouldBe((EnrollmentState.Accepted, null));
    }

    [Fact]
    public async Task Waitlist_EndsAfterTheBakeTime_OrWithThePhase_AndOnce()
    {
        var cohort = await _portal.CohortAsync();
        await _portal.WaveAsync(cohort.Id, 5);
        foreach (var number in Computed) await AnswerAsync(Id(number), true);
        _portal.Enrollments.All.Count(one => one.State == EnrollmentState.Waitlisted).ShouldBe(11);
        _portal.Time = Make.Now.AddDays(7).AddSeconds(-1);
        (await _portal.EndWaitlist.RunAsync(Make.Production, default)).ShouldBe(0);
        _portal.Time = Make.Now.AddDays(7);
        (await _portal.EndWaitlist.RunAsync(Make.Production, default)).ShouldBe(11);
        (await _portal.EndWaitlist.RunAsync(Make.Production, default)).ShouldBe(0);
        _portal.Audit.Entries.Count(one => one.What == "enrollment.waitlist-over" && one.Who == Actor.Portal).ShouldBe(11);
    }

    /// <summary>What people are told is when the sweep lets them go.</summary>
    [Theory]
    [InlineData(1, false, 7)]
    [InlineData(2, false, 0)]
    [InlineData(1, true, null)]
    public async Task Waitlist_SaysWhenTheTurnComes(int phase, bool evacuated, int? days)
    {
        var cohort = await _portal.CohortAsync();
        await _portal.WaveAsync(cohort.Id, 5);
        foreach (var number in Computed) await AnswerAsync(Id(number), true);
        var waiting = _portal.Enrollments.All.First(one => one.State == EnrollmentState.Waitlisted);

        EndWaitlist.TurnOf(waiting, OptIn with { Phase = phase, Evacuated = evacuated }).ShouldBe(days is { } after ? Make.Now.AddDays(after) : null);
    }

    [Fact]
    public async Task Waitlist_EndsWithPhaseOne_ButNotIntoAnEvacuation()
    {
        var cohort = await _portal.CohortAsync();
        await _portal.WaveAsync(cohort.Id, 1);
        await AnswerAsync(Id(103), true);
        _portal.Facts = OptIn with { Phase = 2, Evacuated = true };
        (await _portal.EndWaitlist.RunAsync(Make.Production, default)).ShouldBe(0);
        _portal.Facts = OptIn with { Phase = 2 };
        (await _portal.EndWaitlist.RunAsync(Make.Production, default)).ShouldBe(1);
    }

    [Fact]
    public async Task Shrinking_SendsBackWhoHasMoved_UnlessThereIsNoWay()
    {
        var cohort = await _portal.CohortAsync();
        await _portal.WaveAsync(cohort.Id, 5);
        await AnswerAsync(Id(276), true);
        await _portal.GoAsync(Id(276), EnrollmentState.Moving, EnrollmentState.Moved, EnrollmentState.Verified);
        await AnswerAsync(Id(117), false);

        _portal.Facts = OptIn with { Phase = 4 };
        No(await _portal.Resize.RunAsync(Make.Production, cohort.Id, 1, "why", Make.Admin, default)).Code.ShouldBe("no-way-back");
        _portal.Facts = OptIn with { Phase = 2 };
        No(await _portal.Resize.RunAsync(Make.Production, cohort.Id, 1, "why", Make.Admin, default)).Code.ShouldBe("pin-instead");
        (await _portal.MembersAsync(cohort.Id)).ShouldBe(Computed);
        _portal.Facts = OptIn;
        No(await _portal.Resize.RunAsync(Make.Production, cohort.Id, 1, " ", Make.Admin, default)).Code.ShouldBe("reason-missing");
        No(await _portal.Resize.RunAsync(Make.Production, cohort.Id, 101, "why", Make.Admin, default)).Code.ShouldBe("invalid-cohort");
        var shrunk = Done(await _portal.Resize.RunAsync(Make.Production, cohort.Id, 1, "too many", Make.Admin, default));
        shrunk.Returning.ShouldBe([Id(276)]);
        shrunk.Withdrawn.Count.ShouldBe(14);
        (await _portal.Enrollments.ActiveAsync(Id(276), default))!.State.ShouldBe(EnrollmentState.Returning);
        (await _portal.Enrollments.NewestAsync(Id(117), default))!.State.ShouldBe(EnrollmentState.Withdrawn);
    }

    /// <summary>Who stays on docker by its own wish loses the place in the cohort and nothing else, in any phase.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Shrinking_LeavesPinsAlone(int phase)
    {
        var cohort = await _portal.CohortAsync();
        await _portal.WaveAsync(cohort.Id, 5);
        await AnswerAsync(Id(276), true);
        var accepted = (await _portal.Enrollments.ActiveAsync(Id(276), default))!;
        (await _portal.Enrollments.SaveAsync(accepted with { Target = EnrollmentTarget.Docker }, accepted.State, default)).ShouldNotBeNull();
        await _portal.GoAsync(Id(276), EnrollmentState.Moving, EnrollmentState.Moved, EnrollmentState.Verified);
        _portal.Facts = OptIn with { Phase = phase };

        var shrunk = Done(await _portal.Resize.RunAsync(Make.Production, cohort.Id, 1, "too many", Make.Admin, default));

        shrunk.Returning.ShouldBeEmpty();
        var pin = (await _portal.Enrollments.ActiveAsync(Id(276), default))!;
        (pin.IsPin, pin.Seat!.LeftAt).ShouldBe((true, _portal.Time));
    }

    /// <summary>Projects come and go; a cohort of the same share neither loses nor silently replaces anybody.</summary>
    [Fact]
    public async Task Growing_WhenMostProjectsAreGone_PushesNobodyOut()
    {
        var cohort = await _portal.CohortAsync();
        await _portal.WaveAsync(cohort.Id, 5);
        _portal.Projects = [.. _portal.Projects.Take(40)];
        var resized = Done(await _portal.Resize.RunAsync(Make.Production, cohort.Id, 6, "more", Make.Admin, default));
        (resized.Withdrawn.Count, resized.Added.Count).ShouldBe((0, 0));
        (await _portal.MembersAsync(cohort.Id)).ShouldBe(Computed);
    }

    private async Task<(EnrollmentState, CoinSide?)> AnswerAsync(ProjectId project, bool accepts)
    {
        var answered = Done(await _portal.Answer.RunAsync(project, accepts, null, Make.Admin, default));
        return (answered.State, answered.Coin);
    }

    private static readonly IEqualityComparer<(double, double, long?, double?)> Within = EqualityComparer<(double, double, long?, double?)>.Create(
        (one, other) => (one.Item1, one.Item2, one.Item3) == (other.Item1, other.Item2, other.Item3) && Math.Abs(one.Item4!.Value - other.Item4!.Value) < 0.002);
}
