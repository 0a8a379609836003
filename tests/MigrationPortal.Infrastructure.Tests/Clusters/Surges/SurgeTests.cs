using System.Text.Json.Nodes;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Clusters.Surges;
using MigrationPortal.Infrastructure.Tests.Clusters.Apply;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Surges;

/// <summary>QA's runners go to production and come home.</summary>
public sealed class SurgeTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Lent_ItTakesJobs_AndComesHomeWhenItsTimeIsOver()
    {
        await using var kit = await SurgeKit.StartAsync(postgres);
        var begun = await kit.BegunAsync();
        begun.State.ShouldBe(SurgeState.Starting);
        begun.QueuedBefore.ShouldBe(40);

        var lending = await kit.UntilAsync(begun.Id, now => now is { State: SurgeState.Lending, Lent: [{ State: LentState.Loose }] });
        var lent = lending.Lent.ShouldHaveSingleItem();
        kit.Token(lent).ShouldBe(kit.GitLab.Runners[new RunnerId(StoreFixture.Production, lent.Runner!.Value)].Token);
        kit.GitLab.Runners[new RunnerId(StoreFixture.Production, lent.Runner.Value)].Attributes.ShouldBe(new RunnerAttributes(TagSet.Of("k8s-default"), false, false, RunnerAccessLevel.NotProtected));
        kit.GitLab.Runners[SurgeKit.QaRunner].Attributes.Paused.ShouldBeTrue();
        var deployment = kit.Server.Server.Objects.List("deployments.apps").ShouldHaveSingleItem().ToJsonString();
        deployment.ShouldContain("https://gitlab.example.org");
        deployment.ShouldNotContain("qa.example.org");
        kit.Server.Server.Objects.List("configmaps").Single(one => one["metadata"]!["name"]!.ToString().StartsWith("surge-"))["data"]!.ToJsonString().ShouldNotContain("qa.example.org");
        (await kit.Store.Get<IFleetStore>().LatestAsync(StoreFixture.Production, default))!.Runners.ShouldHaveSingleItem().Standing.ShouldBe(new RunnerStanding(RunnerRole.Kubernetes, true, false));

        (await kit.Store.Get<IClusterStore>().WorkAsync(kit.Cluster, default)).ShouldBe([$"surge {begun.Id}"], "a cluster that lends is not forgotten");

        kit.GitLab.Jobs = 4;
        kit.GitLab.Queued = 12;
        await kit.TurnAsync();
        (await kit.NowAsync(begun.Id)).Lent[0].ShouldSatisfyAllConditions(one => one.Running.ShouldBe(4), one => one.Taken.ShouldBe(9));
        (await kit.Store.Get<ISurgeStore>().SamplesAsync(begun.Id, 500, default))[^1].ShouldSatisfyAllConditions(one => one.Queued.ShouldBe(12), one => one.Running.ShouldBe(4));

        kit.Time.Advance(TimeSpan.FromHours(2));
        var draining = await kit.UntilAsync(begun.Id, now => now.State == SurgeState.Draining);
        draining.EndedFor.ShouldBe("Its time is over.");
        kit.GitLab.Runners[new RunnerId(StoreFixture.Production, lent.Runner.Value)].Attributes.Paused.ShouldBeTrue();
        kit.GitLab.Jobs = 0;
        (await kit.UntilAsync(begun.Id, now => !now.IsActive)).State.ShouldBe(SurgeState.Ended);
        kit.ShouldBeAsBefore("its time is over");

        var trail = await kit.Store.Get<IAuditTrail>().NewestAsync(200, null, default);
        trail.Select(one => one.Entry.What).ShouldBeSubsetOf(["surge.begin", "surge.lending", "surge.pausing", "surge.draining", "surge.removing", "surge.restoring", "surge.ended", "runner.tend", "runner.create", "runner.created", "runner.remove"]);
        trail.Count(one => one.Entry.What == "runner.remove").ShouldBe(1);
        foreach (var token in kit.GitLab.Tokens) trail.ShouldNotContain(one => $"{one.Entry.Before}{one.Entry.After}{one.Entry.Why}".Contains(token, StringComparison.Ordinal));
        (await kit.BegunAsync()).Id.ShouldBeGreaterThan(begun.Id, "the runner may be lent again");
    }

    [Fact]
    public async Task Jobs_ThatAreNotDone_EndWithTheDrainsTime()
    {
        await using var kit = await SurgeKit.StartAsync(postgres);
        var begun = await kit.BegunAsync();
        await kit.UntilAsync(begun.Id, now => now.State == SurgeState.Lending);
        kit.GitLab.Jobs = 3;
        ApplyKit.Done(await kit.End.RunAsync(begun.Id, SurgeKit.Admin, "enough", default)).State.ShouldBe(SurgeState.Pausing);
        await kit.TurnAsync();
        (await kit.NowAsync(begun.Id)).ShouldSatisfyAllConditions(one => one.State.ShouldBe(SurgeState.Draining), one => one.Said.ShouldNotBeNull().ShouldStartWith("3 jobs go on there"));

        kit.Time.Advance(TimeSpan.FromMinutes(31));
        (await kit.UntilAsync(begun.Id, now => !now.IsActive)).State.ShouldBe(SurgeState.Ended);
        kit.GitLab.Cancelled.ShouldBe(3, "a manager ends only when its jobs have");
        kit.ShouldBeAsBefore("drained by force");
    }

    [Fact]
    public async Task AManagerThatNeverReports_IsUndoneWhole()
    {
        await using var kit = await SurgeKit.StartAsync(postgres);
        kit.GitLab.HearsNobody = true;
        var begun = await kit.BegunAsync();

        var ended = await kit.UntilAsync(begun.Id, now => !now.IsActive, 200);

        ended.State.ShouldBe(SurgeState.Undone);
        ended.EndedFor.ShouldNotBeNull().ShouldStartWith("Not in time.");
        kit.ShouldBeAsBefore("never in contact");
    }

    [Fact]
    public async Task ALostAnswer_MakesNoSecondRunner()
    {
        await using var kit = await SurgeKit.StartAsync(postgres);
        kit.GitLab.AnswersAreLost = true;
        var begun = await kit.BegunAsync();
        await kit.TurnAsync();
        kit.GitLab.AnswersAreLost = false;

        await kit.UntilAsync(begun.Id, now => now.State == SurgeState.Lending);

        kit.GitLab.Runners.Keys.Count(one => one.Instance == StoreFixture.Production).ShouldBe(1);
        (await kit.Store.Get<IFleetStore>().LatestAsync(StoreFixture.Production, default))!.Runners.ShouldHaveSingleItem().Standing.ShouldBe(new RunnerStanding(RunnerRole.Kubernetes, true, false), "nobody's plan holds it");
    }

    [Fact]
    public async Task GitLabAway_TheWayBackWaits_AndIsNotLost()
    {
        await using var kit = await SurgeKit.StartAsync(postgres);
        var begun = await kit.BegunAsync();
        await kit.UntilAsync(begun.Id, now => now.State == SurgeState.Lending);
        kit.GitLab.IsAway = true;
        ApplyKit.Done(await kit.End.RunAsync(begun.Id, SurgeKit.Admin, "enough", default));
        kit.Time.Advance(TimeSpan.FromDays(3));
        (await kit.UntilAsync(begun.Id, now => !now.IsActive, 5)).ShouldSatisfyAllConditions(one => one.State.ShouldBe(SurgeState.Pausing), one => one.Said.ShouldNotBeNull().ShouldContain("does not answer"));

        kit.GitLab.IsAway = false;
        (await kit.UntilAsync(begun.Id, now => !now.IsActive)).State.ShouldBe(SurgeState.Ended);
        kit.ShouldBeAsBefore("GitLab came back");
    }

    [Fact]
    public async Task Preview_NamesWhatBecomesReachable_AndWritesNothing()
    {
        await using var kit = await SurgeKit.StartAsync(postgres);

        var seen = await kit.PreviewedAsync();

        seen.Reach.ShouldContain(one => one.Kind == ReachableKind.InstanceVariable && one.Name == "DEPLOY_KEY" && one.Protected == true);
        seen.Reach.ShouldContain(one => one.Kind == ReachableKind.ClusterSecret && one.Name == "Secret qa-registry");
        seen.Reach.ShouldContain(one => one.Kind == ReachableKind.ProjectVariables && one.Name == "*");
        seen.Fingerprint.ShouldBe((await kit.PreviewedAsync()).Fingerprint, "the same list is the same list");
        seen.Notes.ShouldContain(one => one.Contains("without a cache"));
        seen.Reach.ShouldContain(one => one.Name == "token of service account default", "Kubernetes mounts it unless told not to");
        seen.Unverified.ShouldHaveSingleItem().ShouldContain("Revision 1 of qa");
        kit.ShouldBeAsBefore("a preview");
    }

    [Fact]
    public async Task OneEmptyLook_IsNotBelieved_AndWhatWasLetLooseIsPausedAgain()
    {
        await using var kit = await SurgeKit.StartAsync(postgres);
        var (id, runner) = await kit.LentAsync();
        ApplyKit.Done(await kit.End.RunAsync(id, SurgeKit.Admin, "enough", default));
        await kit.TurnAsync();
        (await kit.NowAsync(id)).State.ShouldBe(SurgeState.Draining, "a job that was just taken does not show yet");
        kit.GitLab.Runners[runner] = kit.GitLab.Runners[runner] with { Attributes = kit.GitLab.Runners[runner].Attributes with { Paused = false } };
        kit.Time.Advance(TimeSpan.FromSeconds(50));
        kit.GitLab.Jobs = 1;
        await kit.TurnAsync();
        kit.GitLab.Runners[runner].Attributes.Paused.ShouldBeTrue();
        kit.Time.Advance(TimeSpan.FromMinutes(2));
        kit.GitLab.Jobs = 0;
        await kit.TurnAsync();
        (await kit.NowAsync(id)).State.ShouldBe(SurgeState.Draining, "the look before saw a job");
        kit.Time.Advance(TimeSpan.FromSeconds(61));
        await kit.TurnAsync();
        (await kit.NowAsync(id)).State.ShouldNotBe(SurgeState.Draining);
        (await kit.UntilAsync(id, now => !now.IsActive)).State.ShouldBe(SurgeState.Ended);
        kit.GitLab.Cancelled.ShouldBe(0);
    }

    [Fact]
    public async Task AManagerThatStillEnds_KeepsWhatItLivesOn_AndItsRunnerForAWhile()
    {
        await using var kit = await SurgeKit.StartAsync(postgres);
        var (id, runner) = await kit.LentAsync();
        var labels = kit.Server.Server.Objects.List("deployments.apps").ShouldHaveSingleItem()["spec"]!["selector"]!["matchLabels"]!.ToJsonString();
        kit.Server.Server.Objects.Put($$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"manager","namespace":"{{{SeededCluster.Managers}}}","labels":{{{labels}}} },"spec":{"containers":[{"name":"m","image":"m"}]} }""");
        ApplyKit.Done(await kit.End.RunAsync(id, SurgeKit.Admin, "enough", default));
        await kit.UntilAsync(id, now => now.State == SurgeState.Removing);
        await kit.UntilAsync(id, _ => false, 5);

        kit.Server.Server.Objects.List("deployments.apps").ShouldBeEmpty();
        kit.Token((await kit.NowAsync(id)).Lent[0]).ShouldNotBeNull();
        kit.Server.Server.Objects.List("rolebindings.rbac.authorization.k8s.io").ShouldNotBeEmpty();
        kit.GitLab.Runners.ShouldContainKey(runner);
        (await kit.NowAsync(id)).Said.ShouldNotBeNull().ShouldContain("ends its jobs");

        kit.Time.Advance(TimeSpan.FromMinutes(10));
        await kit.UntilAsync(id, now => now.Lent[0].QaBack, 5);
        kit.GitLab.Runners.ShouldNotContainKey(runner);
        kit.GitLab.Runners[SurgeKit.QaRunner].Attributes.Paused.ShouldBeFalse();
        kit.Server.Server.Objects.List("rolebindings.rbac.authorization.k8s.io").ShouldNotBeEmpty("its jobs' pods are still its own to remove");

        kit.Server.Server.Objects.Remove("pods", SeededCluster.Managers, "manager");
        (await kit.UntilAsync(id, now => !now.IsActive)).State.ShouldBe(SurgeState.Ended);
        kit.ShouldBeAsBefore("the manager has ended");
    }

    [Fact]
    public async Task ADeadCluster_DoesNotKeepQaPaused()
    {
        await using var kit = await SurgeKit.StartAsync(postgres);
        var (id, _) = await kit.LentAsync();
        var alive = kit.Objects;
        kit.Objects = new TroubledObjects(alive, _ => new ObjectAnswer.Unknown("it does not answer", null));
        ApplyKit.Done(await kit.End.RunAsync(id, SurgeKit.Admin, "enough", default));

        var home = await kit.UntilAsync(id, now => now.Lent[0].QaBack);

        home.ShouldSatisfyAllConditions(one => one.State.ShouldBe(SurgeState.Removing), one => one.Said.ShouldNotBeNull().ShouldContain("it does not answer"), one => one.Lent[0].RunnerGone.ShouldBeTrue());
        kit.GitLab.Runners[SurgeKit.QaRunner].Attributes.Paused.ShouldBeFalse();
        kit.Objects = alive;
        (await kit.UntilAsync(id, now => !now.IsActive)).State.ShouldBe(SurgeState.Ended);
        kit.ShouldBeAsBefore("the cluster came back");
    }

    [Fact]
    public async Task OneThatBreaks_IsSaid_AndKeepsNoOtherFromItsTurn()
    {
        await using var kit = await SurgeKit.StartAsync(postgres);
        var other = new RunnerId(SurgeKit.Qa, 8);
        kit.GitLab.Runners[other] = kit.GitLab.Runners[SurgeKit.QaRunner];
        await kit.Fleet.ReadAsync(SurgeKit.Qa, default);
        var first = await kit.BegunAsync();
        var wish = kit.Wish(null) with { Runners = [kit.Wish(null).Runners[0] with { Runner = 8 }] };
        var second = ApplyKit.Done(await kit.Start.RunAsync(wish with { Fingerprint = ApplyKit.Done(await kit.Preview.RunAsync(wish, default)).Fingerprint }, SurgeKit.Admin, default));
        var release = first.Lent[0].Release;
        kit.Objects = new TroubledObjects(kit.Objects, key => key.Name.StartsWith(release, StringComparison.Ordinal) ? throw new InvalidOperationException("glrt-secret") : null);

        (await kit.UntilAsync(second.Id, now => now.State == SurgeState.Lending)).State.ShouldBe(SurgeState.Lending);

        (await kit.NowAsync(first.Id)).Said.ShouldBe("The portal could not go on (InvalidOperationException): it tries again.");
    }

    [Fact]
    public async Task Phase_ThatWantsLess_IsFollowed_AndMoreIsNeverTakenUnasked()
    {
        await using var kit = await SurgeKit.StartAsync(postgres);
        var (id, runner) = await kit.LentAsync();
        await kit.Store.ExecuteAsync("UPDATE surges SET run_untagged = true, tags = '{k8s-default,gone}'");
        await kit.UntilAsync(id, now => !now.RunUntagged && now.Lent[0].State == LentState.Loose);
        kit.GitLab.Runners[runner].Attributes.ShouldBe(new RunnerAttributes(TagSet.Of("k8s-default"), false, false, RunnerAccessLevel.NotProtected));

        await kit.Store.ExecuteAsync("UPDATE surges SET tags = '{other}'");
        await kit.TurnAsync();
        (await kit.NowAsync(id)).ShouldSatisfyAllConditions(one => one.Tags.ShouldBe(["other"]), one => one.Said.ShouldNotBeNull().ShouldContain("than was confirmed"));
        kit.GitLab.Runners[runner].Attributes.Tags.ShouldBe(TagSet.Of("k8s-default"));
    }

    [Fact]
    public async Task PausedByHand_ItStaysSo_AndDeletedByHandItGoesHome()
    {
        await using var kit = await SurgeKit.StartAsync(postgres);
        var (id, runner) = await kit.LentAsync();
        kit.GitLab.Runners[runner] = kit.GitLab.Runners[runner] with { Attributes = kit.GitLab.Runners[runner].Attributes with { Paused = true } };
        await kit.Store.ExecuteAsync("UPDATE surges SET run_untagged = true");
        await kit.UntilAsync(id, now => !now.RunUntagged && now.Lent[0].State == LentState.Loose);
        kit.GitLab.Runners[runner].Attributes.Paused.ShouldBeTrue();

        kit.GitLab.Runners.Remove(runner);
        var ended = await kit.UntilAsync(id, now => !now.IsActive);
        ended.ShouldSatisfyAllConditions(one => one.State.ShouldBe(SurgeState.Ended), one => one.EndedFor.ShouldBe("Every lent runner was deleted in GitLab."));
        kit.ShouldBeAsBefore("deleted by hand");
    }

    [Fact]
    public async Task GitLabThatFails_IsAskedLessAndLess_AndLooksAreKeptOncePerMinute()
    {
        await using var kit = await SurgeKit.StartAsync(postgres);
        var (id, _) = await kit.LentAsync();
        for (var turn = 0; turn < 6; turn++)
        {
            await kit.TurnAsync();
            kit.Time.Advance(TimeSpan.FromSeconds(20));
        }

        (await kit.Store.Get<ISurgeStore>().SamplesAsync(id, 500, default)).Count.ShouldBeInRange(2, 4);
        kit.GitLab.IsAway = true;
        ApplyKit.Done(await kit.End.RunAsync(id, SurgeKit.Admin, "enough", default));
        for (var turn = 0; turn < 600; turn++)
        {
            await kit.TurnAsync();
            kit.Time.Advance(TimeSpan.FromSeconds(2));
        }

        (await kit.NowAsync(id)).Lent[0].Failed.ShouldBeInRange(7, 12, "20 minutes of turns each 2 seconds");
    }

    [Fact]
    public async Task WithoutARevision_TheOneThatIsHealthyThereIsLent_AndAnotherIsAnotherList()
    {
        await using var kit = await SurgeKit.StartAsync(postgres);
        var (configurations, applications, now) = (kit.Store.Get<IConfigStore>(), kit.Store.Get<IApplicationStore>(), kit.Time.GetUtcNow());
        var stored = (await configurations.FindAsync(kit.Configuration, default))!;
        await configurations.AppendAsync(stored.Id, stored.Name, stored.Current with { Number = 2, Reason = "a draft" }, default);
        (await kit.PreviewedAsync()).Lent[0].Revision.ShouldBe(2, "none was applied");
        await applications.AddAsync(new Application(
            0, kit.Cluster, SurgeKit.Qa, stored.Id, stored.Name, 1, ApplyTarget.Manifests, ApplicationState.Healthy, [], [], null, null, false, TimeSpan.FromMinutes(10), now, null, null, SurgeKit.Admin, "QA", now, now, now, 0), default);

        var seen = await kit.PreviewedAsync();

        seen.Lent[0].Revision.ShouldBe(1);
        var other = kit.Wish(null) with { Runners = [kit.Wish(null).Runners[0] with { Revision = 2 }] };
        ApplyKit.Done(await kit.Preview.RunAsync(other, default)).Fingerprint.ShouldNotBe(seen.Fingerprint);
    }

    [Fact]
    public async Task LooksAtTheQueue_GoWithOldJobs_AndOfOpenSurgesStay()
    {
        await using var kit = await SurgeKit.StartAsync(postgres);
        var (id, _) = await kit.LentAsync();
        await kit.TurnAsync();
        var retention = kit.Store.Get<SurgeRetention>();
        (await retention.DropAsync(StoreFixture.Production, kit.Time.GetUtcNow().AddYears(1), default)).ShouldBe(0);
        ApplyKit.Done(await kit.End.RunAsync(id, SurgeKit.Admin, "enough", default));
        await kit.UntilAsync(id, now => !now.IsActive);
        (await retention.DropAsync(StoreFixture.Production, kit.Time.GetUtcNow().AddYears(1), default)).ShouldBeGreaterThan(0);
        (await kit.Store.Get<ISurgeStore>().SamplesAsync(id, 500, default)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("reason-missing")]
    [InlineData("invalid-until")]
    [InlineData("confirmation-needed")]
    [InlineData("preview-first")]
    [InlineData("reach-changed")]
    [InlineData("already-lent")]
    [InlineData("observe-mode")]
    [InlineData("unknown-runner")]
    [InlineData("not-kubernetes")]
    [InlineData("not-a-qa-cluster")]
    [InlineData("preview-errors")]
    [InlineData("rights-missing")]
    [InlineData("unverified")]
    [InlineData("invalid-surge")]
    public async Task Start_RefusesWithACode_AndNothingIsDone(string code)
    {
        await using var kit = await SurgeKit.StartAsync(postgres);
        var wish = kit.Wish((await kit.PreviewedAsync()).Fingerprint);
        switch (code)
        {
            case "reason-missing": wish = wish with { Reason = " " }; break;
            case "invalid-until": wish = wish with { Until = kit.Time.GetUtcNow().AddDays(15) }; break;
            case "confirmation-needed": wish = wish with { ConfirmRemoval = false }; break;
            case "preview-first": wish = wish with { Fingerprint = null }; break;
            case "reach-changed": kit.GitLab.Variables.Add(("NEW_SECRET", false)); break;
            case "already-lent": await kit.BegunAsync(); break;
            case "observe-mode": kit.CanWrite = false; break;
            case "unknown-runner": wish = wish with { Runners = [wish.Runners[0] with { Runner = 8 }] }; break;
            case "not-kubernetes":
                kit.GitLab.Executor = "docker";
                await kit.Fleet.ReadAsync(SurgeKit.Qa, default);
                break;
            case "not-a-qa-cluster": await kit.Store.ExecuteAsync("UPDATE clusters SET instance = 'production'"); break;
            case "preview-errors": kit.Server.Server.Objects.Remove("namespaces", null, SeededCluster.Jobs); break;
            case "rights-missing": kit.Denied = "delete secrets"; break;
            case "unverified": wish = wish with { OverrideUnverified = " " }; break;
            case "invalid-surge": wish = wish with { DrainFor = TimeSpan.FromDays(2) }; break;
        }

        (await kit.Start.RunAsync(wish, SurgeKit.Admin, default)).ShouldBeOfType<Outcome<Surge>.Refused>().Refusal.Code.ShouldBe(code);
        kit.ShouldBeAsBefore(code);
    }

    private sealed class TroubledObjects(IClusterObjects inner, Func<ObjectKey, ObjectAnswer?> trouble) : IClusterObjects
    {
        public async Task<ObjectAnswer> ApplyAsync(long cluster, ObjectKey key, JsonObject body, bool force, bool dryRun, CancellationToken cancel) => trouble(key) ?? await inner.ApplyAsync(cluster, key, body, force, dryRun, cancel);

        public async Task<ObjectAnswer> GetAsync(long cluster, ObjectKey key, CancellationToken cancel) => trouble(key) ?? await inner.GetAsync(cluster, key, cancel);

        public async Task<ObjectAnswer> DeleteAsync(long cluster, ObjectKey key, string uid, CancellationToken cancel) => trouble(key) ?? await inner.DeleteAsync(cluster, key, uid, cancel);

        public async Task<IReadOnlyList<ObjectAnswer>> ListAsync(long cluster, ObjectKey like, string selector, CancellationToken cancel) => trouble(like) is { } no ? [no] : await inner.ListAsync(cluster, like, selector, cancel);
    }
}
