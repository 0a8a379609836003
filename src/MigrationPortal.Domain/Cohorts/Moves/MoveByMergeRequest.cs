using System.Security.Cryptography;
using System.Text;
using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>
/// Changes the tags in the project's own CI files by a merge request of its maintainer, comments and formatting kept. The
/// branch is named by what it holds, so that one whose answer was lost is found again.
/// </summary>
public sealed class MoveByMergeRequest(ProjectFiles files, IProjectDesk desk, IMergeRequestDesk requests) : IMoveWay
{
    private const string Prefix = "migrationportal/";
    private static readonly GitLabCaller.Portal Portal = new(RequestPurpose.Projects);

    public EnrollmentWay Way => EnrollmentWay.MergeRequest;

    public WayOffer Offer(MovePlan plan)
    {
        var moved = plan.Jobs.Count(job => job.Kind == JobChangeKind.Moves && !job.HasVariable);
        return moved > 0 ? new(Way, moved, null)
            : WayOffer.Not(Way, plan.Jobs.Any(job => job.Kind == JobChangeKind.Moves) ? "Its jobs take their tags from a variable: set the variable instead." : "No job of the project can move.");
    }

    public async Task<Outcome<string>> LookAsync(MovePlan plan, string? earlier, PersonToken person, CancellationToken cancel)
    {
        if (!(await files.ReadAsync(plan.Project, person, cancel)).TryGet(out var now, out var no)) return no;
        var wishes = plan.Jobs.Where(job => job.Kind is JobChangeKind.Moves or JobChangeKind.Pinned && !job.HasVariable)
            .Select(job => job.Kind == JobChangeKind.Pinned ? JobWish.Pin(job.Name, job.To) : JobWish.Move(job.Name, job.To)).ToList();
        var tried = EditCiTags.Apply(now.Files, wishes, now.Lint);
        if (tried is CiEdit.Refused { Reasons: var reasons, Paste: var paste }) return Refusal.Of("way-not-offered", [.. reasons, .. paste.Select(one => $"Put into {one.File} by hand:\n{one.Text}")]);
        var edit = (CiEdit.Edited)tried;
        if (edit.Texts.Count == 0) return Refusal.Of("way-not-offered", "Every job has its tags already.");
        var record = MoveRecord.Read(earlier);
        return (record with { Changes = [.. record.Changes, new(edit.Record, new(BranchOf(plan.Target == EnrollmentTarget.Docker ? "stay-on-docker" : "to-kubernetes", edit.Texts), null, null))] }).Write();
    }

    public async Task<Outcome<MoveProgress>> ApplyAsync(Enrollment enrollment, MovePlan plan, PersonToken person, CancellationToken cancel)
    {
        var record = MoveRecord.Read(enrollment.Original);
        var title = plan.Target == EnrollmentTarget.Docker ? "Keep CI jobs on docker" : "Run CI jobs on Kubernetes";
        return await OpenAsync(enrollment, record, record.Changes[^1].Edit, returning: false, title, plan.Staying, person, cancel);
    }

    public async Task<Outcome<MoveProgress>> UndoAsync(Enrollment enrollment, PersonToken person, CancellationToken cancel)
    {
        var record = MoveRecord.Read(enrollment.Original);
        if (record is { Back: null, Changes: [.., { Request: var last }] } && await ClosedAsync(enrollment.Project, last, person, cancel) is { } closed) return closed;
        if (!(await files.ReadAsync(enrollment.Project, person, cancel)).TryGet(out var now, out var no)) return no;
        var today = now.Files;
        foreach (var change in record.Changes.Reverse())
        {
            var tried = UndoCiTags.Apply(change.Edit, today);
            if (tried is CiEdit.Refused { Reasons: var reasons, Paste: var paste }) return Refusal.Of("way-not-offered", [.. reasons, .. paste.Select(one => $"Put into {one.File} by hand:\n{one.Text}")]);
            var undone = (CiEdit.Edited)tried;
            today = today with { Texts = today.Texts.ToDictionary(one => one.Key, one => undone.Texts.GetValueOrDefault(one.Key, one.Value), StringComparer.Ordinal) };
        }

        var texts = today.Texts.Where(one => one.Value != now.Files.Texts[one.Key]).ToDictionary(StringComparer.Ordinal);
        if (texts.Count == 0) return new MoveProgress.Done("The files are as they were.");
        var back = new CiEditRecord(now.Files.Root, texts.Keys.ToDictionary(path => path, path => now.Files.Texts[path], StringComparer.Ordinal), texts, [], []);
        // One that was closed before is asked for anew, unless it holds the very same.
        var branch = BranchOf("back", texts);
        var asked = record with { Back = record.Back?.Branch == branch ? record.Back : new(branch, null, null) };
        var title = enrollment.Target == EnrollmentTarget.Default ? "Take the Kubernetes tag out: CI jobs run there without it" : "Take the change for Kubernetes back";
        return await OpenAsync(enrollment, asked, back, returning: true, title, [], person, cancel);
    }

