using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.TwinRuns;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts.TwinRuns;

/// <summary>How long a twin run is waited for, and what of it is believed.</summary>
public sealed class FollowTwinsTests : IPipelineDesk, IProjectDesk, IWorldClock, IPortalHand, IPortalEvents
{
    private static readonly ProjectId Project = new(Make.Production, 7);
    private readonly MemoryTwins twins = new();
    private readonly List<string> canceled = [];
    private DateTimeOffset now = Make.Now;
    private BranchHead? head;
    private SeenPipeline? pipeline;
    private PipelineJob[] jobs = [];
    private Refusal? hidden;
    private int asked;

    [Fact]
    public async Task NothingMade_IsGivenUp_AfterAQuarterOfAnHour()
    {
        await AddAsync(TwinState.Preparing, TwinBranch.Unmade);
        (await FollowAsync()).State.ShouldBe(TwinState.Preparing);
        now += TimeSpan.FromMinutes(16);
        var run = await FollowAsync();
        (run.State, run.BranchState, run.Reason).ShouldBe((TwinState.Failed, TwinBranch.Unmade, "it was cut off before anything was made"));
    }

    [Fact]
    public async Task AnotherRunsBranchOfThatName_IsNotTakenForItsOwn()
    {
        await AddAsync(TwinState.Preparing, TwinBranch.Unmade);
        head = new BranchHead("b", "c0ffee", "Run lint on docker and on Kubernetes (twin run 99)");
        (await FollowAsync()).State.ShouldBe(TwinState.Preparing);
        head = head with { CommitTitle = twins.All[0].CommitTitle };
        var run = await FollowAsync();
        (run.State, run.BranchState, run.BranchCommit).ShouldBe((TwinState.Running, TwinBranch.There, "c0ffee"));
    }

    [Fact]
    public async Task NoPipeline_IsGivenUp_AndTheBranchDeleted()
    {
        await AddAsync(TwinState.Running, TwinBranch.There);
        head = new BranchHead("b", "made", null);
        pipeline = new SeenPipeline(3, "another commit", false, "");
        (await FollowAsync()).State.ShouldBe(TwinState.Running);
        now += TimeSpan.FromMinutes(16);
        var run = await FollowAsync();
        (run.State, run.BranchState, run.Reason).ShouldBe((TwinState.Failed, TwinBranch.Gone, "GitLab has made no pipeline for the branch"));
    }

    [Fact]
    public async Task TooLong_IsCanceled_AndGivenUp()
    {
        await AddAsync(TwinState.Running, TwinBranch.There);
        (head, pipeline, jobs) = (new BranchHead("b", "made", null), new SeenPipeline(3, "made", false, ""), [Job(1, "lint (docker)", JobStatus.Running, 1), Job(2, "lint (Kubernetes)", JobStatus.Pending, null)]);
        (await FollowAsync()).Docker!.Status.ShouldBe(JobStatus.Running);
        now += FollowTwins.Longest + TimeSpan.FromMinutes(1);
        (await FollowAsync()).Reason.ShouldBe("it had not ended after 6 hours");
        canceled.ShouldBe(["3"]);
    }

    [Fact]
    public async Task ProjectThatIsGone_IsWaitedForAsLong_AndThenGivenUp()
    {
        await AddAsync(TwinState.Running, TwinBranch.There);
        hidden = Refusal.Of(DeskCode.NotFound, "404 Project Not Found");
        (await FollowAsync()).State.ShouldBe(TwinState.Running);
        now += FollowTwins.Longest + TimeSpan.FromMinutes(1);
        var run = await FollowAsync();
        (run.State, run.Reason).ShouldBe((TwinState.Failed, "GitLab does not show it to the portal: 404 Project Not Found"));
        // What cannot be cleared is not asked for without end.
        now += TimeSpan.FromDays(2);
        asked = 0;
        (await FollowAsync()).BranchState.ShouldBe(TwinBranch.There);
        asked.ShouldBe(0);
    }

    [Theory]
    [InlineData(1, 2, JobStatus.Success, JobStatus.Success, true)]
    [InlineData(1, 2, JobStatus.Canceled, JobStatus.Success, false)]
    [InlineData(1, 1, JobStatus.Success, JobStatus.Success, false)]
    [InlineData(1, null, JobStatus.Success, JobStatus.Failed, false)]
    [InlineData(1, 99, JobStatus.Success, JobStatus.Success, false)]
    public async Task Ended_IsAPair_WhenBothRanToTheirEnd_EachWhereItWasMeantTo(int docker, int? kubernetes, JobStatus first, JobStatus second, bool pair)
    {
        await AddAsync(TwinState.Running, TwinBranch.There);
        (pipeline, jobs) = (new SeenPipeline(3, "made", true, ""), [Job(1, "lint (docker)", first, docker), Job(2, "lint (Kubernetes)", second, kubernetes), Job(5, "lint (docker)", JobStatus.Failed, docker)]);
        var run = await FollowAsync();
        (run.State, run.IsPair, run.Docker!.Job).ShouldBe((TwinState.Ended, pair, 1));
        (await FollowAsync()).Version.ShouldBe(run.Version, "run twice, it changes nothing the second time");
    }

