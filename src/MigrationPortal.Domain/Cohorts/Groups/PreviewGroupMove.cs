using System.Collections.Concurrent;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Groups;

/// <summary>
/// Reads everything that a group's variable touches: jobs from the last scans, what stands and who shadows it from GitLab, in
/// the caller's name and without a single value of anybody else's variable. Changes nothing.
/// </summary>
public sealed class PreviewGroupMove(IGroupLists groups, IScanStore scans, IMoveTags tags, IFleetStore fleet, IEnrollmentStore enrollments, IVariableDesk variables, IProjectReader projects)
{
    private const int AtOnce = 4;

    /// <summary>Dry runs until one tells what leads the jobs now: rules may leave out all of a project's.</summary>
    private const int MostDryRuns = 3;

    /// <returns>Refuses <c>way-not-offered</c> when the variable cannot be set, and GitLab's own no with a <see cref="DeskCode"/>.</returns>
    /// <exception cref="Instances.GitLabUnavailableException">GitLab did not answer.</exception>
    public async Task<Outcome<GroupPreview>> RunAsync(KnownGroup group, string variable, GitLabCaller caller, CancellationToken cancel)
    {
        var all = await groups.ProjectsAsync(group.Id, cancel);
        List<ProjectId> ids = [.. all.Select(project => project.Id)];
        var scanned = await scans.FindAsync(ids, cancel);
        bool Names(ProjectId id) => scanned.GetValueOrDefault(id)?.Jobs.Any(job => TagVariable.NamesIn(job.Tags).Contains(variable)) ?? true;
        var naming = all.Where(project => Names(project.Id)).ToList();
        if (!naming.Exists(project => scanned.ContainsKey(project.Id))) return Refusal.Of("way-not-offered", $"No job of the group's projects takes its tags from a variable {variable}.");
        if (!(await ShadowsAsync(group, naming, variable, caller, cancel)).TryGet(out var shadows, out var no)) return no;
        if (!(await StandsAsync(group.Id, variable, [.. naming.Where(project => !shadows.ContainsKey(project.Id)).Select(project => scanned.GetValueOrDefault(project.Id)).OfType<ProjectScan>()], caller, cancel)).TryGet(out var stands, out var not)) return not;

        var known = await tags.ReadAsync(group.Id.Instance, cancel);
        var said = (await scans.AcknowledgedAsync(ids, cancel)).ToLookup(one => one.Project);
        var service = await fleet.LatestAsync(group.Id.Instance, cancel) is { } snapshot ? new ServiceIndex(snapshot) : null;
        var subjects = new List<GroupSubject>(all.Count);
        foreach (var project in all)
        {
            var (scan, active) = (scanned.GetValueOrDefault(project.Id), await enrollments.ActiveAsync(project.Id, cancel));
            subjects.Add(new(
                project.Id, project.Access.FullPath, scan is null ? null : [.. scan.Jobs.Select(job => (job.Name, job.Tags))], scan is null ? new HashSet<string>() : ScanJudgement.Of(scan, said[project.Id]).BlockedNames,
                shadows.GetValueOrDefault(project.Id), active is { Kind: not EnrollmentKind.Carried } ? active.State : null, set => ReadMove.IsServed(service, set, project.Id, project.Access, EnrollmentTarget.Kubernetes)));
        }

        return new GroupPreview(GroupMovePlan.Of(variable, stands.Now, known, subjects), stands.Value, stands.HasDefault);
    }

