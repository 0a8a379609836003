using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Apply;

public sealed class RegistrationTests(PostgresFixture postgres)
{
    [Fact]
    public async Task EndToEnd_TheTokenGoesStraightIntoTheSecret_AndNowhereElse()
    {
        await using var kit = await RegistrationKit.StartAsync(postgres);
        var ended = await kit.EndedAsync((await kit.BegunAsync()).Id);
        ended.State.ShouldBe(RegistrationState.Done, ended.Said);
        var runner = kit.GitLab.Runners[ended.Runner!.Value];
        (runner.Attributes.Paused, runner.Attributes.Tags).ShouldBe((true, TagSet.Of(["k8s-default"])), "paused, as asked");
        kit.Secret()!["runner-token"].ShouldBe(runner.Token);
        ended.Said!.ShouldContain("gitlab-runner 19.3.0");
        var trail = string.Join('\n', (await kit.Apply.Store.Get<IAuditTrail>().NewestAsync(100, null, default)).Select(one => one.Entry));
        trail.ShouldContain("cluster.register.done");
        foreach (var table in (string[])["cluster_registrations", "cluster_applications", "audit_entries"])
            (await kit.Apply.Store.ScalarAsync<long>($"SELECT count(*) FROM {table} one WHERE one::text LIKE '%glrt-%'")).ShouldBe(0, table);
        trail.ShouldNotContain("glrt-");
    }

    [Theory]
    [InlineData(DeploymentKind.Manifests, "runner-registration-token,runner-token")]
    [InlineData(DeploymentKind.Helm, "runner-registration-token,runner-token")]
    [InlineData(DeploymentKind.Operator, "runner-token")]
    public async Task TheSecret_HasTheKeysOfItsTarget_WithoutALineBreak(DeploymentKind kind, string keys)
    {
        await using var kit = await RegistrationKit.StartAsync(postgres, kind);
        kit.Apply.Server.Objects.Put(PreviewApplyTests.Crd("gitlabUrl", "token", "config", "env", "concurrent", "interval", "namespace", "serviceaccount", "runnerImage"));
        var begun = await kit.BegunAsync();
        await kit.EndedAsync(begun.Id, one => one.State is RegistrationState.Applying or RegistrationState.Waiting);
        var secret = kit.Secret().ShouldNotBeNull();
        string.Join(',', secret.Keys.Order(StringComparer.Ordinal)).ShouldBe(keys);
        secret["runner-token"].ShouldBe(kit.GitLab.Runners.Single().Value.Token);
        secret.GetValueOrDefault("runner-registration-token", "").ShouldBe("");
        kit.Apply.Server.Objects.Get("secrets", ApplyKit.Managers, "gitlab-runner-token")!["metadata"]!["labels"]![Rendering.ManagedBy]!.ToString().ShouldBe("migration-portal");
    }

    [Fact]
    public async Task ChartInstalledBySomebody_IsDoneAtItsFirstContact()
    {
        await using var kit = await RegistrationKit.StartAsync(postgres, DeploymentKind.Helm);
        var begun = await kit.BegunAsync();
        var waits = await kit.EndedAsync(begun.Id, one => one.Said?.Contains("install the chart", StringComparison.Ordinal) == true, comesUp: false);
        waits.State.ShouldBe(RegistrationState.Waiting);
        (await kit.EndedAsync(begun.Id)).State.ShouldBe(RegistrationState.Done);
    }

