using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Testing;
using MigrationPortal.World;
using static MigrationPortal.Infrastructure.Tests.Cohorts.MoveWorld;

namespace MigrationPortal.Infrastructure.Tests.Cohorts;

/// <summary>A campaign for a project whose release branch is still on docker, against the simulated GitLab; what ran where is the world's own truth.</summary>
public sealed class StragglerStoryTests(PostgresFixture postgres)
{
    private const string Release = "release/1";
    private const string OnDocker = "# who runs where\nbuild:\n  tags: [docker]   # as ever\n  script: [make]\nnet:\n  tags: [docker]\n  script: [ping -c1 db.example.org]\n";
    private static readonly InstanceId Instance = SimulatedPortal.Production;

    [Fact]
    public async Task ReleaseBranch_GetsItsMergeRequest_ItsPeopleAreAskedOnce_AndItIsGoneWhenNothingRanThere()
    {
        await using var portal = await FallbackAsync(postgres);
        var (project, maintainer, committer) = Straggler(portal);
        await RunOnAsync(portal, project, maintainer, Release);
        RanOnRelease(portal, project, "build").ShouldBe(World.Executor.Docker);

        var wish = Wish(portal, [project]);
        var preview = Done(await portal.Get<PreviewCampaign>().RunAsync(wish, default)).Looked.ShouldHaveSingleItem();
        preview.Ladder!.Steps[0].ShouldSatisfyAllConditions(step => step.Rung.ShouldBe(LadderRung.Committers), step => step.People.ShouldBe([Id(committer)]));
        var fix = preview.Refs.Single(one => one.Ref.Name == Release).Finding.ShouldBeOfType<BranchFinding.Fixable>();
        fix.Staying.ShouldHaveSingleItem().Name.ShouldBe("net");
        Requests(portal, project).ShouldBeEmpty("a preview changes nothing");

        Done(await portal.Get<StartCampaign>().RunAsync(wish, Actor.Portal, default)).ShouldHaveSingleItem();
        Refused(await portal.Get<StartCampaign>().RunAsync(wish, Actor.Portal, default)).ShouldBe("asked-already");
        await portal.RunAsync<StragglerSweep>();
        await portal.RunAsync<StragglerSweep>();

        var request = Requests(portal, project).ShouldHaveSingleItem();
        (request.TargetBranch, request.Title).ShouldBe((Release, $"Run CI jobs of {Release} on Kubernetes"));
        (await CaseAsync(portal, project)).Stage.ShouldBe(StragglerStage.Asked);
        (await portal.Get<IPersonMails>().DueAsync(DateTimeOffset.MaxValue.AddDays(-1), 10, default)).ShouldHaveSingleItem().Mail.ShouldSatisfyAllConditions(
            mail => mail.Person.ShouldBe(Id(committer)), mail => mail.Text.ShouldContain($": {Release}\n"), mail => mail.Text.ShouldContain($"/merge_requests/{request.Iid}"));

        Merge(portal, project, maintainer);
        await portal.RunAsync<StragglerSweep>();
        (await BranchAsync(portal, project)).State.ShouldBe(BranchState.Merged);
        // What will not work there keeps its tag, and all else of the file is as it was.
        portal.Simulator.Production.Do(world => world.Code.FindFile(Of(world, project), Release, MoveWorld.File)!.Content).ShouldBe(OnDocker.Replace("build:\n  tags: [docker] ", "build:\n  tags: [k8s-default] ", StringComparison.Ordinal));
        await RunOnAsync(portal, project, maintainer, Release);
        RanOnRelease(portal, project, "build").ShouldBe(World.Executor.Kubernetes);

        // Until the last day on docker is long enough ago, seen by what ran.
        (await CaseAsync(portal, project)).Stage.ShouldBe(StragglerStage.Asked);
        for (var day = 0; day < 4; day++)
        {
            await portal.Simulator.AdvanceAsync(TimeSpan.FromDays(1));
            await CountAsync(portal);
        }

        await portal.RunAsync<StragglerSweep>();
        (await portal.Get<IStragglerStore>().ActiveAsync(Instance, default)).ShouldBeEmpty();
        var gone = (await portal.Get<IStragglerStore>().GoneAsync(Instance, 10, default)).ShouldHaveSingleItem();
        (await portal.Get<IStragglerStore>().StepsAsync([gone.Id], default))[gone.Id].Select(one => one.Stage).ShouldBe([StragglerStage.Selected, StragglerStage.Asked, StragglerStage.Gone]);
        Refused(await portal.Get<ChangeStraggler>().RunAsync(project, null, "late", Actor.Portal, default)).ShouldBe("not-in-campaign");
    }

