using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.World;

namespace MigrationPortal.Infrastructure.Tests.Cohorts;

/// <summary>What people do in <see cref="CohortStoryTests"/>, and what the world says afterwards.</summary>
internal sealed class CohortStory(SimulatedPortal portal)
{
    public static readonly InstanceId Instance = SimulatedPortal.Production;
    public static readonly Actor Admin = new(ActorKind.User, $"{Instance}/1");

    public async Task ReachOptInAsync()
    {
        await portal.RunAsync<ProjectSweep>();
        await portal.RunAsync<FleetSweep>();
        Done(await portal.Get<ConfirmRoles>().RunAsync(Instance, Admin, default));
        await portal.RunAsync<FleetSweep>();
        await portal.RunAsync<JobSweep>();
        // The draw is of projects with jobs: all of the past has to be known.
        for (string? said = null, before = ""; said != before;) (before, said) = (said, (await portal.RunAsync<HistorySweep>()).Said);
        Done(await portal.Get<SetFallbackTag>().RunAsync(Instance, "docker-fallback", Admin, default));
        foreach (var tag in (string[])["docker", "linux"]) Done(await portal.Get<SetTranslation>().RunAsync(Instance, tag, "k8s-default", Admin, default));
        await ReachAsync(new PlanTarget.ToPhase(Phase.Prepare, null, null));
        await ReachAsync(new PlanTarget.ToPhase(Phase.OptIn, null, null));
        await portal.ScanAllAsync();
    }

    /// <summary>Plans, applies and carries out, as an admin would; time goes on while a step waits for a job to show that it works.</summary>
    public async Task<Plan> ReachAsync(PlanTarget target)
    {
        await portal.RunAsync<ConnectionSweep>();
        var plan = Done(await portal.Get<PlanPhase>().RunAsync(Instance, target, Admin, default));
        Done(await portal.Get<ApplyPlan>().RunAsync(new ApplyRequest(plan.Id, Admin, "story", null, [.. plan.Blockers.Select(one => one.Override).OfType<string>()], null), default));
        for (var turn = 0; turn < 60; turn++)
        {
            var report = await portal.Get<RunOperation>().RunAsync(Instance, default);
            if (report.Operation is null or { State: OperationState.Succeeded }) break;
            if (report.Operation.State.IsEnd() || report.Operation.State == OperationState.Halted) throw new InvalidOperationException($"{plan.Title}: {report.Operation}");
            await portal.Simulator.AdvanceAsync(TimeSpan.FromMinutes(2));
            await portal.RunAsync<JobSweep>();
        }

        await portal.RunAsync<FleetSweep>();
        return plan;
    }

    /// <returns>Projects whose people are asked.</returns>
    public async Task<IReadOnlyList<ProjectId>> SendAsync(decimal percent)
    {
        var cohort = Done(await portal.Get<CreateCohort>().RunAsync(Instance, new CohortWish("first", "story-of-sixty-projects", GroupCaps.None, new Dictionary<long, string>()), Admin, default));
        var wave = Done(await portal.Get<PreviewWave>().PlanAsync(Instance, cohort.Id, percent, WaveStart.ByHand, null, Admin, default));
        Done(await portal.Get<PreviewWave>().RunAsync(Instance, cohort.Id, wave.Number, Admin, default));
        Done(await portal.Get<SendWave>().RunAsync(Instance, cohort.Id, wave.Number, Admin, default));
        return [.. (await portal.Get<IEnrollmentStore>().InStateAsync(Instance, EnrollmentState.Invited, default)).Select(one => one.Project)];
    }

    /// <summary>Every fifth says no.</summary>
    public async Task<IReadOnlyDictionary<ProjectId, Enrollment>> AnswerAsync(IReadOnlyList<ProjectId> asked)
    {
        var answers = new Dictionary<ProjectId, Enrollment>();
        foreach (var (at, project) in asked.Index())
            answers[project] = Done(await portal.Get<AnswerInvitation>().RunAsync(project, at % 5 != 4, null, Person(project).Actor, default));
        return answers;
    }

    /// <summary>By the way that moves most jobs, in the name of each project's own maintainer; what GitLab or the portal refuses stays where it is.</summary>
    public async Task<IReadOnlyDictionary<ProjectId, Tried>> MoveAsync(IEnumerable<Enrollment> accepted, EnrollmentTarget target = EnrollmentTarget.Kubernetes)
    {
        var moved = new Dictionary<ProjectId, Tried>();
        foreach (var project in accepted.Select(one => one.Project)) moved[project] = await MoveAsync(project, target);
        return moved;
    }

    public async Task<Tried> MoveAsync(ProjectId project, EnrollmentTarget target)
    {
        var outlook = await portal.Get<ReadMove>().RunAsync(project, target, default);
        if (outlook?.Ways.FirstOrDefault(way => way.IsOffered) is not { } way) return new(null, outlook?.Plan, $"no way: {string.Join(' ', outlook?.Ways.Select(one => one.Why) ?? ["not scanned"])}");
        var (actor, token) = Person(project);
        return (await portal.Get<MoveProject>().RunAsync(new MoveWish(project, target, way.Way, null, "story"), token, actor, default))
            .Match(done => new Tried(done.Enrollment, done.Plan, null), no => new Tried(null, outlook.Plan, $"{no.Code}: {string.Join(' ', no.Reasons)}"));
    }

