using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Readiness.Ci;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.TwinRuns;

/// <summary>What a twin run would do, read at GitLab in the person's name. Changes nothing.</summary>
public sealed class PreviewTwin(IProjectReader reader, IProjectDesk desk, ICohortFacts facts, IMoveTags tags, IFleetStore fleet, IProjectStore projects, IScanStore scans)
{
    /// <returns>Refuses <c>not-in-phase</c>, <c>unknown-job</c>, <c>no-runner</c>, <c>twin-not-possible</c>, and GitLab's own no with a <see cref="DeskCode"/>.</returns>
    /// <exception cref="Instances.GitLabUnavailableException">GitLab did not answer.</exception>
    public async Task<Outcome<TwinPlan>> RunAsync(ProjectId project, string job, PersonToken person, CancellationToken cancel)
    {
        var known = await facts.ReadAsync(project.Instance, cancel);
        if (!known.CanInvite) return SendWave.NotInPhase(known);
        if (!(await reader.SettingsAsync(person, project, cancel)).TryGet(out var settings, out var no)) return no;
        if (!settings.CiEnabled || settings.Archived) return TwinLimits.No("The project runs no pipelines: CI is switched off, or it is archived.");
        var path = (settings.CiConfigPath ?? Edits.CiFiles.UsualRoot).TrimStart('/');
        if (path.Contains('@', StringComparison.Ordinal) || path.Contains("://", StringComparison.Ordinal)) return TwinLimits.No($"The project's configuration is not in the project itself, so no branch can have another: it is {path}.");
        if (settings.DefaultBranch is not { } branch) return TwinLimits.No("The project has no default branch.");
        if (!(await desk.BranchAsync(person, project, branch, cancel)).TryGet(out var head, out no)) return no;
        if (head is null) return TwinLimits.No($"The project has no branch {branch}.");
        if (!(await reader.FileAsync(person, project, path, head.CommitId, cancel)).TryGet(out var file, out no)) return no;
        if (file is null) return TwinLimits.No($"The project has no file {path}.");
        if (!(await reader.LintAsync(person, project, head.CommitId, dryRun: false, cancel)).TryGet(out var lint, out no)) return no;
        if (lint is not { Valid: true, MergedYaml: { } merged }) return new Refusal("twin-not-possible", ["GitLab says that the CI file is not valid.", .. lint.Errors]);
        if (!(await reader.LintAsync(person, project, branch, dryRun: true, cancel)).TryGet(out var dry, out no)) return no;
        if (!(await TagsAsync(project, job, merged, dry, cancel)).TryGet(out var both, out no)) return no;
        var running = dry.Valid ? dry.Jobs.Select(one => one.Name).ToHashSet(StringComparer.Ordinal) : null;
        if (!TwinFile.Of(merged, job, both.Docker, both.Kubernetes, running).TryGet(out var made, out no)) return no;
        if (!(await desk.LintAsync(person, project, made.Text, branch, dryRun: false, cancel)).TryGet(out var check, out no)) return no;
        if (!check.Valid) return new Refusal("twin-not-possible", ["GitLab does not take a CI file with this job alone.", .. check.Errors]);
        return new TwinPlan(project, job, branch, head.CommitId, new FileChange(path, made.Text, file.LastCommitId), both, made.Others, [.. made.Remarks, .. await BlockedAsync(project, job, cancel)]);
    }

    private async Task<Outcome<TwinTags>> TagsAsync(ProjectId project, string job, string merged, CiLint dry, CancellationToken cancel)
    {
        if (CiConfiguration.Read(merged).Jobs.FirstOrDefault(one => one.Name == job) is not { } found) return Refusal.Of("unknown-job", $"The CI file has no job {job}.");
        var index = await fleet.LatestAsync(project.Instance, cancel) is { } snapshot ? new ServiceIndex(snapshot) : null;
        var access = (await projects.FindAsync(project, cancel))?.Access;
        // A dry run expands variables; one that nothing sets stays as it is written.
        var now = found.Tags.Any(tag => tag.Contains('$', StringComparison.Ordinal)) ? dry.Jobs.FirstOrDefault(one => one.Name == job)?.Tags.Where(tag => tag.Length > 0) : found.Tags;
        return TwinTags.Of(job, found.Tags, now is null ? null : TagSet.Of(now), await tags.ReadAsync(project.Instance, cancel), set =>
            index is null ? [] : [.. index.Serving(new JobNeeds(set, Protected: false, project), access).Select(pool => pool.ManagedAs)]);
    }

    // Somebody whose job is said to fail may want to see it fail, or not.
    private async Task<IReadOnlyList<string>> BlockedAsync(ProjectId project, string job, CancellationToken cancel)
    {
        if (await scans.FindAsync(project, cancel) is not { } scan) return [];
        var blocked = ScanJudgement.Of(scan, await scans.AcknowledgedAsync([project], cancel)).BlockedNames.Contains(job);
        return blocked ? [$"{job} is expected to fail on Kubernetes: what was found in its CI file stands on the project's card."] : [];
    }
}

/// <param name="Branch">The default branch.</param>
/// <param name="Commit">Its head, which both copies run.</param>
/// <param name="File">The project's CI file as the twin's branch has it.</param>
/// <param name="Others">Jobs that run before, once each.</param>
public sealed record TwinPlan(ProjectId Project, string Job, string Branch, string Commit, FileChange File, TwinTags Tags, IReadOnlyList<string> Others, IReadOnlyList<string> Remarks)
{
    /// <summary>That will run in all.</summary>
    public int Jobs => 2 + Others.Count;
}
