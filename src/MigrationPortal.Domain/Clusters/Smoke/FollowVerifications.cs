using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>Carries verifications on: makes their branch, waits for their pipelines, judges each job's answer, clears up. Called by a sweep; run twice it changes nothing the second time.</summary>
public sealed class FollowVerifications(IVerificationStore store, ISmokeDesk desk, RevisionReader revisions, IApplicationStore applications, VerificationBranches branches, ProbeRun probe, VerificationSteps steps, IWorldClock clock)
{
    /// <summary>For a pipeline to appear after its push.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>How long a branch that GitLab does not let the portal delete is tried again.</summary>
    private static readonly TimeSpan Clearing = TimeSpan.FromDays(1);

    /// <returns>How many went on.</returns>
    /// <exception cref="GitLabUnavailableException">GitLab did not answer: the next turn goes on.</exception>
    public async Task<int> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var went = 0;
        foreach (var one in await store.OpenAsync(instance, cancel))
            if (await FollowAsync(one, cancel) is { } now && now.Version != one.Version) went++;
        return went;
    }

    private async Task<Verification?> FollowAsync(Verification verification, CancellationToken cancel)
    {
        if (verification.IsActive && !desk.CanWrite(verification.Instance)) return await BreakAsync(verification, "the portal has no write token of the QA GitLab any more", cancel);
        var now = verification.State switch
        {
            VerificationState.Preparing => await PrepareAsync(verification, cancel),
            VerificationState.Running => await SeeAsync(verification, cancel),
            _ => verification,
        };
        return now is { IsActive: false, BranchState: VerificationBranch.There } && clock.Now(now.Instance) - now.Since < Clearing && desk.CanWrite(now.Instance) ? await branches.ClearAsync(now, cancel) : now;
    }

    private async Task<Verification?> PrepareAsync(Verification verification, CancellationToken cancel)
    {
        if (IsOver(verification)) return await BreakAsync(verification, "its time was over before anything was made", cancel);
        if ((await branches.MakeAsync(verification, cancel)).TryGet(out var made, out var no)) return await steps.GoAsync(made, VerificationState.Running, Actor.Portal, null, cancel);
        // Another replica's turn, or a limit of GitLab: the next turn goes on.
        if (no.Code is "changed-meanwhile" or "gitlab-rate-limited") return null;
        return await store.FindAsync(verification.Configuration, verification.Id, cancel) is { IsActive: true } current ? await BreakAsync(current, string.Join(" ", no.Reasons), cancel) : null;
    }

    private async Task<Verification?> SeeAsync(Verification verification, CancellationToken cancel)
    {
        if (!(await probe.AskAsync(verification, cancel)).TryGet(out var asked, out var no))
            return no.Code == "gitlab-rate-limited" ? null : await store.FindAsync(verification.Configuration, verification.Id, cancel) is { IsActive: true } current ? await BreakAsync(current, $"GitLab does not run the probe pipeline: {string.Join(" ", no.Reasons)}", cancel) : null;
        if (asked is null) return null;
        verification = asked;
        if (!(await desk.PipelinesAsync(verification.Project, verification.Branch, cancel)).TryGet(out var made, out no)) return await HiddenAsync(verification, no, cancel);
        if (made.FirstOrDefault(one => one.Commit == verification.BranchCommit) is not { } pipeline)
            return clock.Now(verification.Instance) - verification.Since > Patience || IsOver(verification) ? await BreakAsync(verification, "GitLab has made no pipeline for the branch: look at the project's CI settings and workflow rules", cancel) : verification;
        if (!(await desk.JobsAsync(verification.Project, pipeline.Number, cancel)).TryGet(out var jobs, out no)) return await HiddenAsync(verification, no, cancel);
        if (pipeline.HasEnded && jobs.Count == 0) return await BreakAsync(verification, "GitLab has made a pipeline without jobs", cancel);
        if (!(await probe.ReadAsync(verification, IsOver(verification), cancel)).TryGet(out var probed, out no)) return await HiddenAsync(verification, no, cancel);
        return await JudgeAsync(verification with { Pipeline = new VerificationPipeline(pipeline.Number, pipeline.Address) }, jobs, pipeline.HasEnded, probed, cancel);
    }

    private async Task<Verification?> JudgeAsync(Verification verification, IReadOnlyList<SmokeJobSeen> jobs, bool hasEnded, CheckResult? probed, CancellationToken cancel)
    {
        if (await revisions.FindAsync(verification.Configuration, verification.Revision, cancel) is not { } revision || !SmokeExpectations.Of(revision.Toml, verification.Choice).TryGet(out var expected, out _)) return await BreakAsync(verification, "the revision is gone", cancel);
        var isLast = (hasEnded && (verification.Probe is null || probed is not null)) || IsOver(verification);
        // What is judged stays judged: a log is read once.
        var known = verification.Checks.ToDictionary(one => one.Key, StringComparer.Ordinal);
        var judgedJobs = verification.Checks.Select(one => one.Job).ToHashSet();
        var telling = SmokeReading.JobsOf(expected);
        var fresh = jobs.Where(job => job.HasEnded && telling.Contains(job.Name) && !judgedJobs.Contains(job.Number)).ToList();
        var read = new List<SmokeJobSeen>();
        foreach (var job in fresh) read.Add((await desk.LogAsync(verification.Project, job.Number, cancel)).TryGet(out var log, out _) ? job with { Log = log } : job);
        var told = fresh.Select(job => job.Number).ToHashSet();
        foreach (var one in SmokeReading.Of(expected, [.. read, .. jobs.Where(job => !told.Contains(job.Number))]))
            if (!known.ContainsKey(one.Key) && (isLast || (one.Job is { } job && told.Contains(job)))) known[one.Key] = one;
        if (probed is not null) known[ProbeRun.Key] = probed;
        var order = SmokeReading.KeysOf(expected);
        var now = verification with { Checks = [.. known.Values.OrderBy(one => order.GetValueOrDefault(one.Key, int.MaxValue))] };
        if (isLast && await GoneAsync(now, cancel)) return await BreakAsync(now, "another revision was brought into the cluster meanwhile: nobody knows which one the jobs saw", cancel);
        if (isLast) return await steps.GoAsync(now, VerificationTransitions.Verdict(now.Checks), Actor.Portal, null, cancel);
        return now.Checks.Count == verification.Checks.Count && now.Pipeline == verification.Pipeline ? verification : await steps.KeepAsync(now, cancel);
    }

    private async Task<Verification?> HiddenAsync(Verification verification, Refusal no, CancellationToken cancel) =>
        IsOver(verification) ? await BreakAsync(verification, $"GitLab does not show it to the portal: {string.Join(" ", no.Reasons)}", cancel) : null;

    private async Task<bool> GoneAsync(Verification verification, CancellationToken cancel) =>
        (await applications.LastGoodAsync(verification.Cluster, verification.Configuration, cancel))?.Id != verification.Application
        || (await applications.ActiveAsync(verification.Cluster, cancel))?.Configuration == verification.Configuration;

    private Task<Verification?> BreakAsync(Verification verification, string why, CancellationToken cancel) => steps.GoAsync(verification, VerificationState.Broken, Actor.Portal, why, cancel);

    private bool IsOver(Verification verification) => clock.Now(verification.Instance) >= verification.Deadline;
}
