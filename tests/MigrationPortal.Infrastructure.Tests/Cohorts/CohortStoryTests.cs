using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Graduation;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Testing;
using MigrationPortal.World;

namespace MigrationPortal.Infrastructure.Tests.Cohorts;

/// <summary>
/// A cohort from its draw through the takeover, in a world of sixty projects whose people merge, close or forget merge requests
/// by themselves. What ran where is asked of the world for every job of every project, never of the portal.
/// </summary>
public sealed class CohortStoryTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private static readonly WorldOptions Sixty = WorldOptions.Small with
    {
        Projects = 60,
        Users = 60,
        JobsPerWorkday = 1500,
        Now = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero),
    };

    [Fact]
    public async Task Cohort_MovesItsReadyJobsAlone_PinsStayThroughTheTakeover_AndReturnedOnesAreAsTheyWere()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres, world: Sixty);
        var story = new CohortStory(portal);
        await story.ReachOptInAsync();
        var before = story.FilesNow();
        story.Jobs(default).Count(job => job.OnKubernetes).ShouldBe(0, "nobody runs there before anybody is asked");

        // Drawn, asked, and answered by each project's own people; then the coin.
        var asked = await story.SendAsync(40);
        var answers = await story.AnswerAsync(asked);
        var (now, waiting) = (answers.Values.Where(one => one.Coin == CoinSide.Now).ToList(), answers.Values.Where(one => one.Coin == CoinSide.Waitlist).Select(one => one.Project).ToList());
        output.WriteLine($"{asked.Count} asked: {now.Count} now, {waiting.Count} wait");
        now.Count.ShouldBeGreaterThan(4);
        waiting.Count.ShouldBeGreaterThan(4);

        var began = portal.Simulator.Now;
        var tried = await story.MoveAsync(now);
        output.WriteLine(string.Join("\n", tried.Where(one => one.Value.No is not null).Select(one => $"{one.Key}: {one.Value.No}")));
        await story.LiveAsync(TimeSpan.FromHours(20));
        story.MergeOpen(tried.Keys);
        await story.LiveAsync(TimeSpan.FromHours(8));
        var moved = story.ChangedSince(tried, began, "migrationportal/to-kubernetes");
        moved.Count.ShouldBeGreaterThan(3);
        OptInHolds(story.Jobs(began), tried, moved);

        // One goes back, a volunteer stays: both by merge request, in their own people's names.
        var returned = moved.Keys.First(one => tried[one].Enrollment!.Way == EnrollmentWay.MergeRequest);
        (await story.ReturnAsync(returned)).State.ShouldBe(EnrollmentState.Returning);
        story.Merge(returned);
        var pinned = await PinAsync(portal, story, [.. before.Keys.Except(asked)]);
        await story.LiveAsync(TimeSpan.FromHours(4));
        (await story.StateAsync(returned)).ShouldBe(EnrollmentState.Returned);
        (await portal.Get<IEnrollmentStore>().ActiveAsync(pinned, default))!.IsPin.ShouldBeTrue();
        story.FilesNow()[returned].ShouldBe(before[returned]);

        await story.ReachAsync(new PlanTarget.ToPhase(Phase.UntaggedTakeover, 100, 100));
        await story.LiveAsync(TimeSpan.FromHours(2));
        var narrows = await story.ReachAsync(new PlanTarget.ToPhase(Phase.UntaggedTakeover, 100, 0));
        narrows.Warnings.ShouldContain(one => one.Code == "pins-verified" && one.Message.Contains(story.PathOf(pinned), StringComparison.Ordinal));
        var taken = portal.Simulator.Now;
        await portal.RunAsync<CohortSweep>();
        foreach (var project in waiting) (await story.StateAsync(project)).ShouldBe(EnrollmentState.Accepted, "nobody waits once all move");
        foreach (var project in (ProjectId[])[returned, pinned, .. tried.Keys]) story.Run(project);
        await story.LiveAsync(TimeSpan.FromHours(20));

        TakeoverHolds(story.Jobs(taken), tried, moved, pinned);
        var after = story.FilesNow();
        after[returned].ShouldBe(before[returned]);
        foreach (var project in before.Keys.Except(tried.Keys).Where(one => one != pinned)) after[project].ShouldBe(before[project], "nobody else's file is touched");
    }

    /// <summary>From the phase docker fallback on the opt-in goes: whose jobs Kubernetes takes without it gets its old file back, to the byte, and stays there.</summary>
    [Fact]
    public async Task Graduation_TakesTheOptInOut_AndJobsStayOnKubernetes()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres, world: Sixty);
        var story = new CohortStory(portal);
        await story.ReachOptInAsync();
        var before = story.FilesNow();
        var answers = await story.AnswerAsync(await story.SendAsync(40));
        var tried = await story.MoveAsync(answers.Values.Where(one => one.Coin == CoinSide.Now));
        foreach (var (project, one) in tried) if (one is { No: null, Enrollment.Way: EnrollmentWay.MergeRequest }) story.Merge(project);
        await story.LiveAsync(TimeSpan.FromHours(6));
        foreach (var tag in (string[])["docker", "linux"]) CohortStory.Done(await portal.Get<DecideTag>().RunAsync(CohortStory.Instance, tag, TagDecision.Adopt, CohortStory.Admin, default));
        await story.ReachAsync(new PlanTarget.ToPhase(Phase.UntaggedTakeover, 100, 0));
        await story.ReachAsync(new PlanTarget.ToPhase(Phase.DockerFallback, null, null));
        await portal.ScanAllAsync();

        var outlook = await portal.Get<ReadGraduation>().RunAsync(CohortStory.Instance, default);
        var (ready, held) = (outlook.Moved.Where(one => one.CanGraduate).Select(one => one.Enrollment).ToList(), outlook.Moved.Where(one => !one.CanGraduate).ToList());
        output.WriteLine($"{ready.Count} can graduate; {string.Join("; ", held.Select(one => $"{one.Path}: {string.Join(' ', one.WhyNot)}"))}");
        (ready.Count, held.Count).ShouldSatisfyAllConditions(counts => counts.Item1.ShouldBeGreaterThan(2), counts => counts.Item2.ShouldBeGreaterThan(0));
        CohortStory.Done(await portal.Get<RunGraduation>().StartAsync(CohortStory.Instance, 50, "story", CohortStory.Admin, default));
        await portal.RunAsync<GraduationSweep>();
        foreach (var one in ready.Where(one => one.Way == EnrollmentWay.MergeRequest)) story.Merge(one.Project);
        await portal.RunAsync<MoveSweep>();
        await portal.RunAsync<GraduationSweep>();
        foreach (var one in ready) (await story.StateAsync(one.Project)).ShouldBe(EnrollmentState.Graduated);
        var since = portal.Simulator.Now;
        foreach (var one in ready) story.Run(one.Project);
        await story.LiveAsync(TimeSpan.FromHours(8));

        var (after, graduated) = (story.FilesNow(), ready.Select(one => one.Project).ToHashSet());
        foreach (var one in ready) after[one.Project].ShouldBe(before[one.Project]);
        foreach (var one in held) after[one.Enrollment.Project].ShouldNotBe(before[one.Enrollment.Project], "what would not work is left as it is");
        var ran = story.Jobs(since).Where(job => graduated.Contains(job.Project)).ToList();
        ran.Count.ShouldBeGreaterThan(ready.Count);
        foreach (var job in ran) job.Tags.ShouldNotContain("k8s", Case.Sensitive, $"{job}");
        // An adopted tag that a used set mixes with one that stays is on docker's runners too, and whoever asks first gets the job.
        foreach (var job in ran.Where(job => job.Tags.Length == 0)) job.OnKubernetes.ShouldBeTrue($"{job}");
        ran.ShouldContain(job => job.OnKubernetes && job.Tags.Length == 0);
    }

    /// <summary>Jobs of moved projects that were to move, and no others.</summary>
    private static void OptInHolds(IReadOnlyList<CohortStory.Ran> jobs, IReadOnlyDictionary<ProjectId, CohortStory.Tried> tried, IReadOnlyDictionary<ProjectId, DateTimeOffset> moved)
    {
        // A merge request shows what it does before it is merged: its own branch runs as it says.
        foreach (var job in jobs.Where(job => !job.Ref.StartsWith("migrationportal/", StringComparison.Ordinal)))
        {
            var isMoved = moved.TryGetValue(job.Project, out var since) && job.At > since;
            var change = isMoved ? tried[job.Project].Plan!.Jobs.FirstOrDefault(one => one.Name == job.Name) : null;
            if (change is not null) job.OnKubernetes.ShouldBe(change.Kind is JobChangeKind.Moves or JobChangeKind.There, $"{job}");
            if (!moved.ContainsKey(job.Project) || job.At < since) job.OnKubernetes.ShouldBeFalse($"{job}");
            if (job.WouldFail) job.OnKubernetes.ShouldBeFalse($"{job}");
        }

        jobs.Count(job => job.OnKubernetes).ShouldBeGreaterThan(50);
        jobs.Count(job => job.WouldFail && moved.TryGetValue(job.Project, out var since) && job.At > since).ShouldBeGreaterThan(0, "some moved projects have jobs that must stay");
    }

    /// <summary>Untagged jobs moved everywhere; whoever is pinned, as a project or job by job, is where they were.</summary>
    private static void TakeoverHolds(IReadOnlyList<CohortStory.Ran> jobs, IReadOnlyDictionary<ProjectId, CohortStory.Tried> tried, IReadOnlyDictionary<ProjectId, DateTimeOffset> moved, ProjectId pinned)
    {
        foreach (var job in jobs.Where(job => job.Tags.Length == 0)) job.OnKubernetes.ShouldBeTrue($"{job}");
        var stayed = jobs.Where(job => job.Project == pinned && !job.Ref.StartsWith("migrationportal/", StringComparison.Ordinal)).ToList();
        stayed.ShouldNotBeEmpty();
        foreach (var job in stayed) job.OnKubernetes.ShouldBeFalse($"{job}");
        var kept = jobs.Where(job => moved.ContainsKey(job.Project) && tried[job.Project].Plan!.Jobs.Any(one => one.Name == job.Name && one.Kind == JobChangeKind.Pinned) && job.Tags.Length > 0).ToList();
        kept.ShouldNotBeEmpty();
        foreach (var job in kept) (job.OnKubernetes, job.Tags).ShouldBe((false, "docker-fallback"), $"{job}");
    }

    /// <summary>A project whose jobs are all untagged and that was never asked.</summary>
    private static async Task<ProjectId> PinAsync(SimulatedPortal portal, CohortStory story, IReadOnlyList<ProjectId> others)
    {
        foreach (var project in others)
        {
            var outlook = await portal.Get<ReadMove>().RunAsync(project, EnrollmentTarget.Docker, default);
            if (outlook is null || outlook.Plan.Jobs.Any(job => job.From.Count > 0 || job.Kind != JobChangeKind.Moves)) continue;
            if ((await story.MoveAsync(project, EnrollmentTarget.Docker)).No is not null) continue;
            story.Merge(project);
            await portal.RunAsync<MoveSweep>();
            story.Run(project);
            return project;
        }

        throw new InvalidOperationException("No project could be pinned.");
    }
}
