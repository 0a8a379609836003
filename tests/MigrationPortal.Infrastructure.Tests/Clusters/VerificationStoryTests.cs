using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Testing;
using MigrationPortal.World;
using static MigrationPortal.Infrastructure.Tests.Cohorts.MoveWorld;

namespace MigrationPortal.Infrastructure.Tests.Clusters;

/// <summary>Smoke jobs and a probe on the simulated QA GitLab: what a configuration promises against what its pods are like.</summary>
public sealed class VerificationStoryTests(PostgresFixture postgres)
{
    private static readonly Actor Admin = new(ActorKind.User, "production/1");

    [Fact]
    public async Task ConfigurationThatHolds_IsVerified_AndItsBranchIsGone()
    {
        await using var room = await VerificationRoom.StartAsync(postgres);
        var begun = Done(await room.StartAsync(probe: true));
        (begun.State, begun.Revision).ShouldBe((VerificationState.Preparing, 3));
        Refused(await room.StartAsync()).ShouldBe("verification-running");

        var ended = await room.EndAsync(begun);
        ended.Checks.Where(one => one.State != CheckState.Passed && one.Key != ProbeRun.Key).Select(one => $"{one.Key}: {one.Seen}").ShouldBeEmpty();
        var probe = ended.Checks.Single(one => one.Key == ProbeRun.Key);
        var truth = room.Simulator.Qa.Do(world => world.Jobs.PipelinesOf(room.World(world), one => one.Id == probe.Job, 0, 1).Single().Status);
        probe.State.ShouldBe(truth == JobStatus.Success ? CheckState.Passed : CheckState.Failed);
        (ended.State, ended.BranchState).ShouldBe((probe.State == CheckState.Passed ? VerificationState.Passed : VerificationState.Failed, VerificationBranch.Gone));
        ended.Checks.Select(one => one.Key).ShouldBe(["clone", "image", "image-refused", "pull-policy-refused", "uid", "gid", "memory", "cpu", "token", "privileged", "ping", "cache", "artifact", "service", "gitlab", "registry", "metadata", "reach-0", "probe"]);
        room.Simulator.Qa.Do(world => room.World(world).Repository.FindBranch(ended.Branch)).ShouldBeNull();
        (await room.Store.JudgedAsync(1, 3, default))!.Proves.ShouldBe(ended.State == VerificationState.Passed);
    }

    [Fact]
    public async Task PodsThatAreNotAsPromised_FailCheckByCheck()
    {
        await using var room = await VerificationRoom.StartAsync(postgres, new PodAnswers(Uid: 0, Gid: 1000, Memory: "max", Cpu: "max:100000", Token: true, MetadataBlocked: false, Cache: true, AllowedImages: ["base:*"], Closed: ["db.example.org:5432"]));
        var ended = await room.EndAsync(Done(await room.StartAsync()));
        ended.State.ShouldBe(VerificationState.Failed);
        ended.Checks.Where(one => one.State == CheckState.Failed).Select(one => one.Key).ShouldBe(["uid", "memory", "cpu", "token", "metadata", "reach-0"]);
        ended.Checks.Where(one => one.State == CheckState.Failed).ShouldAllBe(one => one.Remedy != null && one.Job != null);
    }

    [Fact]
    public async Task OnlyWhatRunsInTheCluster_IsTried_AndWhatIsReplacedMeanwhileProvesNothing()
    {
        await using var room = await VerificationRoom.StartAsync(postgres);
        Refused(await room.StartAsync(revision: 2)).ShouldBe("not-applied");
        var begun = Done(await room.StartAsync());
        begun.Application.ShouldNotBeNull();
        await room.ApplyAsync(2);
        Refused(await room.StartAsync()).ShouldBe("not-applied");
        var ended = await room.EndAsync(begun);
        (ended.State, ended.Reason).ShouldBe((VerificationState.Broken, "another revision was brought into the cluster meanwhile: nobody knows which one the jobs saw"));
        (await room.Store.JudgedAsync(1, 3, default)).ShouldBeNull();
    }

