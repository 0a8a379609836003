using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Tests.Gates;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

public class AttentionTests
{
    private static readonly AttentionFacts Calm = new(
        Make.Now, Health(), Make.Fleet(Make.Legacy(1, "docker"), Make.Kubernetes(11, "k8s-default")), Make.State(Phase.UntaggedTakeover), null, [], []);

    [Fact]
    public void Of_NothingTheMatter_IsEmpty() => Attention.Of(Calm).ShouldBeEmpty();

    [Theory]
    [InlineData(7L, "7")]
    [InlineData(null, null)]
    public void Of_FiredRule_IsTheWorst_AndNamesItsOperation(long? operation, string? subject)
    {
        var fired = GuardEvaluation.Of(Make.Production, GuardWorld.Burst) with { Done = "Operation 7 is being rolled back.", OperationId = operation };
        var item = Attention.Of(Calm with { Automation = new AutomationNeeds { Guard = fired } }).ShouldHaveSingleItem();
        (item.Level, item.Code, item.Subject).ShouldBe((AttentionLevel.Fail, "guard-fired", subject));
        item.Title.ShouldBe("Burst of infrastructure failures on Kubernetes: Operation 7 is being rolled back.");
    }

    [Theory]
    [InlineData(7L, null)] // done, and somebody looks after it
    [InlineData(null, AttentionLevel.Wait)] // nothing was done: it stands
    public void Of_FiredRule_ThatSomebodyTook_NeedsNobodyElse(long? operation, AttentionLevel? level)
    {
        var fired = GuardEvaluation.Of(Make.Production, GuardWorld.Burst) with { Done = "Alert only.", OperationId = operation };
        var item = Attention.Of(Calm with { Automation = new AutomationNeeds { Guard = fired, GuardTakenAt = Make.Now } }).SingleOrDefault();
        item?.Level.ShouldBe(level!.Value);
        (item is null).ShouldBe(level is null);
        item?.Detail!.ShouldEndWith(" Somebody took it at 12:00 UTC.");
    }

    [Fact]
    public void Of_DriftConflict_IsALineOfItsOwn_AndNotCountedAsDriftToo()
    {
        var one = new DriftedRunner(Make.Legacy(1, "docker"), Make.Attributes("docker", false));
        var other = new DriftedRunner(Make.Legacy(2, "docker"), Make.Attributes("docker", false));
        var items = Attention.Of(Calm with { Drift = [one, other], Automation = new AutomationNeeds { Conflicts = [(one, 12)] } });

        items.Select(item => (item.Code, item.Title)).ShouldBe(
            [("drift-conflict", "legacy-1 was put back by the portal and set again by something else"), ("drift", "1 runner differs from what untagged-takeover desires")], ignoreOrder: true);
        items.Single(item => item.Code == "drift-conflict").Evidence!.Href.ShouldBe("operations/12");
        Attention.Of(Calm with { Drift = [one], Automation = new AutomationNeeds { Conflicts = [(one, 12)] } }).ShouldHaveSingleItem();
    }

    [Fact]
    public void Of_APlanThatWaitsForApproval_NamesIt()
    {
        var item = Attention.Of(Calm with { Automation = new AutomationNeeds { Unapproved = (41, "Phase 3: docker fallback", 1, 2) } }).ShouldHaveSingleItem();
        (item.Code, item.Subject, item.Title, item.Detail).ShouldBe(("approval-missing", "41", "Plan 41 waits for approval: Phase 3: docker fallback", "It has 1 of 2."));
    }

    [Fact]
    public void Of_AFreeze_IsTold_OnlyWhereItHoldsSomething()
    {
        var freeze = new FreezeSpan(1, "Audit", Make.Now.AddHours(-1), Make.Now.AddHours(5));
        Attention.Of(Calm with { Automation = new AutomationNeeds { Freeze = freeze } }).ShouldBeEmpty();
        var item = Attention.Of(Calm with { Automation = new AutomationNeeds { Freeze = freeze, Held = ["'Phase 3: docker fallback' on the schedule", "1 runner that drifted"] } }).ShouldHaveSingleItem();
        (item.Code, item.Level, item.Title).ShouldBe(("freeze-holds", AttentionLevel.Wait, "Freeze window 'Audit' holds until Mon 23 Nov 17:00 UTC: 'Phase 3: docker fallback' on the schedule; 1 runner that drifted"));
    }

