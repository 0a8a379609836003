using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Apply;

/// <summary>Nothing unverified reaches production without somebody's name and reason.</summary>
public sealed class UnverifiedTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(true)]
    [InlineData(true, VerificationState.Failed)]
    [InlineData(true, VerificationState.Inconclusive)]
    [InlineData(true, VerificationState.Passed, VerificationState.Failed)]
    [InlineData(true, VerificationState.Passed, VerificationState.Inconclusive)]
    [InlineData(true, VerificationState.Cancelled)]
    [InlineData(false, VerificationState.Passed)]
    [InlineData(false, VerificationState.Failed, VerificationState.Passed)]
    [InlineData(false, VerificationState.Passed, VerificationState.Cancelled)]
    [InlineData(false, VerificationState.Passed, VerificationState.Broken, VerificationState.Preparing)]
    public async Task NewestVerdict_Decides(bool refused, params VerificationState[] states)
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        foreach (var state in states) await VerifyAsync(kit, state);
        var asked = await kit.AskAsync(wish => wish with { OverrideUnverified = null });
        asked.Match<string?>(_ => null, no => no.Code).ShouldBe(refused ? "unverified" : null);
        (await kit.Guard.EvidenceAsync(kit.Configuration, 1, default) is null).ShouldBe(refused);
        (await kit.Guard.EvidenceAsync(kit.Configuration, 2, default)).ShouldBeNull("another revision proves itself");
        if (!refused) asked.Match<UnverifiedOverride?>(one => one.Override, _ => null).ShouldBeNull();
    }

    [Fact]
    public async Task VerificationWithoutAnApplication_ProvesNothing()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        await VerifyAsync(kit, VerificationState.Passed, application: null);
        (await kit.AskAsync(wish => wish with { OverrideUnverified = null })).Match<string?>(_ => null, no => no.Code).ShouldBe("unverified");
    }

    [Fact]
    public async Task Vouched_StandsOnTheApplication_AndAsAnEntryOfItsOwn()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        (await kit.AskAsync(wish => wish with { OverrideUnverified = "  " })).Match<string?>(_ => null, no => no.Code).ShouldBe("unverified");
        var begun = await kit.BegunAsync(wish => wish with { OverrideUnverified = " the night is short " });
        (await kit.NowAsync(begun.Id)).Override.ShouldBe(new UnverifiedOverride(ApplyKit.Admin, "the night is short"));
        var entries = (await kit.Store.Get<IAuditTrail>().NewestAsync(9, null, default)).Select(one => (one.Entry.What, one.Entry.Why, one.Entry.Who)).ToList();
        entries.ShouldBe([("cluster.apply", "for the tests", ApplyKit.Admin), ("cluster.apply-unverified", "the night is short", ApplyKit.Admin)]);
    }

    [Fact]
    public async Task BackToWhatWasHealthyHere_NeedsNobody_AndANewRevisionDoes()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        await kit.HealthyAsync();
        await kit.ReviseAsync(20);
        (await kit.AskAsync(wish => wish with { OverrideUnverified = null })).Match<string?>(_ => null, no => no.Code).ShouldBe("unverified");
        var second = await kit.HealthyAsync();
        second.Override.ShouldNotBeNull();

        var wish = kit.Wish((await kit.PreviewedAsync(1)).Fingerprint) with { Revision = 1, OverrideUnverified = null };
        var back = ApplyKit.Done(await kit.Apply.RunAsync(wish, ApplyKit.Admin, default));
        back.Override.ShouldBeNull();
        await kit.EndedAsync(back.Id);
        ApplyKit.Done(await kit.RollBack.RunAsync(kit.Cluster, back.Id, ApplyKit.Admin, "again", default)).State.ShouldBe(ApplicationState.RollingBack);
    }

    [Fact]
    public async Task QaCluster_AsksForNothing_AndGetsItsOwnAddress()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        var qa = new InstanceId("qa");
        var access = (await kit.Store.Get<IClusterStore>().AccessAsync(kit.Cluster, default))!;
        var cluster = (await kit.Store.Get<IClusterStore>().AddAsync(new Cluster(0, "qa-a", qa, ConnectionFacts.Of(access), ["qa-jobs"], "qa-runners", [], 0), access, default))!;
        var both = new InstanceDirectory([.. ApplyKit.Instances.All, new GitLabInstance(qa, InstanceKind.Qa, "https://qa.example.com", true, false)]);
        (await new ProductionGuard(both, kit.Store.Get<IVerificationStore>(), kit.Applications).WhyNotAsync(cluster, kit.Configuration, 1, default)).ShouldBeNull();
        var rendering = ApplyKit.Done(await new ReadRendering(kit.Store.Get<IConfigStore>(), kit.Store.Get<IClusterStore>(), both).RunAsync(cluster.Id, kit.Configuration, null, ApplyExtras.All, default));
        (rendering.ManagerNamespace, rendering.JobNamespace, rendering.TokenSecret).ShouldBe(("qa-runners", "qa-jobs", "gitlab-runner-token"));
        rendering.Objects.Select(one => one.Key.Namespace).OfType<string>().Distinct().Order().ShouldBe(["qa-jobs", "qa-runners"]);
        rendering.Notes.Count(one => one.Contains("instead of", StringComparison.Ordinal)).ShouldBe(3);
        var text = string.Concat(rendering.Objects.Select(one => one.Body.ToJsonString()));
        text.ShouldContain("https://qa.example.com");
        text.ShouldNotContain("gitlab.example.com/");
    }

    [Fact]
    public async Task Registration_IsHeldToTheSame_AndHandsTheReasonOn()
    {
        await using var kit = await RegistrationKit.StartAsync(postgres);
        (await kit.Register.RunAsync(kit.Wish with { OverrideUnverified = null }, ApplyKit.Admin, default)).Match<string?>(_ => null, no => no.Code).ShouldBe("unverified");
        var begun = await kit.BegunAsync();
        (await kit.NowAsync(begun.Id)).Override.ShouldBe(new UnverifiedOverride(ApplyKit.Admin, "no QA in these tests"));
        var ended = await kit.EndedAsync(begun.Id);
        ended.State.ShouldBe(RegistrationState.Done, ended.Said);
        (await kit.Apply.NowAsync(ended.Application!.Value)).Override.ShouldBe(begun.Override);
        (await kit.Apply.Store.Get<IAuditTrail>().NewestAsync(99, null, default)).Count(one => one.Entry.What == "cluster.register-unverified").ShouldBe(1);
    }

    private static async Task VerifyAsync(ApplyKit kit, VerificationState state, long? application = 1)
    {
        var now = StoreFixture.Noon;
        var one = new Verification(
            0, kit.Configuration, 1, 99, new ProjectId(new InstanceId("qa"), 5), new SmokeChoice("t", null, null, 6379, null, []), null, state, "b", VerificationBranch.Gone, null, null, null, null, [], null, ApplyKit.Admin, now, now, now, 0)
        { Application = application };
        (await kit.Store.Get<IVerificationStore>().AddAsync(one, default)).ShouldNotBeNull().Application.ShouldBe(application);
    }
}
