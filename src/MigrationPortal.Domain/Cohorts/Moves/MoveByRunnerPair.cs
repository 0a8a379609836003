using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>
/// Moves a project as a whole, without a change in its files: a runner of the pair is assigned to it, and instance runners are
/// switched off for it. Made before it is broken: the project keeps what it has until the runner is there, and on the way back
/// it gets back what it had before the runner leaves. What cannot be done to its end is taken back.
/// </summary>
public sealed class MoveByRunnerPair(IProjectReader projects, PairAssigning assigning, IRunnerDesk desk) : IMoveWay
{
    public EnrollmentWay Way => EnrollmentWay.ProjectRunner;

    public WayOffer Offer(MovePlan plan)
    {
        var move = PairMove.Of(plan);
        return move.Why is { } why ? WayOffer.Not(Way, why) : new(Way, move.Jobs, null) { Staying = move.Staying };
    }

    public async Task<Outcome<string>> LookAsync(MovePlan plan, string? earlier, PersonToken person, CancellationToken cancel)
    {
        if (!(await projects.SettingsAsync(person, plan.Project, cancel)).TryGet(out var settings, out var no)) return no;
        if (!(await desk.AssignedAsync(person, plan.Project, cancel)).TryGet(out var assigned, out var refused)) return refused;
        if (!(await AsWrittenNowAsync(plan, person, cancel)).TryGet(out var now, out var unread)) return unread;
        if (PairMove.Of(now).Why is { } why) return Refusal.Of("way-not-offered", why);
        var pair = plan.Ground.Now!.Pair;
        var record = earlier is null ? new PairRecord(settings.SharedRunners, settings.GroupRunners == true, []) : PairRecord.Read(earlier);
        var news = new[] { (Runner: pair.Kubernetes, IsKubernetes: true), (Runner: pair.Docker, IsKubernetes: false) }.Where(half => !record.Knows(half.Runner))
            .Select(half => new PairRecord.Half(half.Runner, half.IsKubernetes, assigned.Any(one => one.Id.Number == half.Runner)));
        return (record with { Runners = [.. record.Runners, .. news] }).Write();
    }

    public async Task<Outcome<MoveProgress>> ApplyAsync(Enrollment enrollment, MovePlan plan, PersonToken person, CancellationToken cancel)
    {
        var (record, move, project) = (PairRecord.Read(enrollment.Original!), PairMove.Of(plan), plan.Project);
        if (!move.Assign.All(record.Knows)) return Refusal.Of(DeskCode.ChangedMeanwhile, "Other runners are kept ready by now: take the change back first, and begin again.");
        if (!(await projects.SettingsAsync(person, project, cancel)).TryGet(out var before, out var unread)) return unread;
        if (!(await assigning.AssignAsync(project, move.Assign, person, cancel)).TryGet(out var assigned, out var no)) return no;
        var switched = new Switches(before.SharedRunners ? false : null, move.GroupRunnersOff && before.GroupRunners == true ? false : null);
        if (await SwitchAsync(project, switched, person, cancel) is { } kept) return await TakenBackAsync(project, before, assigned, kept, person, cancel);

        // A runner of the pair that it no longer needs would take the same jobs.
        var others = record.Runners.Select(one => one.Runner).Except(move.Assign).ToList();
        if (await assigning.UnassignAsync(project, others, person, cancel) is not { } stays) return new MoveProgress.Done("The project has its own runner, and instance runners are off for it.");
        return await TakenBackAsync(project, before, assigned, stays, person, cancel);
    }

    public async Task<Outcome<MoveProgress>> UndoAsync(Enrollment enrollment, PersonToken person, CancellationToken cancel)
    {
        var (record, project) = (PairRecord.Read(enrollment.Original!), enrollment.Project);
        if (!(await projects.SettingsAsync(person, project, cancel)).TryGet(out var now, out var no)) return no;
        var switched = new Switches(record.InstanceRunners && !now.SharedRunners ? true : null, record.GroupRunners && now.GroupRunners == false ? true : null);
        if (await SwitchAsync(project, switched, person, cancel) is { } forbidden)
            return forbidden.Code == DeskCode.Invalid ? Refusal.Of(DeskCode.Invalid, "The project's group no longer allows the runners that the project used before, so its jobs would find none. Ask an owner of the group to allow them again; until then the project stays as it is.") : forbidden;
        var (back, lent) = (record.Runners.Where(one => one.WasThere).Select(one => one.Runner), record.Runners.Where(one => !one.WasThere).Select(one => one.Runner));
        var failed = await assigning.AssignAsync(project, [.. back], person, cancel) is Outcome<IReadOnlyList<long>>.Refused { Refusal: var not } ? not : await assigning.UnassignAsync(project, [.. lent], person, cancel);
        if (failed is null) return new MoveProgress.Done("The project uses the runners that it used before.");
        await SwitchAsync(project, switched.Back, person, cancel);
        return failed;
    }