    public IReadOnlyList<JobTags> WhatStood(Enrollment enrollment, IReadOnlyList<ScannedJob> jobs) =>
        [.. MoveRecord.Read(enrollment.Original).Changes.SelectMany(change => change.Edit.Jobs).GroupBy(job => job.Job, StringComparer.Ordinal).Select(job => job.First() with { After = job.Last().After })];

    public async Task<MoveProgress?> FollowAsync(Enrollment enrollment, CancellationToken cancel)
    {
        var (record, returning) = (MoveRecord.Read(enrollment.Original), enrollment.State == EnrollmentState.Returning);
        if (record.Current(returning) is not { } request) return null;
        if (request.Number is not { } number)
        {
            // GitLab's answer was lost: the branch tells which one it is.
            var open = await requests.OpenedAsync(Portal, enrollment.Project, request.Branch, cancel);
            return open is Outcome<IReadOnlyList<MergeRequest>>.Done { Result: [var found, ..] } ? Opened(record, request, found, returning) : null;
        }

        return await requests.ReadAsync(Portal, enrollment.Project, number, cancel) is not Outcome<MergeRequest>.Done { Result: var seen } ? null : seen.State switch
        {
            MergeRequestState.Merged => new MoveProgress.Done($"merge request !{number} was merged"),
            MergeRequestState.Closed => new MoveProgress.GivenUp($"merge request !{number} was closed"),
            _ => null,
        };
    }

    private async Task<Outcome<MoveProgress>> OpenAsync(
        Enrollment enrollment, MoveRecord record, CiEditRecord edit, bool returning, string title, IEnumerable<JobChange> staying, PersonToken person, CancellationToken cancel)
    {
        var (project, request) = (enrollment.Project, record.Current(returning)!);
        if (!(await files.ReadAsync(project, person, cancel)).TryGet(out var now, out var no)) return no;
        if (edit.Before.Any(one => now.Files.Texts.GetValueOrDefault(one.Key) != one.Value)) return Refusal.Of(DeskCode.ChangedMeanwhile, "The CI file changed while you looked at it: look again.");
        if (!(await desk.BranchAsync(person, project, request.Branch, cancel)).TryGet(out var head, out var not)) return not;
        if (head is null)
        {
            var commit = new NewCommit(request.Branch, now.Branch, title, [.. edit.After.Select(one => new FileChange(one.Key, one.Value, now.Read[one.Key].LastCommitId))]);
            if (await desk.CommitAsync(person, project, commit, cancel) is Outcome<string>.Refused { Refusal: var refused }) return refused;
        }

        var opened = await requests.OpenAsync(person, project, new NewMergeRequest(title, MoveWords.Describe(edit, staying), request.Branch, now.Branch, RemoveSourceBranch: true), cancel);
        if (opened is Outcome<MergeRequest>.Done { Result: var made }) return Opened(record, request, made, returning);
        var there = await requests.OpenedAsync(person, project, request.Branch, cancel);
        return there is Outcome<IReadOnlyList<MergeRequest>>.Done { Result: [var found, ..] } ? Opened(record, request, found, returning) : ((Outcome<MergeRequest>.Refused)opened).Refusal;
    }

    /// <summary>The way back of a merge request that was not merged: it is closed, and nothing was changed.</summary>
    /// <returns>Null when it was merged, at this moment too, or is gone: then the files say what stands.</returns>
    private async Task<Outcome<MoveProgress>?> ClosedAsync(ProjectId project, MoveRecord.Request request, PersonToken person, CancellationToken cancel)
    {
        if (request.Number is not { } number)
        {
            // GitLab's answer was lost: the branch tells which one it is.
            if (!(await requests.OpenedAsync(person, project, request.Branch, cancel)).TryGet(out var open, out var unread)) return unread;
            if (open is not [var found, ..]) return null;
            number = found.Number;
        }

        if (!(await requests.CloseAsync(person, project, number, cancel)).TryGet(out var closed, out var no))
        {
            if (no.Code == DeskCode.NotFound) return null;
            return no;
        }

        if (closed.State == MergeRequestState.Merged) return null;
        if (closed.State != MergeRequestState.Closed) return Refusal.Of(DeskCode.ChangedMeanwhile, $"Merge request !{number} is being merged at this moment: look again.");
        await desk.DeleteBranchAsync(person, project, request.Branch, cancel);
        return new MoveProgress.GivenUp($"merge request !{number} was closed; nothing was changed");
    }

    private static MoveProgress.Open Opened(MoveRecord record, MoveRecord.Request request, MergeRequest made, bool returning) =>
        new(made.WebUrl, $"merge request !{made.Number} is open", record.With(request with { Number = made.Number, Address = made.WebUrl }, returning).Write());

    private static string BranchOf(string what, IReadOnlyDictionary<string, string> texts)
    {
        var content = string.Join('\0', texts.OrderBy(one => one.Key, StringComparer.Ordinal).SelectMany(one => new[] { one.Key, one.Value }));
        return $"{Prefix}{what}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..10]}";
    }
}