    [Fact]
    public async Task Pairs_CountTheFirstOfAJobAndCommit_AndWhatDiffers()
    {
        foreach (var (job, commit, docker, kubernetes) in new[]
        {
            ("a", "1", JobStatus.Success, JobStatus.Failed), ("a", "1", JobStatus.Success, JobStatus.Success), ("a", "2", JobStatus.Failed, JobStatus.Success), ("b", "1", JobStatus.Failed, JobStatus.Failed), ("c", "1", JobStatus.Success, JobStatus.Skipped),
        }) await twins.AddAsync(Run(TwinState.Ended, TwinBranch.Gone) with { Job = job, Commit = commit, Docker = Half(docker, "docker"), Kubernetes = Half(kubernetes, "kubernetes") }, default);
        var known = await new ReadTwins(twins, null!).PairsAsync(Make.Production, now.AddDays(-1), default);
        (known.Counts.Pairs, known.Counts.OnlyKubernetes, known.Counts.OnlyDocker, known.Counts.Difference).ShouldBe((3, 1, 1, 0));
        known.Limits!.Value.Low.ShouldBe(-known.Limits.Value.High, 1e-9, "as many of each");
        known.Chance!.Value.ShouldBe(0.75, 1e-9, "one of two or more");
        new TwinPairs([]).ShouldSatisfyAllConditions(none => none.Limits.ShouldBeNull(), none => none.Chance.ShouldBeNull());
    }

    private async Task AddAsync(TwinState state, TwinBranch branch) => await twins.AddAsync(Run(state, branch), default);

    private async Task<TwinRun> FollowAsync()
    {
        var steps = new TwinSteps(twins, new MemoryAudit(), this, this);
        var fleet = new MemoryFleet(Make.Fleet(Make.Legacy(1, "linux"), Make.Kubernetes(2, "k8s-default")));
        await new FollowTwins(twins, this, fleet, null!, new TwinBranches(this, steps), steps, this, this).RunAsync(Make.Production, default);
        return twins.All[0];
    }

    private TwinRun Run(TwinState state, TwinBranch branch) => new(
        0, Project, "lint", "0123456789", "migration-portal/twin-lint-01234567", [], ["k8s-default"], [], [], state, branch, branch == TwinBranch.Unmade ? null : "made", null, null, null, null, Make.Admin, now, now, 0);

    private static PipelineJob Job(long number, string name, JobStatus status, int? runner) => new(number, name, status, null, runner, runner is null ? null : "s_1", 1, 2, "");

    private static TwinHalf Half(JobStatus status, string executor) => new(1, status, null, 1, new Executor(executor), null, null, "");

    Task<Outcome<IReadOnlyList<SeenPipeline>>> IPipelineDesk.OfBranchAsync(GitLabCaller caller, ProjectId project, string branch, CancellationToken cancel) => Task.FromResult(hidden is { } no ? (Outcome<IReadOnlyList<SeenPipeline>>)no : pipeline is null ? new List<SeenPipeline>() : new List<SeenPipeline> { pipeline });

    Task<Outcome<IReadOnlyList<PipelineJob>>> IPipelineDesk.JobsAsync(GitLabCaller caller, ProjectId project, long number, CancellationToken cancel) => Task.FromResult<Outcome<IReadOnlyList<PipelineJob>>>(jobs.ToList());

    Task<Outcome<SeenPipeline>> IPipelineDesk.CancelAsync(PersonToken person, ProjectId project, long number, CancellationToken cancel)
    {
        canceled.Add($"{number}");
        return Task.FromResult<Outcome<SeenPipeline>>(pipeline! with { HasEnded = true });
    }

    Task<Outcome<CiLint>> IProjectDesk.LintAsync(PersonToken person, ProjectId project, string content, string reference, bool dryRun, CancellationToken cancel) => throw new NotSupportedException();

    Task<Outcome<string>> IProjectDesk.CommitAsync(PersonToken person, ProjectId project, NewCommit commit, CancellationToken cancel) => throw new NotSupportedException();

    Task<Outcome<BranchHead?>> IProjectDesk.BranchAsync(GitLabCaller caller, ProjectId project, string branch, CancellationToken cancel)
    {
        asked++;
        return Task.FromResult(hidden is { } no ? no : (Outcome<BranchHead?>)new Outcome<BranchHead?>.Done(head));
    }

    Task<Outcome<bool>> IProjectDesk.DeleteBranchAsync(PersonToken person, ProjectId project, string branch, CancellationToken cancel)
    {
        head = null;
        return Task.FromResult<Outcome<bool>>(true);
    }

    DateTimeOffset IWorldClock.Now(InstanceId instance) => now;

    double IWorldClock.Speed(InstanceId instance) => 1;

    PersonToken? IPortalHand.Of(InstanceId instance) => new("of-the-portal");

    IDisposable IPortalEvents.Subscribe(Func<PortalEvent, Task> handler) => throw new NotSupportedException();

    Task IPortalEvents.PublishAsync(PortalEvent happened, CancellationToken cancel) => Task.CompletedTask;
}