    [Fact]
    public void Of_AnExpiredAnswer_NamesItsGate()
    {
        var item = Attention.Of(Calm with { Automation = new AutomationNeeds { Expired = [("release", Make.Now.AddHours(-2))] } }).ShouldHaveSingleItem();
        (item.Code, item.Title).ShouldBe(("external-expired", "External gate 'release' has no answer that lasts"));
        item.Detail!.ShouldStartWith("Its last one ended Mon 23 Nov 10:00 UTC");
    }

    [Theory]
    [InlineData(31, null)]
    [InlineData(30, AttentionLevel.Attention)]
    [InlineData(8, AttentionLevel.Attention)]
    [InlineData(7, AttentionLevel.Fail)]
    [InlineData(-1, AttentionLevel.Fail)]
    public void Of_TokenThatExpires_WarnsInTime(int days, AttentionLevel? level)
    {
        var token = new TokenFacts(["api"], true, DateOnly.FromDateTime(Make.Now.UtcDateTime).AddDays(days));
        Attention.Of(Calm with { Health = Health() with { WriteToken = token } }).SingleOrDefault(item => item.Code == "token-expires")?.Level.ShouldBe(level!.Value);
        Attention.Of(Calm with { Health = Health() with { WriteToken = token } }).Any().ShouldBe(level is not null);
    }

    [Fact]
    public void Of_ManyThings_BadNewsFirst()
    {
        var late = Make.Runner(2, RunnerRole.Legacy, Make.Attributes("docker", true), confirmed: false, executor: "docker+machine");
        var items = Attention.Of(Calm with
        {
            Health = Health() with { CanWrite = false },
            Fleet = Make.Fleet(late),
            Unserved = [new UnservedPending(Make.Tags("gpu"), 4, 2)],
        });
        items.Select(item => item.Code).ShouldBe(["new-legacy-runner", "unserved-pending", "observe-mode", "roles-unconfirmed", "gitlab-20"]);
        items[^1].Title.ShouldBe("178 days until GitLab 20.0 removes docker+machine");
    }

    [Theory]
    [InlineData(14, "brownout", AttentionLevel.Wait)]
    [InlineData(17, "brownout", AttentionLevel.Wait)]
    [InlineData(18, "brownout-overdue", AttentionLevel.Fail)]
    public void Of_Brownout_SaysWhoWaits_AndAlarmsOnlyWhenTheTagIsNotBack(int minutes, string code, AttentionLevel level)
    {
        var item = Attention.Of(Calm with { Brownouts = [new Brownout(7, Make.Production, "docker", Make.Now.AddMinutes(-minutes), Make.Now.AddMinutes(15 - minutes), null)], Awaited = [new UnservedPending(Make.Tags("docker gpu"), 4, 2)] }).Single();
        (item.Code, item.Level, item.Subject).ShouldBe((code, level, "7"));
        item.Detail!.ShouldStartWith("4 pending jobs wait for it, as meant.");
    }

    [Fact]
    public void Of_MissedFlip_AsksForAnAnswer()
    {
        var flip = new ScheduledFlip(3, Make.Production, Make.Target(Phase.DockerFallback), Make.Now.AddHours(-1), Make.Admin, "night", [], null, null) { MissedAt = Make.Now, MissedWhy = "it was down." };
        Attention.Of(Calm with { Missed = [flip] }).Single().Title.ShouldBe("Missed: Phase 3: docker fallback");
    }

    [Theory]
    [InlineData("docker", -1, false)]
    [InlineData("docker", 0, true)]
    [InlineData("docker gpu", 15, true)]
    [InlineData("docker", 16, false)]
    [InlineData("linux", 5, false)]
    public void Brownout_CoversJobsOfItsTag_FromItsBeginUntilTheTagIsBack(string tags, int minute, bool covers) =>
        new Brownout(7, Make.Production, "docker", Make.Now, Make.Now.AddMinutes(10), Make.Now.AddMinutes(15)).Covers(Make.Tags(tags), Make.Now.AddMinutes(minute)).ShouldBe(covers);

    [Fact]
    public void Of_GitLabUnreachable_IsUnknown_NotObserveMode() =>
        Attention.Of(Calm with { Health = Health() with { Reachable = false, CanRead = false, CanWrite = false } }).Single().Code.ShouldBe("gitlab-unreachable");

    private static ConnectionHealth Health() => new(Make.Production, Make.Now, true, "19.2.1", true, true, null, null, [], []);
}