    public async Task LiveAsync(TimeSpan time)
    {
        for (var lived = TimeSpan.Zero; lived < time; lived += TimeSpan.FromHours(2))
        {
            await portal.Simulator.AdvanceAsync(TimeSpan.FromHours(2));
            await portal.RunAsync<JobSweep>();
            await portal.RunAsync<MoveSweep>();
        }
    }

    public IReadOnlyDictionary<ProjectId, string> FilesNow() => portal.Simulator.Production.Do(world => world.Directory.Projects.Where(one => one.Repository.FindBranch(one.DefaultBranch) is not null)
        .ToDictionary(one => new ProjectId(Instance, one.Id), one => string.Join('\0', one.Repository.FindBranch(one.DefaultBranch)!.Files.Values.Select(file => $"{file.Path}\0{file.Content}"))));

    /// <summary>Of every project, that ran on an instance runner, in pipelines since then: what people registered for themselves is no part of this.</summary>
    public IReadOnlyList<Ran> Jobs(DateTimeOffset since) => portal.Simulator.Production.Do(world =>
    {
        var jobs = new List<Ran>();
        for (var id = 1L; world.Jobs.Find(id) is { } job; id++)
        {
            if (job is not { RanOn: { } executor, Runner.Type: World.RunnerType.Instance } || job.Pipeline.CreatedAt < since) continue;
            jobs.Add(new Ran(new ProjectId(Instance, job.Project.Id), job.Name, string.Join(',', job.Tags), executor == World.Executor.Kubernetes, TruthBook.WouldMeet(job).Bites >= 1, job.Ref, job.Pipeline.CreatedAt));
        }

        return jobs;
    });

    /// <summary>By project: since when the world has what the portal changed there for this target, by merge or by variable.</summary>
    public IReadOnlyDictionary<ProjectId, DateTimeOffset> ChangedSince(IReadOnlyDictionary<ProjectId, Tried> tried, DateTimeOffset began, string branch) => portal.Simulator.Production.Do(world =>
    {
        var since = new Dictionary<ProjectId, DateTimeOffset>();
        foreach (var (project, one) in tried.Where(one => one.Value.No is null))
        {
            if (one.Enrollment!.Way == EnrollmentWay.Variable) since[project] = began;
            else if (Of(world, project).Repository.MergeRequests.FirstOrDefault(request => request.SourceBranch.StartsWith(branch, StringComparison.Ordinal))?.MergedAt is { } merged) since[project] = merged;
        }

        return since;
    });

    /// <summary>What nobody has looked at in all that time.</summary>
    public void MergeOpen(IEnumerable<ProjectId> projects)
    {
        foreach (var project in projects)
            if (portal.Simulator.Production.Do(world => Of(world, project).Repository.MergeRequests.Any(one => one.State == World.MergeRequestState.Opened))) Merge(project);
    }

    /// <summary>The newest open merge request of the project, by its maintainer; the world's people might close it.</summary>
    public void Merge(ProjectId project) => portal.Simulator.Production.Do(world =>
        world.Apply(new AcceptMergeRequest((int)project.Number, Of(world, project).Repository.MergeRequests.Last(one => one.State == World.MergeRequestState.Opened).Iid, Maintainer(world, project).Id))).Refusal.ShouldBeNull();

    public void Run(ProjectId project) => portal.Simulator.Production.Do(world => world.Apply(new RunPipeline((int)project.Number, Of(world, project).DefaultBranch, Maintainer(world, project).Id))).Refusal.ShouldBeNull();

    public string PathOf(ProjectId project) => portal.Simulator.Production.Do(world => Of(world, project).FullPath);

    public Task<Enrollment> ReturnAsync(ProjectId project) => OutcomeOf(portal.Get<ReturnProject>().RunAsync(project, "story", Person(project).Token, Person(project).Actor, default));

    public async Task<EnrollmentState?> StateAsync(ProjectId project) => (await portal.Get<IEnrollmentStore>().NewestAsync(project, default))?.State;

    private static async Task<T> OutcomeOf<T>(Task<Outcome<T>> outcome) => Done(await outcome);

    private static World.Project Of(GitLabWorld world, ProjectId project) => world.Directory.Projects.Single(one => one.Id == project.Number);

    private static User Maintainer(GitLabWorld world, ProjectId project) =>
        world.Directory.Users.First(one => one is { IsAdmin: false, State: UserState.Active } && world.Directory.AccessTo(one, Of(world, project)) >= AccessLevel.Maintainer);

    private (Actor Actor, PersonToken Token) Person(ProjectId project) => portal.Simulator.Production.Do(world =>
    {
        var user = Maintainer(world, project);
        return (new Actor(ActorKind.User, $"{Instance}/{user.Id}"), new PersonToken(portal.Simulator.TokenOf(user)));
    });

    public static T Done<T>(Outcome<T> outcome) => outcome.Match(done => done, no => throw new InvalidOperationException($"{no.Code}: {string.Join(' ', no.Reasons)}"));

    /// <param name="No">Why it does not move; null when it does.</param>
    internal sealed record Tried(Enrollment? Enrollment, MovePlan? Plan, string? No);

    /// <param name="OnKubernetes">As the world knows it.</param>
    /// <param name="WouldFail">Kubernetes refuses something in it each time, as the world knows it.</param>
    internal sealed record Ran(ProjectId Project, string Name, string Tags, bool OnKubernetes, bool WouldFail, string Ref, DateTimeOffset At);
}