    [Fact]
    public async Task ClosedByAPerson_IsNamedFromThenOn_AndNeverOpenedAgain()
    {
        await using var portal = await FallbackAsync(postgres);
        var (project, maintainer, _) = Straggler(portal);
        await RunOnAsync(portal, project, maintainer, Release);
        Done(await portal.Get<StartCampaign>().RunAsync(Wish(portal, [project]), Actor.Portal, default));
        await portal.RunAsync<StragglerSweep>();
        portal.Simulator.Production.Do(world => world.Apply(new UpdateMergeRequest((int)project.Number, Requests(portal, project).Single().Iid, Open: false)));

        await portal.RunAsync<StragglerSweep>();
        (await BranchAsync(portal, project)).ShouldSatisfyAllConditions(branch => branch.State.ShouldBe(BranchState.Declined), branch => branch.Why!.ShouldContain("was closed"));
        await portal.Simulator.AdvanceAsync(TimeSpan.FromDays(1));
        await portal.RunAsync<StragglerSweep>();
        Requests(portal, project).Count.ShouldBe(1);

        Done(await portal.Get<ChangeStraggler>().RunAsync(project, null, "they leave in May", Actor.Portal, default)).Stage.ShouldBe(StragglerStage.Handled);
        Refused(await portal.Get<ChangeStraggler>().RunAsync(project, null, "again", Actor.Portal, default)).ShouldBe("handled-already");
    }