    // What was done stands at once.
    public Task<MoveProgress?> FollowAsync(Enrollment enrollment, CancellationToken cancel) => Task.FromResult<MoveProgress?>(null);

    /// <summary>The jobs of the CI file as it is at this moment, their variables expanded where GitLab can tell.</summary>
    private async Task<Outcome<MovePlan>> AsWrittenNowAsync(MovePlan plan, PersonToken person, CancellationToken cancel)
    {
        if (!(await projects.LintAsync(person, plan.Project, "HEAD", dryRun: false, cancel)).TryGet(out var written, out var no)) return no;
        if (!written.Valid) return Refusal.Of("way-not-offered", "GitLab cannot read the project's CI file at the moment: mend it first.");
        var known = plan.Jobs.ToDictionary(job => job.Name, StringComparer.Ordinal);
        var jobs = written.Jobs.Select(job => known.GetValueOrDefault(job.Name) is { } same && same.From.SequenceEqual(job.Tags) ? same : new JobChange(job.Name, job.Tags, job.Tags, JobChangeKind.Stays, null) { WillFail = known.GetValueOrDefault(job.Name)?.WillFail == true }).ToList();
        if (!jobs.Exists(job => job.HasVariable)) return plan with { Jobs = jobs };
        if (!(await projects.LintAsync(person, plan.Project, "HEAD", dryRun: true, cancel)).TryGet(out var run, out var refused)) return refused;
        var asked = run.Jobs.Select(job => TagSet.Of(job.Tags.Where(tag => tag.Length > 0)));
        return plan with { Jobs = jobs, Ground = plan.Ground with { Recent = [.. plan.Ground.Recent.Union(asked)] } };
    }

    /// <summary>The project gets back what it had before the pair leaves: without either its jobs would find no runner.</summary>
    /// <returns>Why it is taken back; <see cref="DeskCode.PartlyDone"/> when GitLab does not let it be.</returns>
    private async Task<Refusal> TakenBackAsync(ProjectId project, ProjectSettings before, IReadOnlyList<long> assigned, Refusal why, PersonToken person, CancellationToken cancel)
    {
        if (!(await projects.SettingsAsync(person, project, cancel)).TryGet(out var now, out var unread)) return Partly(unread);
        var restored = new Switches(before.SharedRunners == now.SharedRunners ? null : before.SharedRunners, before.GroupRunners == now.GroupRunners ? null : before.GroupRunners);
        if (await SwitchAsync(project, restored, person, cancel) is { } kept) return Partly(kept);
        return await assigning.UnassignAsync(project, assigned, person, cancel) is { } stays ? Partly(stays) : why;

        Refusal Partly(Refusal no) => Refusal.Of(DeskCode.PartlyDone, [.. why.Reasons, .. no.Reasons, "A part of the change stands: go on with it, or take it back."]);
    }

    /// <returns>Null when it is so.</returns>
    private async Task<Refusal?> SwitchAsync(ProjectId project, Switches wished, PersonToken person, CancellationToken cancel)
    {
        if (wished is { Instance: null, Group: null }) return null;
        if (!(await desk.SwitchAsync(person, project, wished.Instance, wished.Group, cancel)).TryGet(out var read, out var no)) return no;
        return (wished.Instance ?? read.SharedRunners) == read.SharedRunners && (wished.Group ?? read.GroupRunners) == read.GroupRunners ? null
            : Refusal.Of(DeskCode.ChangedMeanwhile, "GitLab did not keep the project's runner switches as they were set: look at them in its CI/CD settings, and try again.");
    }

    /// <summary>Null leaves one as it is.</summary>
    private sealed record Switches(bool? Instance, bool? Group)
    {
        public Switches Back => new(!Instance, !Group);
    }
}
