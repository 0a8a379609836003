using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;
using static MigrationPortal.Domain.Tests.Cohorts.CohortPortal;

namespace MigrationPortal.Domain.Tests.Cohorts.Moves;

/// <summary>GitLab keeps one switch and not the other: never is a project left without a runner.</summary>
public sealed class PairSwitchTests : IProjectReader, IRunnerDesk, IPortalHand
{
    private const long Kubernetes = 101;
    private static readonly ProjectId Project = new(Make.Production, 7);
    private static readonly PersonToken Person = new("theirs");

    private readonly List<long> assigned = [];
    private bool instance = true;
    private bool group = true;
    private bool keepsGroup;
    private bool keepsInstance = true;
    private bool letsGo = true;

    [Fact]
    public async Task HalfKept_IsTakenBackWhole()
    {
        var no = No(await ApplyAsync());

        no.Code.ShouldBe(DeskCode.ChangedMeanwhile);
        (instance, group, assigned.Count).ShouldBe((true, true, 0));
    }

    [Fact]
    public async Task BothKept_IsDone()
    {
        keepsGroup = true;

        Done(await ApplyAsync()).ShouldBeOfType<MoveProgress.Done>();

        (instance, group).ShouldBe((false, false));
        assigned.ShouldBe([Kubernetes]);
    }

    /// <summary>GitLab does not switch instance runners on again: then the pair stays, for its jobs would find none.</summary>
    [Fact]
    public async Task HalfKept_AndNotTakenBack_KeepsThePair_AndSaysSo()
    {
        keepsInstance = false;

        var no = No(await ApplyAsync());

        no.Code.ShouldBe(DeskCode.PartlyDone);
        instance.ShouldBeFalse();
        assigned.ShouldBe([Kubernetes]);
    }

    [Fact]
    public async Task Runner_ThatDoesNotLeave_IsSaid()
    {
        letsGo = false;

        No(await ApplyAsync()).Code.ShouldBe(DeskCode.PartlyDone);

        (instance, group).ShouldBe((true, true));
        assigned.ShouldBe([Kubernetes]);
    }

    private Task<Outcome<MoveProgress>> ApplyAsync()
    {
        var team = Make.Runner(56, null, Make.Attributes("team", untagged: true), type: RunnerType.Group, groups: [3]);
        var plan = PairMoveTests.Plan(EnrollmentTarget.Kubernetes, "build:", "", PairMoveTests.Pair(), team);
        var record = new PairRecord(true, true, [new(Kubernetes, true, false), new(102, false, false)]);
        var moving = new Enrollment(1, Project, EnrollmentTarget.Kubernetes, EnrollmentKind.Volunteer, EnrollmentWay.ProjectRunner, EnrollmentState.Moving, null, null, Make.Admin, Make.Now, 1) { Original = record.Write() };
        return new MoveByRunnerPair(this, new PairAssigning(this, this), this).ApplyAsync(moving, plan, Person, default);
    }

    private ProjectSettings Settings() => new(Project, "team/app", "https://gitlab.example/team/app", "main", null, instance, group, true, false);

    Task<Outcome<ProjectSettings>> IProjectReader.SettingsAsync(GitLabCaller caller, ProjectId project, CancellationToken cancel) => Task.FromResult<Outcome<ProjectSettings>>(Settings());

    Task<Outcome<ProjectSettings>> IRunnerDesk.SwitchAsync(PersonToken person, ProjectId project, bool? sharedRunners, bool? groupRunners, CancellationToken cancel)
    {
        if (sharedRunners is { } shared && (!shared || keepsInstance)) instance = shared;
        if (groupRunners is { } ofGroups && keepsGroup) group = ofGroups;
        return Task.FromResult<Outcome<ProjectSettings>>(Settings());
    }

    Task<Outcome<IReadOnlyList<AssignedRunner>>> IRunnerDesk.AssignedAsync(GitLabCaller caller, ProjectId project, CancellationToken cancel) =>
        Task.FromResult<Outcome<IReadOnlyList<AssignedRunner>>>(assigned.ConvertAll(Of));

    Task<Outcome<AssignedRunner>> IRunnerDesk.AssignAsync(PersonToken person, ProjectId project, RunnerId runner, CancellationToken cancel)
    {
        assigned.Add(runner.Number);
        return Task.FromResult<Outcome<AssignedRunner>>(Of(runner.Number));
    }

    Task<Outcome<bool>> IRunnerDesk.UnassignAsync(PersonToken person, ProjectId project, RunnerId runner, CancellationToken cancel) =>
        Task.FromResult<Outcome<bool>>(letsGo ? assigned.Remove(runner.Number) : Refusal.Of(DeskCode.Forbidden, "403 Forbidden"));

    Task<Outcome<AssignedRunner>> IRunnerDesk.LendAsync(ProjectId project, RunnerId runner, CancellationToken cancel) => throw new NotSupportedException();

    PersonToken? IPortalHand.Of(InstanceId instance) => null;

    Task<Outcome<RepositoryFile?>> IProjectReader.FileAsync(GitLabCaller caller, ProjectId project, string path, string reference, CancellationToken cancel) => throw new NotSupportedException();

    Task<Outcome<BranchList>> IProjectReader.BranchesAsync(GitLabCaller caller, ProjectId project, DateTimeOffset since, int most, CancellationToken cancel) => throw new NotSupportedException();

    Task<Outcome<CiLint>> IProjectReader.LintAsync(GitLabCaller caller, ProjectId project, string reference, bool dryRun, CancellationToken cancel) => throw new NotSupportedException();

    Task<Outcome<IReadOnlyList<PipelineSchedule>>> IProjectReader.SchedulesAsync(GitLabCaller caller, ProjectId project, CancellationToken cancel) => throw new NotSupportedException();

    private static AssignedRunner Of(long runner) => new(new RunnerId(Make.Production, runner), $"pair-{runner}", false, RunnerStatus.Online);
}
