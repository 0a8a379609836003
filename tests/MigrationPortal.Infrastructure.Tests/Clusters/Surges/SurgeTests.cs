using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
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
        kit.ShouldBeAsBefore("a preview");
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
            case "invalid-surge": wish = wish with { DrainFor = TimeSpan.FromDays(2) }; break;
        }

        (await kit.Start.RunAsync(wish, SurgeKit.Admin, default)).ShouldBeOfType<Outcome<Surge>.Refused>().Refusal.Code.ShouldBe(code);
        kit.ShouldBeAsBefore(code);
    }
}