    /// <summary>Where the variable is set nearer to a project than in the group, for all branches and environments: anything less lets the group's through.</summary>
    private async Task<Outcome<IReadOnlyDictionary<ProjectId, string>>> ShadowsAsync(KnownGroup group, IReadOnlyList<ObservedProject> naming, string variable, GitLabCaller caller, CancellationToken cancel)
    {
        var (found, refused) = (new ConcurrentDictionary<ProjectId, string>(), (Refusal?)null);
        var setting = new List<KnownGroup>();
        foreach (var below in await groups.BelowAsync(group.Id, cancel))
        {
            if (!naming.Any(project => project.Access.GroupIds.Contains(below.Id.Number))) continue;
            if (!(await IsSetAsync(new VariablePlace.OfGroup(below.Id), variable, caller, cancel)).TryGet(out var set, out var no)) return no;
            if (set) setting.Add(below);
        }

        await Parallel.ForEachAsync(naming, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (project, token) =>
        {
            if (!(await IsSetAsync(new VariablePlace.OfProject(project.Id), variable, caller, token)).TryGet(out var set, out var no)) refused = no;
            else if (set) found[project.Id] = "the project itself";
            else if (setting.Where(one => project.Access.GroupIds.Contains(one.Id.Number)).MaxBy(one => one.FullPath.Length) is { } nearer) found[project.Id] = $"the group {nearer.FullPath}";
        });
        return refused is not null ? refused : found;
    }

    private async Task<Outcome<bool>> IsSetAsync(VariablePlace place, string variable, GitLabCaller caller, CancellationToken cancel) =>
        (await variables.ListAsync(caller, place, cancel)).Match<Outcome<bool>>(all => all.Any(one => one is { Scope: CiVariable.EveryScope, Protected: false } && one.Key == variable), no => no);

    private async Task<Outcome<(string? Value, bool HasDefault, TagSet Now)>> StandsAsync(GroupId group, string variable, IReadOnlyList<ProjectScan> led, GitLabCaller caller, CancellationToken cancel)
    {
        var place = new VariablePlace.OfGroup(group);
        if (!(await variables.ListAsync(caller, place, cancel)).TryGet(out var all, out var no)) return no;
        var own = all.Where(one => one.Key == variable).ToList();
        if (own.Exists(one => one.Scope != CiVariable.EveryScope)) return Refusal.Of("way-not-offered", $"The variable {variable} of the group is set for single environments: change it by hand, or make it one for all.");
        if (own.Exists(one => one.Masked || one.Hidden || one.IsFile)) return Refusal.Of("way-not-offered", $"The variable {variable} of the group is masked, hidden or a file: it cannot lead tags.");
        if (own.Exists(one => one.Protected)) return Refusal.Of("way-not-offered", $"The variable {variable} of the group is protected: branches that are not would find no runner.");
        if (own.Count > 0)
        {
            if (!(await variables.FindAsync(caller, place, variable, CiVariable.EveryScope, cancel)).TryGet(out var stands, out var not)) return not;
            if (stands is not null) return (stands.Value ?? "", true, TagVariable.Split(stands.Value ?? ""));
        }

        foreach (var scan in led.Where(scan => scan.Jobs.Any(job => IsAlone(job, variable))).Take(MostDryRuns))
        {
            // A dry run expands variables: where the name stays, nothing above the group sets it.
            if (!(await projects.LintAsync(caller, scan.Project, "HEAD", dryRun: true, cancel)).TryGet(out var lint, out var refused)) return refused;
            var names = scan.Jobs.Where(job => IsAlone(job, variable)).Select(job => job.Name).ToHashSet(StringComparer.Ordinal);
            if (lint.Jobs.FirstOrDefault(job => names.Contains(job.Name)) is not { } told) continue;
            var isSet = !TagVariable.NamesIn(told.Tags).Contains(variable);
            return (null, isSet, isSet ? TagSet.Of(told.Tags) : TagSet.Empty);
        }

        return Refusal.Of("way-not-offered", led.Count == 0 ? $"Every project whose jobs name {variable} sets it nearer to itself: the group's would change nothing." : $"What {variable} gives now could not be seen: none of the jobs that it leads would run on a default branch at the moment.");
    }

    private static bool IsAlone(ScannedJob job, string variable) => job.Tags is [['$', ..] only] && only.Trim('$', '{', '}') == variable;
}

/// <param name="Value">Of the group's own variable; null: it has none.</param>
/// <param name="HasDefault">The variable is set, in the group or above it.</param>
public sealed record GroupPreview(GroupMovePlan Plan, string? Value, bool HasDefault);