    [Fact]
    public async Task NoRunnerForTheTag_EndsAtItsDeadline_AndProvesNothing()
    {
        await using var room = await VerificationRoom.StartAsync(postgres);
        var ended = await room.EndAsync(Done(await room.StartAsync(tag: "nobody-has-this")));
        (ended.State, ended.BranchState).ShouldBe((VerificationState.Inconclusive, VerificationBranch.Gone));
        ended.Checks.ShouldAllBe(one => one.State == CheckState.NotKnown);
        ended.Checks.Count(one => one.Seen == "no runner took the job").ShouldBe(16);
        room.Simulator.Qa.Do(world => world.Jobs.PipelinesOf(room.World(world), one => one.Ref == ended.Branch, 0, 9).SelectMany(one => one.Jobs).All(job => job.Status.IsFinal())).ShouldBeTrue();
    }

    [Fact]
    public async Task Cancelled_ItsPipelinesEnd_AndItsBranchIsGone()
    {
        await using var room = await VerificationRoom.StartAsync(postgres);
        var begun = Done(await room.StartAsync(probe: true));
        await room.SweepAsync();
        await room.SweepAsync();
        Done(await new CancelVerification(room.Store, room.Steps).RunAsync(1, begun.Id, Admin, null, default)).State.ShouldBe(VerificationState.Cancelled);
        await room.SweepAsync();
        (await room.Store.FindAsync(1, begun.Id, default))!.BranchState.ShouldBe(VerificationBranch.Gone);
        room.Simulator.Qa.Do(world => world.Jobs.PipelinesOf(room.World(world), one => one.Ref == begun.Branch, 0, 9).Single().Jobs.All(job => job.Status.IsFinal())).ShouldBeTrue();
        Refused(await new CancelVerification(room.Store, room.Steps).RunAsync(1, begun.Id + 9, Admin, null, default)).ShouldBe("unknown-verification");
        Done(await room.StartAsync()).State.ShouldBe(VerificationState.Preparing);
    }

    [Theory]
    [InlineData("/repository/commits")]
    [InlineData("/pipeline")]
    public async Task AnswerLost_IsFoundAgain_AndNothingIsMadeTwice(string lost)
    {
        await using var room = await VerificationRoom.StartAsync(postgres);
        var begun = Done(await room.StartAsync(probe: true));
        room.Portal.Wire.Lost = path => path.EndsWith(lost, StringComparison.Ordinal);
        for (var turn = 0; turn < 3; turn++)
        {
            try
            {
                await room.SweepAsync();
            }
            catch (GitLabUnavailableException)
            {
                break;
            }
        }

        room.Portal.Wire.Lost = null;
        var ended = await room.EndAsync(begun);
        ended.State.ShouldBeOneOf(VerificationState.Passed, VerificationState.Failed);
        room.Simulator.Qa.Do(world => world.Jobs.PipelinesOf(room.World(world), one => one.Ref == ended.Branch, 0, 9).Count).ShouldBe(1);
        room.Simulator.Qa.Do(world => world.Jobs.PipelinesOf(room.World(world), one => one.Source == PipelineSource.Api, 0, 9).Count(one => one.CreatedAt >= begun.AskedAt)).ShouldBe(1);
    }

    [Fact]
    public async Task WhatCannotBeTried_IsRefused()
    {
        await using var room = await VerificationRoom.StartAsync(postgres);
        Refused(await room.StartAsync(revision: 9)).ShouldBe("unknown-revision");
        Refused(await room.StartAsync(cluster: 2)).ShouldBe("not-a-qa-cluster");
        Refused(await room.StartAsync(cluster: 3)).ShouldBe("unknown-cluster");
        Refused(await room.StartAsync(tag: "a b")).ShouldBe("invalid-verification");
        await room.Portal.Get<IClusterStore>().RemoveAsync(1, default);
        Refused(await room.StartAsync()).ShouldBe("no-qa-cluster");
    }

    [Fact]
    public async Task ProjectThatIsNotThere_BreaksIt_AndSaysSo()
    {
        await using var room = await VerificationRoom.StartAsync(postgres);
        var ended = await room.EndAsync(Done(await room.StartAsync(project: 999999)));
        (ended.State, ended.BranchState).ShouldBe((VerificationState.Broken, VerificationBranch.Unmade));
        ended.Reason!.ShouldContain("404");
    }
}