    [Fact]
    public async Task TwoReplicasAtOnce_OpenOneMergeRequestABranch_WithinTheCap_AndMailOnce()
    {
        await using var portal = await FallbackAsync(postgres);
        var (project, maintainer, _) = Straggler(portal);
        Branch(portal, project, "release/2", OnDocker);
        foreach (var branch in (string[])[Release, "release/2"]) await RunOnAsync(portal, project, maintainer, branch);
        Done(await portal.Get<StartCampaign>().RunAsync(Wish(portal, [project]) with { MostOpen = 1 }, Actor.Portal, default));

        await using var other = portal.Replica();
        await Task.WhenAll(portal.Get<RunCampaign>().RunAsync(Instance, default), other.GetRequiredService<RunCampaign>().RunAsync(Instance, default));
        await portal.RunAsync<StragglerSweep>();
        Requests(portal, project).Count.ShouldBe(1);
        (await portal.Get<IPersonMails>().DueAsync(DateTimeOffset.MaxValue.AddDays(-1), 10, default)).Count.ShouldBe(1);
        var one = await CaseAsync(portal, project);
        (await portal.Get<IStragglerStore>().StepsAsync([one.Id], default))[one.Id].Select(step => step.Stage).ShouldBe([StragglerStage.Selected, StragglerStage.Asked]);

        // One that was merged makes room for the next.
        Merge(portal, project, maintainer);
        await portal.RunAsync<StragglerSweep>();
        Requests(portal, project).Select(request => request.TargetBranch).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Refs_ThatNoMergeRequestMends_SayWhy()
    {
        await using var portal = await FallbackAsync(postgres);
        var (project, _, _) = Straggler(portal);
        foreach (var (name, text) in ((string, string)[])
            [("by-variable", "build:\n  tags: [$RUNNER_TAG]\n  script: [make]\n"), ("by-gpu", "build:\n  tags: [gpu]\n  script: [make]\n"), ("right", "build:\n  script: [make]\n"), ("wrong", "build:\n  tags: [docker]\n")])
            Branch(portal, project, name, text);

        (await LookAsync("by-variable", "docker")).ShouldBeOfType<BranchFinding.Not>().Why.ShouldStartWith("Jobs on it take their tags from a variable");
        (await LookAsync("by-gpu", "gpu")).ShouldBeOfType<BranchFinding.Not>().Why.ShouldBe("build: Its tag gpu has no counterpart on Kubernetes yet.");
        // Jobs without tags run on Kubernetes by now.
        (await LookAsync("right", "docker")).ShouldBeOfType<BranchFinding.Right>();
        (await LookAsync("wrong", "docker")).ShouldBeOfType<BranchFinding.Not>().Why.ShouldStartWith("GitLab does not accept the configuration as it is");
        (await LookAsync("v1.0", "docker")).ShouldBeOfType<BranchFinding.Not>().Why.ShouldStartWith("There is no branch of this name");
        (await LookAsync("refs/merge-requests/*", "docker")).ShouldBeOfType<BranchFinding.Not>().Why.ShouldStartWith("Merge requests run what their branch holds");
        (await LookAsync("", "docker")).ShouldBeOfType<BranchFinding.Not>().Why.ShouldStartWith("It is not known");
        (await LookAsync(Release, "docker")).ShouldBeOfType<BranchFinding.Fixable>();
        portal.Simulator.Production.Do(world => world.Apply(new UpdateProject((int)project.Number, CiConfigPath: "ci.yml@platform/ci-templates"))).Refusal.ShouldBeNull();
        (await LookAsync(Release, "docker")).ShouldBeOfType<BranchFinding.Not>().Why.ShouldContain("ci.yml@platform/ci-templates");

        Task<BranchFinding> LookAsync(string name, string tag) =>
            portal.Get<LookAtBranch>().RunAsync(project, new StragglingRef(name, ["push"], [Domain.Shared.TagSet.Of(tag)], 3, default), new GitLabCaller.Portal(RequestPurpose.Projects), default);
    }

    [Fact]
    public async Task BeforeItsPhase_NobodyIsAsked_AndWithoutAnyNoneIsThere()
    {
        await using var portal = await OptInAsync(postgres);
        Refused(await portal.Get<StartCampaign>().RunAsync(Wish(portal, null), Actor.Portal, default)).ShouldBe("not-in-phase");
        await ReachAsync(portal);
        Refused(await portal.Get<StartCampaign>().RunAsync(Wish(portal, [new ProjectId(Instance, 987654)]), Actor.Portal, default)).ShouldBe("nobody-straggles");
        Refused(await portal.Get<StartCampaign>().RunAsync(Wish(portal, null) with { FinalAt = portal.Get<IWorldClock>().Now(Instance).AddDays(3) }, Actor.Portal, default)).ShouldBe("invalid-final-date");
    }

    /// <summary>In phase 3, <c>docker</c> not yet decided on: legacy runners keep it.</summary>
    private static async Task<SimulatedPortal> FallbackAsync(PostgresFixture postgres)
    {
        var portal = await OptInAsync(postgres);
        await ReachAsync(portal);
        await portal.RunAsync<HistorySweep>();
        Done(await portal.Get<SetTranslation>().RunAsync(Instance, "docker", "k8s-default", Actor.Portal, default));
        return portal;
    }

    private static async Task ReachAsync(SimulatedPortal portal)
    {
        var (migration, now) = (portal.Get<IMigrationStore>(), portal.Get<IWorldClock>().Now(Instance));
        var state = await migration.StateAsync(Instance, default);
        var reached = new PhaseReached(Phase.DockerFallback, null, null, false, now, 3, "phase 3");
        (await migration.SaveStateAsync(state with { Current = reached, History = [reached] }, default)).ShouldBeTrue();
    }

    /// <summary>A project whose release branch asks for docker; its default branch does not. It is protected: what somebody who is no maintainer wrote was brought there by one.</summary>
    private static (ProjectId Project, User Maintainer, User Committer) Straggler(SimulatedPortal portal)
    {
        var developed = portal.Simulator.Production.Do(world => world.Directory.Projects.Where(one => world.Directory.MembersOf(one).Any(member => member is { Level: AccessLevel.Developer, User: { IsAdmin: false, State: UserState.Active } })).Select(one => one.Id).ToHashSet());
        var (project, _, maintainer) = Choose(portal, (one, _) => developed.Contains(one.Id));
        var committer = portal.Simulator.Production.Do(world =>
        {
            var found = Of(world, project);
            var developer = world.Directory.Users.First(user => user is { IsAdmin: false, State: UserState.Active } && world.Directory.AccessTo(user, found) == AccessLevel.Developer);
            world.Apply(new CreateCommit(found.Id, found.DefaultBranch, "CI", [new FileAction(FileActionKind.Update, MoveWorld.File, "build:\n  tags: [k8s-default]\n  script: [make]\n")], 1)).Refusal.ShouldBeNull();
            world.Apply(new CreateCommit(found.Id, Release, "Release", [new FileAction(FileActionKind.Update, MoveWorld.File, OnDocker)], maintainer.Id, found.DefaultBranch, AuthorName: developer.Name, AuthorEmail: developer.Email)).Refusal.ShouldBeNull();
            return developer;
        });
        return (project, maintainer, committer);
    }

    private static void Branch(SimulatedPortal portal, ProjectId project, string name, string text) => portal.Simulator.Production.Do(world =>
        world.Apply(new CreateCommit((int)project.Number, name, "CI", [new FileAction(FileActionKind.Update, MoveWorld.File, text)], 1, Of(world, project).DefaultBranch))).Refusal.ShouldBeNull();

    private static CampaignWish Wish(SimulatedPortal portal, IReadOnlyCollection<ProjectId>? projects) =>
        new(Instance, projects, null, null, 7, portal.Get<IWorldClock>().Now(Instance).AddDays(30), 1, 20, "docker ends");

    private static async Task RunOnAsync(SimulatedPortal portal, ProjectId project, User user, string branch)
    {
        portal.Simulator.Production.Do(world => world.Apply(new RunPipeline((int)project.Number, branch, user.Id))).Refusal.ShouldBeNull();
        for (var hour = 0; hour < 3; hour++)
        {
            await portal.Simulator.AdvanceAsync(TimeSpan.FromHours(1));
            await CountAsync(portal);
        }
    }

    private static async Task CountAsync(SimulatedPortal portal)
    {
        await portal.RunAsync<JobSweep>();
        await portal.RunAsync<DigestSweep>();
    }

    private static async Task<StragglerCase> CaseAsync(SimulatedPortal portal, ProjectId project) => (await portal.Get<IStragglerStore>().ActiveAsync(Instance, default)).Single(one => one.Project == project);

    private static async Task<StragglerBranch> BranchAsync(SimulatedPortal portal, ProjectId project) => (await portal.Get<IStragglerStore>().BranchesAsync(Instance, [project], default)).Single(one => one.Ref == Release);

    private static List<World.MergeRequest> Requests(SimulatedPortal portal, ProjectId project) => portal.Simulator.Production.Do(world => Of(world, project).Repository.MergeRequests.Where(one => one.Title.StartsWith("Run CI jobs of", StringComparison.Ordinal)).ToList());

    private static World.Executor? RanOnRelease(SimulatedPortal portal, ProjectId project, string name) =>
        portal.Simulator.Production.Do(world => world.Jobs.OfProject(Of(world, project), null, null, 0, 50).Where(job => job.Name == name && job.Pipeline.Ref == Release && job.RanOn is not null).MaxBy(job => job.Id)!.RanOn);

    private static UserId Id(User user) => new(Instance, user.Id);
}