    [Theory]
    [InlineData("reason", "reason-missing")]
    [InlineData("tags", "no-tags-left")]
    [InlineData("secret", "secret-taken")]
    [InlineData("running", "registration-running")]
    [InlineData("cluster", "unknown-cluster")]
    [InlineData("conflict", "field-conflict")]
    public async Task WhatCannotEndWell_IsNotBegun(string what, string code)
    {
        await using var kit = await RegistrationKit.StartAsync(postgres);
        var wish = kit.Wish;
        switch (what)
        {
            case "reason": wish = wish with { Reason = "" }; break;
            case "tags": wish = wish with { Tags = TagSet.Empty }; break;
            case "cluster": wish = wish with { Cluster = 99 }; break;
            case "running": await kit.BegunAsync(); break;
            default:
                kit.Apply.Server.Objects.Put($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{ApplyKit.Managers}}}"}}""");
                kit.Apply.Server.Objects.Put(what == "secret"
                    ? $$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"gitlab-runner-token","namespace":"{{{ApplyKit.Managers}}}"},"data":{"runner-token":"c2VjcmV0"}}"""
                    : $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"gitlab-runner-config","namespace":"{{{ApplyKit.Managers}}}"},"data":{"config.toml":"concurrent = 1"}}""", "helm");
                break;
        }

        (await kit.Register.RunAsync(wish, ApplyKit.Admin, default)).ShouldBeOfType<Outcome<ClusterRegistration>.Refused>().Refusal.Code.ShouldBe(code);
        kit.GitLab.Runners.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GitLab refuses")]
    [InlineData("a Secret came meanwhile")]
    [InlineData("the manager does not come up")]
    [InlineData("its object is refused")]
    public async Task WhatFailsOnTheWay_IsUndoneWhole(string what)
    {
        await using var kit = await RegistrationKit.StartAsync(postgres);
        var begun = await kit.BegunAsync();
        if (what == "GitLab refuses") kit.GitLab.Refuses = true;
        if (what == "a Secret came meanwhile")
        {
            kit.Apply.Server.Objects.Put($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{ApplyKit.Managers}}}"}}""");
            kit.Apply.Server.Objects.Put($$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"gitlab-runner-token","namespace":"{{{ApplyKit.Managers}}}"},"data":{"runner-token":"c2VjcmV0"}}""");
        }

        if (what == "its object is refused")
        {
            kit.Apply.Server.Objects.Put($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{ApplyKit.Managers}}}"}}""");
            kit.Apply.Server.Objects.Put($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"gitlab-runner-config","namespace":"{{{ApplyKit.Managers}}}"},"data":{"config.toml":"concurrent = 1"}}""", "helm");
        }

        var ended = await kit.EndedAsync(begun.Id, comesUp: what != "the manager does not come up");
        ended.State.ShouldBe(RegistrationState.Undone, ended.Said);
        ended.Said.ShouldNotBeNullOrEmpty();
        if (what == "a Secret came meanwhile")
        {
            kit.Secret()!["runner-token"].ShouldBe("secret", "somebody else's stays as it is");
            kit.Apply.Server.Objects.Delete("secrets", ApplyKit.Managers, "gitlab-runner-token");
        }

        kit.ShouldBeAsBefore(what);
    }

    [Theory]
    [InlineData(RegistrationState.Creating)]
    [InlineData(RegistrationState.Delivering)]
    [InlineData(RegistrationState.Applying)]
    [InlineData(RegistrationState.Done)]
    public async Task UndoneByAClick_InEveryState(RegistrationState at)
    {
        await using var kit = await RegistrationKit.StartAsync(postgres);
        var begun = await kit.BegunAsync();
        if (at == RegistrationState.Delivering) kit.Apply.Secrets = new SilentSecrets();
        (await kit.EndedAsync(begun.Id, one => one.State == at, comesUp: at == RegistrationState.Done)).State.ShouldBe(at);
        (await kit.Undo.RunAsync(kit.Apply.Cluster, begun.Id, ApplyKit.Admin, " ", default)).ShouldBeOfType<Outcome<ClusterRegistration>.Refused>().Refusal.Code.ShouldBe("reason-missing");
        ApplyKit.Done(await kit.Undo.RunAsync(kit.Apply.Cluster, begun.Id, ApplyKit.Admin, "changed my mind", default)).State.ShouldBe(RegistrationState.Undoing);
        if (at == RegistrationState.Delivering) kit.Apply.Secrets = new MigrationPortal.Infrastructure.Clusters.Apply.KubernetesSecrets(new(kit.Apply.Doors, TimeProvider.System));
        var ended = await kit.EndedAsync(begun.Id);
        (ended.State, ended.Said).ShouldBe((RegistrationState.Undone, "Undone by a click: changed my mind"));
        kit.ShouldBeAsBefore(at.ToString());
    }

    [Fact]
    public async Task ARunnerThatWorks_IsNotTakenBack()
    {
        await using var kit = await RegistrationKit.StartAsync(postgres);
        var ended = await kit.EndedAsync((await kit.BegunAsync()).Id);
        kit.GitLab.Jobs = 2;
        (await kit.Undo.RunAsync(kit.Apply.Cluster, ended.Id, ApplyKit.Admin, "away", default)).ShouldBeOfType<Outcome<ClusterRegistration>.Refused>().Refusal.Code.ShouldBe("runner-busy");
        kit.GitLab.Runners.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AnswersThatAreLost_MakeNoSecondRunner()
    {
        await using var kit = await RegistrationKit.StartAsync(postgres);
        var begun = await kit.BegunAsync();
        kit.GitLab.AnswersAreLost = true;
        await kit.TurnAsync();
        (await kit.NowAsync(begun.Id)).State.ShouldBe(RegistrationState.Creating);
        kit.GitLab.AnswersAreLost = false;
        var ended = await kit.EndedAsync(begun.Id);
        ended.State.ShouldBe(RegistrationState.Done, ended.Said);
        kit.Secret()!["runner-token"].ShouldBe(kit.GitLab.Runners.ShouldHaveSingleItem().Value.Token, "the one that counts now, not the one that was lost");
    }

    [Fact]
    public async Task WhileTheClusterIsAway_TheTokenIsNotResetAgainAndAgain()
    {
        await using var kit = await RegistrationKit.StartAsync(postgres);
        var begun = await kit.BegunAsync();
        kit.GitLab.AnswersAreLost = true;
        await kit.TurnAsync();
        kit.GitLab.AnswersAreLost = false;
        kit.Apply.Server.Faults.InternalErrors(100_000);
        for (var turn = 0; turn < 30; turn++)
        {
            kit.Apply.Time.Advance(TimeSpan.FromSeconds(10));
            await kit.TurnAsync();
        }

        (await kit.NowAsync(begun.Id)).State.ShouldBe(RegistrationState.Delivering);
        kit.GitLab.AllTokens.Count.ShouldBe(1, "no cluster could have taken another one");
        kit.Apply.Server.Faults.Clear();
        var ended = await kit.EndedAsync(begun.Id);
        ended.State.ShouldBe(RegistrationState.Done, ended.Said);
        kit.GitLab.AllTokens.Count.ShouldBe(2);
        kit.Secret()!["runner-token"].ShouldBe(kit.GitLab.Runners.Single().Value.Token);
    }

    [Fact]
    public async Task AWriteThatNobodyAnswers_IsTriedAgainWithTheTokenThatThereIs()
    {
        await using var kit = await RegistrationKit.StartAsync(postgres);
        var begun = await kit.BegunAsync();
        var real = kit.Apply.Secrets;
        kit.Apply.Secrets = new SilentSecrets(real);
        for (var turn = 0; turn < 10; turn++)
        {
            await kit.TurnAsync();
            kit.Apply.Time.Advance(TimeSpan.FromSeconds(10));
        }

        (await kit.NowAsync(begun.Id)).State.ShouldBe(RegistrationState.Delivering);
        kit.Apply.Secrets = real;
        (await kit.EndedAsync(begun.Id)).State.ShouldBe(RegistrationState.Done);
        kit.GitLab.AllTokens.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task AResetThatGitLabDoesNotAnswer_IsAskedForOnceAMinute()
    {
        await using var kit = await RegistrationKit.StartAsync(postgres);
        var begun = await kit.BegunAsync();
        kit.GitLab.AnswersAreLost = true;
        for (var turn = 0; turn < 60; turn++)
        {
            await kit.TurnAsync();
            kit.Apply.Time.Advance(TimeSpan.FromSeconds(5));
        }

        (await kit.NowAsync(begun.Id)).State.ShouldBe(RegistrationState.Delivering);
        kit.GitLab.AllTokens.Count.ShouldBeInRange(2, 7);
    }

    [Fact]
    public async Task ARefusalThatLasts_IsAskedEverMoreSeldom_ToldOnce_AndEndsWithWhatIsLeft()
    {
        await using var kit = await RegistrationKit.StartAsync(postgres);
        var done = await kit.EndedAsync((await kit.BegunAsync()).Id);
        kit.GitLab.RefusesToDelete = true;
        await kit.Undo.RunAsync(kit.Apply.Cluster, done.Id, ApplyKit.Admin, "away", default);
        for (var minutes = 0; minutes < 25 * 60 && (await kit.NowAsync(done.Id)).IsActive; minutes += 5)
        {
            await kit.TurnAsync();
            kit.Apply.RollOut();
            kit.Apply.Time.Advance(TimeSpan.FromMinutes(5));
        }

        var ended = await kit.NowAsync(done.Id);
        (ended.State, ended.Tries).ShouldBe((RegistrationState.Left, 0));
        ended.Said!.ShouldContain("does not delete runner 77 (403)");
        ended.Said!.ShouldContain("Secret gitlab-runner/gitlab-runner-token, runner 77 in GitLab.");
        var trail = (await kit.Apply.Store.Get<IAuditTrail>().NewestAsync(500, null, default)).Select(one => one.Entry.What).ToList();
        trail.Count(one => one == "runner.withdraw").ShouldBe(1, "told once, not each time");
        trail.Count.ShouldBeLessThan(30);

        kit.GitLab.RefusesToDelete = false;
        ApplyKit.Done(await kit.Undo.RunAsync(kit.Apply.Cluster, done.Id, ApplyKit.Admin, "again", default));
        (await kit.EndedAsync(done.Id)).State.ShouldBe(RegistrationState.Undone);
        kit.ShouldBeAsBefore("tried again by a click");
    }

    [Fact]
    public async Task ADoneOne_IsPausedFirst_AndItsJobsEndBeforeItsManagerGoes()
    {
        await using var kit = await RegistrationKit.StartAsync(postgres);
        var done = await kit.EndedAsync((await kit.BegunAsync(kit.Wish with { Paused = false })).Id);
        ApplyKit.Done(await kit.Undo.RunAsync(kit.Apply.Cluster, done.Id, ApplyKit.Admin, "away", default));
        kit.GitLab.Jobs = 1;
        await kit.TurnAsync();
        kit.GitLab.Done.ShouldBe(["pause 77"]);
        kit.Apply.Server.Objects.Count("deployments.apps").ShouldBe(1, "a job runs still");
        (await kit.NowAsync(done.Id)).Remains!.ShouldContain("running 1 job");
        kit.GitLab.Jobs = 0;
        (await kit.EndedAsync(done.Id)).State.ShouldBe(RegistrationState.Undone);
        kit.GitLab.Done.ShouldBe(["pause 77", "delete 77"]);
    }

    [Fact]
    public async Task UndoneRightAfterALostAnswer_LooksForTheRunnerForAWhile()
    {
        await using var kit = await RegistrationKit.StartAsync(postgres);
        var begun = await kit.BegunAsync();
        var late = new LateGitLab(kit.GitLab);
        kit.Registrar = late;
        await kit.TurnAsync();
        ApplyKit.Done(await kit.Undo.RunAsync(kit.Apply.Cluster, begun.Id, ApplyKit.Admin, "no", default));
        await kit.TurnAsync();
        (await kit.NowAsync(begun.Id)).State.ShouldBe(RegistrationState.Undoing, "the request may still arrive");
        await late.ArriveAsync();
        (await kit.EndedAsync(begun.Id)).State.ShouldBe(RegistrationState.Undone);
        kit.ShouldBeAsBefore("no runner is left that nobody knows of");
    }

    [Fact]
    public async Task AChart_HasADayToBeInstalled()
    {
        await using var kit = await RegistrationKit.StartAsync(postgres, DeploymentKind.Helm);
        var begun = await kit.BegunAsync();
        await kit.EndedAsync(begun.Id, one => one.State == RegistrationState.Waiting, comesUp: false);
        kit.Apply.Time.Advance(TimeSpan.FromHours(23));
        await kit.TurnAsync();
        (await kit.NowAsync(begun.Id)).State.ShouldBe(RegistrationState.Waiting);
        kit.Apply.Time.Advance(TimeSpan.FromHours(2));
        await kit.TurnAsync();
        (await kit.NowAsync(begun.Id)).State.ShouldBeOneOf(RegistrationState.Undoing, RegistrationState.Undone);
    }

    /// <summary>A request that was sent and arrives when told to.</summary>
    private sealed class LateGitLab(FakeGitLab inner) : IRunnerRegistrar
    {
        private Func<Task>? _sent;

        public Task ArriveAsync() => _sent!();

        public Task<RegistrarAnswer> CreateAsync(InstanceId instance, string description, RunnerAttributes attributes, string? maintenanceNote, CancellationToken cancel)
        {
            _sent = () => inner.CreateAsync(instance, description, attributes, maintenanceNote, cancel);
            return Task.FromResult<RegistrarAnswer>(new RegistrarAnswer.Unknown("no answer"));
        }

        public Task<RegistrarAnswer> ResetTokenAsync(RunnerId runner, CancellationToken cancel) => inner.ResetTokenAsync(runner, cancel);
    }

    private sealed class SilentSecrets(IClusterSecrets? tried = null) : IClusterSecrets
    {
        public Task<SecretAnswer> TryAsync(long cluster, TokenPlace place, CancellationToken cancel) => tried?.TryAsync(cluster, place, cancel) ?? Task.FromResult<SecretAnswer>(new SecretAnswer.Unknown("no answer", null));

        public Task<SecretAnswer> PutAsync(long cluster, TokenPlace place, string token, CancellationToken cancel) => Task.FromResult<SecretAnswer>(new SecretAnswer.Unknown("no answer", null));

        public Task<SecretAnswer> RemoveAsync(long cluster, TokenPlace place, CancellationToken cancel) => Task.FromResult<SecretAnswer>(new SecretAnswer.Unknown("no answer", null));
    }
}
