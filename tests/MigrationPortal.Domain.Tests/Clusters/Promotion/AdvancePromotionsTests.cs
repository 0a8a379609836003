using MigrationPortal.Domain.Clusters.Promotion;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Clusters.Promotion;

/// <summary>A revision goes through its clusters one at a time, and back at once.</summary>
public sealed class AdvancePromotionsTests
{
    [Fact]
    public async Task Clusters_TakeTurns_EachBaked()
    {
        var room = new PromotionRoom();
        await room.BeginAsync(3, 1, 2);
        await room.TurnAsync();
        await room.TurnAsync();
        room.Now.Stages.Select(one => one.State).ShouldBe([StageState.Baking, StageState.Pending, StageState.Pending]);
        room.Clock += TimeSpan.FromMinutes(29);
        await room.TurnAsync();
        room.Now.Stages[0].State.ShouldBe(StageState.Baking);
        await room.UntilIdleAsync();
        (room.Now.State, string.Join(", ", room.Calls)).ShouldBe((PromotionState.Succeeded, "apply 2 to 3, apply 2 to 1, apply 2 to 2"));
        room.Now.Stages.ShouldAllBe(one => one.State == StageState.Done && one.Before == 1 && one.Application != null);
        room.Audit.Entries.Select(one => one.What).Distinct().ShouldBe(["promotion.begin", "promotion.cluster-applying", "promotion.cluster-baking", "promotion.cluster-done", "promotion.succeeded"]);
    }

    [Theory]
    [InlineData(true, 1, 100, "revision 2 is Ill.")]
    [InlineData(false, 40, 100, "40 of 100 jobs failed since, against 1 of 100 in the day before.")]
    public async Task SecondCluster_NotWell_GoesBackAlone_AndTheThirdIsNeverTouched(bool ill, long failed, long finished, string why)
    {
        var room = new PromotionRoom();
        await room.BeginAsync(1, 2, 3);
        while (room.Now.Stages[1].State != StageState.Baking)
        {
            await room.TurnAsync();
            room.Clock += TimeSpan.FromMinutes(10);
        }

        if (ill) room.Set(2, 2, RolloutHealth.Ill);
        else room.Failures = new Rate(failed, finished);
        await room.UntilIdleAsync();
        (room.Now.State, room.Now.Said).ShouldBe((PromotionState.Halted, why));
        room.Now.Stages.Select(one => one.State).ShouldBe([StageState.Done, StageState.RolledBack, StageState.Pending]);
        (room.RevisionOf(1), room.RevisionOf(2), room.RevisionOf(3)).ShouldBe((2, 1, 1));
    }

