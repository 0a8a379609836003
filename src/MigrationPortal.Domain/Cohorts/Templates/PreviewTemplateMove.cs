using System.Collections.Concurrent;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Templates;

/// <summary>
/// Reads a template's file and every including project's configuration, as the portal because a template's owner need not see
/// the projects that use it, and says what a change of its tags would do to each. Changes nothing.
/// </summary>
public sealed class PreviewTemplateMove(ITemplateStore templates, IScanStore scans, IMoveTags tags, IFleetStore fleet, IProjectStore projects, IEnrollmentStore enrollments, IProjectReader reader)
{
    private const int AtOnce = 4;
    private static readonly GitLabCaller.Portal Portal = new(RequestPurpose.Projects);

    /// <returns>Refuses <c>unknown-template</c>, <c>way-not-offered</c> and GitLab's own no with a <see cref="DeskCode"/>.</returns>
    /// <exception cref="GitLabUnavailableException">GitLab did not answer, or the request budget is spent.</exception>
    public async Task<Outcome<TemplatePreview>> RunAsync(InstanceId instance, long id, CancellationToken cancel)
    {
        if ((await templates.ListAsync(instance, cancel)).FirstOrDefault(one => one.Template.Id == id) is not { } of) return Refusal.Of("unknown-template", $"No project includes a template {id}.");
        if (of is not { Owner: { } owner, OwnerBranch: { } branch }) return Refusal.Of("way-not-offered", $"The portal does not see {of.Template.Project}, or it has no default branch.");
        if (!(await reader.FileAsync(Portal, owner, of.Template.File, branch, cancel)).TryGet(out var file, out var no)) return no;
        if (file is null) return Refusal.Of("way-not-offered", $"{of.Template.Project} has no file {of.Template.File} on {branch} any more.");

        var (known, reached) = (await tags.ReadAsync(instance, cancel), of.Reached.ToList());
        List<ProjectId> ids = [.. reached.Select(one => one.Project)];
        var said = (await scans.AcknowledgedAsync(ids, cancel)).ToLookup(one => one.Project);
        var scanned = await scans.FindAsync(ids, cancel);
        var access = await projects.FindAsync(ids, cancel);
        var service = await fleet.LatestAsync(instance, cancel) is { } snapshot ? new ServiceIndex(snapshot) : null;
        var (lints, refused) = (new ConcurrentDictionary<ProjectId, CiLint>(), (Refusal?)null);
        await Parallel.ForEachAsync(reached, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (use, token) =>
        {
            if ((await reader.LintAsync(Portal, use.Project, use.Branch, dryRun: false, token)).TryGet(out var lint, out var not)) lints[use.Project] = lint;
            // One that is gone, or whose pipelines are off, is in nobody's way.
            else if (not.Code is not (DeskCode.NotFound or DeskCode.Forbidden)) refused = not;
        });
        if (refused is not null) return refused;
        // Served is asked of one index by one thread: it remembers answers.
        var views = reached.Where(one => lints.ContainsKey(one.Project)).Select(one => new TemplateView(
            one.Project, one.FullPath, lints[one.Project], scanned.GetValueOrDefault(one.Project) is { } scan ? ScanJudgement.Of(scan, said[one.Project]).BlockedNames : new HashSet<string>(),
            set => ReadMove.IsServed(service, set, one.Project, access.GetValueOrDefault(one.Project)?.Access, EnrollmentTarget.Kubernetes))).ToList();
        return new TemplatePreview(of, file, branch, Held(TemplateEdit.Of(of.Template.File, file.Text, views, known), await enrollments.NewestAsync(instance, ids, cancel)));
    }

    // Its owner need not know which projects those are.
    private static TemplatePlan Held(TemplatePlan plan, IReadOnlyDictionary<ProjectId, Enrollment> places)
    {
        var waiting = plan.Led.Count(one => places.GetValueOrDefault(one.Project) is { State: EnrollmentState.Waitlisted });
        return waiting == 0 || !plan.IsOffered ? plan : plan with
        {
            Edit = null,
            Reasons = [.. plan.Reasons, $"{waiting} of the projects that include it {(waiting == 1 ? "waits for its turn" : "wait for their turn")}, so that projects that moved can be compared with those that wait. It may move when that time is over."],
        };
    }
}

/// <param name="File">As it is now, with the guard for writing it.</param>
/// <param name="Branch">The default branch of the template's project.</param>
public sealed record TemplatePreview(TemplateUses Of, RepositoryFile File, string Branch, TemplatePlan Plan);
