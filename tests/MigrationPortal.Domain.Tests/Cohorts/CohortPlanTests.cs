using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;
using static MigrationPortal.Domain.Tests.Cohorts.CohortPortal;
using static MigrationPortal.Domain.Tests.Cohorts.CohortWorld;

namespace MigrationPortal.Domain.Tests.Cohorts;

public class CohortPlanTests
{
    private readonly CohortPortal _portal = new();

    [Fact]
    public async Task Create_NamesEverythingThatIsWrong_AndEachNameOnce()
    {
        var no = No(await _portal.Create.RunAsync(Make.Production, new CohortWish(" ", "short", new GroupCaps(0, new Dictionary<long, int?> { [7] = -1 }), new Dictionary<long, string> { [9] = "" }), Make.Admin, default));
        no.Code.ShouldBe("invalid-cohort");
        no.Reasons.Count.ShouldBe(5);
        var cohort = Done(await _portal.Create.RunAsync(Make.Production, new CohortWish("pilot", null, GroupCaps.None, new Dictionary<long, string>()), Make.Admin, default));
        KeyedHash.IsSeed(cohort.Seed).ShouldBeTrue();
        cohort.Percent.ShouldBe(0);
        _portal.Audit.Entries.Single().After.ShouldNotBeNull().ShouldContain(cohort.Seed, Case.Sensitive, "whoever checks the trail can recompute the draw");
        No(await _portal.Create.RunAsync(Make.Production, new CohortWish("pilot", null, GroupCaps.None, new Dictionary<long, string>()), Make.Admin, default)).Code.ShouldBe("name-taken");
    }

    [Theory]
    [InlineData(WaveStart.AtTime, null)]
    [InlineData(WaveStart.ByHand, 5)]
    [InlineData(WaveStart.AtTime, -1)]
    public async Task Plan_WithAWrongTime_IsRefused(WaveStart start, int? hours)
    {
        var cohort = await _portal.CohortAsync();
        No(await _portal.Preview.PlanAsync(Make.Production, cohort.Id, 1, start, hours is { } some ? Make.Now.AddHours(some) : null, Make.Admin, default)).Code.ShouldBe("invalid-wave");
    }

    [Fact]
    public async Task WaveAtATime_GoesOutWhenItIsDue_IfSomebodyHasSeenIt()
    {
        var cohort = await _portal.CohortAsync();
        Done(await _portal.Preview.PlanAsync(Make.Production, cohort.Id, 1, WaveStart.AtTime, Make.Now.AddHours(2), Make.Admin, default));
        _portal.Time = Make.Now.AddHours(3);
        (await _portal.DueWaves.RunAsync(Make.Production, default)).ShouldBeEmpty("nobody has seen whom it reaches");
        Done(await _portal.Preview.RunAsync(Make.Production, cohort.Id, 1, Make.Admin, default));
        _portal.Facts = OptIn with { AutomationOn = false };
        (await _portal.DueWaves.RunAsync(Make.Production, default)).ShouldBeEmpty();
        _portal.Facts = OptIn;
        Done((await _portal.DueWaves.RunAsync(Make.Production, default)).ShouldHaveSingleItem()).Invited.ShouldBe(4);
        (await _portal.DueWaves.RunAsync(Make.Production, default)).ShouldBeEmpty();
        _portal.Audit.Entries[^1].Who.ShouldBe(Actor.Portal);
    }

    [Fact]
    public async Task WaveThatWaitsForGates_GoesOutWhenTheOneBeforeHasBaked_AndNothingHarms()
    {
        var cohort = await _portal.CohortAsync();
        await _portal.WaveAsync(cohort.Id, 1);
        Done(await _portal.Preview.PlanAsync(Make.Production, cohort.Id, 5, WaveStart.WhenGatesPass, null, Make.Admin, default));
        Done(await _portal.Preview.RunAsync(Make.Production, cohort.Id, 2, Make.Admin, default));
        string? Waits() => _portal.Cohorts.Waves[1].WaitsFor(_portal.Time, _portal.Cohorts.Waves[0], _portal.Facts);
        Waits().ShouldBe("The wave before bakes until 2026-11-30 12:00:00Z.");
        _portal.Time = Make.Now.AddDays(7);
        _portal.Facts = OptIn with { Harm = ["Kubernetes fails more often."] };
        Waits().ShouldBe("Kubernetes fails more often.");
        (await _portal.DueWaves.RunAsync(Make.Production, default)).ShouldBeEmpty();
        _portal.Facts = OptIn;
        Waits().ShouldBeNull();
        Done((await _portal.DueWaves.RunAsync(Make.Production, default)).ShouldHaveSingleItem()).Wave.Number.ShouldBe(2);
    }

    [Fact]
    public async Task Import_TakesInAll_ChangesWhatDiffers_AndLeavesTheRest()
    {
        var cohort = await _portal.CohortAsync();
        await _portal.WaveAsync(cohort.Id, 1);
        Done(await ImportAsync(cohort, "path,kind,target,until,reason\nteam/app-1,hand-picked,docker,2027-01-01,quarter end\nteam/app-2,carried,,,\n")).ShouldBe(new CohortImported(2, 0, 0));
        var members = await _portal.Enrollments.MembersAsync(cohort.Id, default);
        members.Select(one => (one.Project.Number, one.Kind, one.Seat!.Place)).TakeLast(2).ShouldBe([(1, EnrollmentKind.HandPicked, 5), (2, EnrollmentKind.Carried, 6)]);
        var text = CohortCsv.Write(members, id => $"team/app-{id.Number}");
        Done(await ImportAsync(cohort, text)).ShouldBe(new CohortImported(0, 0, 6));
        Done(await ImportAsync(cohort, "id,kind,target,until\n1,hand-picked,docker,2027-02-01")).ShouldBe(new CohortImported(0, 1, 0));
        (await _portal.Enrollments.ActiveAsync(Id(1), default))!.Reason.ShouldBe("quarter end");
        // Hand-picked ones take no place of the draw.
        (await _portal.WaveAsync(cohort.Id, 5)).Invited.ShouldBe(15);
    }

    [Fact]
    public async Task Import_WithOneBadLine_TakesInNothing()
    {
        _portal.Projects.Add(Candidate(900, excluded: true));
        var cohort = await _portal.CohortAsync(null, (17 + 1, "its owner asked us not to"));
        await _portal.WaveAsync(cohort.Id, 1);
        await _portal.Answer.RunAsync(Id(103), true, null, Make.Admin, default);
        var before = _portal.Enrollments.All.Count;
        var no = No(await ImportAsync(cohort, "id,kind,target\n1,hand-picked,\n2,random,\n900,,\n18,,\n277,volunteer,\n103,random,docker\n"));
        no.Code.ShouldBe("bad-lines");
        no.Reasons.ShouldBe([
            "Line 3: only the draw makes team/app-2 random: write hand-picked, volunteer or carried.",
            "Line 4: team/app-900 cannot be taken in: It is archived.",
            "Line 5: team/app-18 cannot be taken in: its owner asked us not to",
            "Line 6: team/app-277 is random, and that is fixed: write random, or leave the line out.",
            "Line 7: team/app-103 is waitlisted, so its target is not changed by a file: change it on the project's page.",
        ]);
        _portal.Enrollments.All.Count.ShouldBe(before);
    }

    private Task<Outcome<CohortImported>> ImportAsync(Cohort cohort, string text) => _portal.Import.RunAsync(Make.Production, cohort.Id, text, Make.Admin, default);
}