    [Fact]
    public async Task ManagedElsewhere_CountsWhatIsObserved()
    {
        var room = new PromotionRoom { IsElsewhere = true };
        await room.BeginAsync(1);
        await room.TurnAsync();
        await room.TurnAsync();
        room.Now.Stages[0].State.ShouldBe(StageState.Applying);
        room.Set(1, 2);
        await room.UntilIdleAsync();
        (room.Now.State, room.Now.Stages[0].Application).ShouldBe((PromotionState.Succeeded, null));
        room.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task NeverObserved_Fails_AndBusyClustersAreWaitedFor()
    {
        var room = new PromotionRoom { No = Refusal.Of("cluster-busy", "Application 5 is under way.") };
        await room.BeginAsync(1);
        await room.TurnAsync();
        (room.Now.Stages[0].State, room.Now.Stages[0].Said).ShouldBe((StageState.Applying, "Application 5 is under way."));
        await room.UntilIdleAsync(20);
        (room.Now.State, room.Now.Stages[0].State).ShouldBe((PromotionState.Halted, StageState.RolledBack));

        var refused = new PromotionRoom { No = Refusal.Of("field-conflict", "A field belongs to helm.") };
        await refused.BeginAsync(1);
        await refused.TurnAsync();
        (refused.Now.State, refused.Now.Said).ShouldBe((PromotionState.Halted, "A field belongs to helm."));
    }

    [Fact]
    public async Task RollBack_TakesAllTouchedClusters_AtOnce()
    {
        var room = new PromotionRoom();
        await room.BeginAsync(1, 2, 3);
        while (room.Now.Stages[1].State != StageState.Baking)
        {
            await room.TurnAsync();
            room.Clock += TimeSpan.FromMinutes(10);
        }

        var stop = room.Stop;
        Code(await stop.RollBackAsync(7, 1, Make.Admin, " ", default)).ShouldBe("reason-missing");
        Code(await stop.RollBackAsync(7, 9, Make.Admin, "bad", default)).ShouldBe("unknown-promotion");
        Code(await stop.RollBackAsync(7, 1, Make.Admin, "bad", default)).ShouldBeNull();
        await room.TurnAsync();
        await room.TurnAsync();
        room.Now.State.ShouldBe(PromotionState.RolledBack);
        room.Now.Stages.Select(one => one.State).ShouldBe([StageState.RolledBack, StageState.RolledBack, StageState.Pending]);
        (room.RevisionOf(1), room.RevisionOf(2)).ShouldBe((1, 1));
        Code(await stop.RollBackAsync(7, 1, Make.Admin, "again", default)).ShouldBe("rolled-back-already");
    }

    [Fact]
    public async Task NeverBackInTime_EndsWithASentence_AndARollBackByHandTriesAgain()
    {
        var room = new PromotionRoom { AfterApply = RolloutHealth.Ill, StaysAway = Refusal.Of("refused", "The API server says no.") };
        await room.BeginAsync(1);
        await room.UntilIdleAsync();
        (room.Now.State, room.Now.Stages[0].State).ShouldBe((PromotionState.Halted, StageState.NotReturned));
        room.Now.Stages[0].Said.ShouldBe("It was not back at revision 1 within 2 hours: look there, and roll back again. The API server says no.");
        (await room.TurnAsync()).ShouldBe(0);

        room.StaysAway = null;
        Code(await room.Stop.RollBackAsync(7, 1, Make.Admin, "mended", default)).ShouldBeNull();
        await room.UntilIdleAsync();
        (room.Now.State, room.Now.Stages[0].State, room.RevisionOf(1)).ShouldBe((PromotionState.RolledBack, StageState.RolledBack, 1));
    }

    [Fact]
    public async Task NeverBackByHandEither_EndsNotReturned()
    {
        var room = new PromotionRoom();
        await room.BeginAsync(1, 2);
        await room.UntilIdleAsync();
        room.StaysAway = Refusal.Of("refused", "The API server says no.");
        Code(await room.Stop.RollBackAsync(7, 1, Make.Admin, "bad", default)).ShouldBeNull();
        await room.UntilIdleAsync();
        (room.Now.State, room.Now.IsActive).ShouldBe((PromotionState.NotReturned, false));
        room.Now.Stages.ShouldAllBe(one => one.State == StageState.NotReturned);
    }

    [Fact]
    public async Task SilentCluster_IsWaitedFor_AndNotForEver()
    {
        var room = new PromotionRoom { Silent = Refusal.Of("cluster-unavailable", "The cluster does not answer.") };
        await room.BeginAsync(1);
        await room.TurnAsync();
        (room.Now.State, room.Now.Stages[0].State, room.Now.Stages[0].Said).ShouldBe((PromotionState.Running, StageState.Pending, "The cluster does not answer."));
        await room.UntilIdleAsync();
        (room.Now.State, room.Now.Said).ShouldBe((PromotionState.Halted, "The turn of cluster 1 could not begin in time. The cluster does not answer."));
        room.Calls.ShouldBeEmpty();

        var later = new PromotionRoom();
        await later.BeginAsync(1);
        await later.TurnAsync();
        await later.TurnAsync();
        later.Silent = Refusal.Of("gitlab-unavailable", "GitLab does not answer.");
        await later.UntilIdleAsync();
        (later.Now.State, later.Now.Stages[0].State).ShouldBe((PromotionState.Halted, StageState.NotReturned));
        later.Now.Said.ShouldBe("It was not well in time. GitLab does not answer.");
    }

    [Fact]
    public async Task ClusterThatFallsIllAfterItsTurn_GoesBackBeforeTheNextBegins()
    {
        var room = new PromotionRoom();
        await room.BeginAsync(1, 2);
        while (room.Now.Stages[0].State != StageState.Done)
        {
            await room.TurnAsync();
            room.Clock += TimeSpan.FromMinutes(10);
        }

        room.Set(1, 2, RolloutHealth.Ill);
        await room.UntilIdleAsync();
        room.Now.State.ShouldBe(PromotionState.Halted);
        room.Now.Stages.Select(one => one.State).ShouldBe([StageState.RolledBack, StageState.Pending]);
        (room.RevisionOf(1), room.RevisionOf(2)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Stopped_WhatRunsStays()
    {
        var room = new PromotionRoom();
        await room.BeginAsync(1, 2);
        await room.TurnAsync();
        await room.Stop.RunAsync(7, 1, Make.Admin, null, default);
        (await room.TurnAsync()).ShouldBe(0);
        (room.Now.State, room.RevisionOf(1), room.RevisionOf(2)).ShouldBe((PromotionState.Stopped, 2, 1));
    }

    [Fact]
    public async Task KilledAnywhere_ItComesToTheSameEnd_AndNothingIsAppliedTwice()
    {
        foreach (var ends in (RolloutHealth[])[RolloutHealth.Well, RolloutHealth.Ill])
        {
            for (var calls = 0; calls < 14; calls++)
            {
                var room = new PromotionRoom { AfterApply = ends };
                await room.BeginAsync(1, 2);
                room.DiesAfter = calls;
                for (var turn = 0; turn < 40 && room.Now.IsActive; turn++)
                {
                    try
                    {
                        await room.TurnAsync();
                    }
                    catch (InvalidOperationException)
                    {
                        // The next turn is another process.
                    }

                    room.Clock += TimeSpan.FromMinutes(10);
                }

                room.Now.State.ShouldBe(ends == RolloutHealth.Well ? PromotionState.Succeeded : PromotionState.Halted, $"{ends} {calls}");
                room.Calls.Count(one => one.StartsWith("apply 2 to 1", StringComparison.Ordinal)).ShouldBe(1, $"{ends} {calls}");
                room.RevisionOf(2).ShouldBe(ends == RolloutHealth.Well ? 2 : 1);
            }
        }
    }

    [Theory]
    [InlineData(RolloutHealth.Well, 2, 0, 0, true, "Well")]
    [InlineData(RolloutHealth.Well, 2, 0, 0, false, "Waits")]
    [InlineData(RolloutHealth.Well, 2, 19, 19, true, "Well")]
    [InlineData(RolloutHealth.Well, 2, 20, 20, false, "Ill")]
    [InlineData(RolloutHealth.Well, 2, 4, 40, true, "Well")]
    [InlineData(RolloutHealth.Waiting, 2, 0, 0, true, "Waits")]
    [InlineData(RolloutHealth.Well, 3, 0, 0, false, "Ill")]
    [InlineData(RolloutHealth.Ill, 2, 0, 0, false, "Ill")]
    public void Bake_IsJudgedByWhatIsSeen(RolloutHealth health, int revision, long failed, long finished, bool isOver, string verdict) =>
        BakeVerdict.Of(new RolloutSeen(revision, 1, health, "seen."), 2, new Rate(5, 100), new Rate(failed, finished), isOver).GetType().Name.ShouldBe(verdict);

    private static string? Code<T>(Outcome<T> outcome) => outcome.Match<string?>(_ => null, no => no.Code);
}
