using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Templates;

/// <summary>Shared CI files with what hangs on them: projects, jobs a day, and what of them was moved.</summary>
public sealed class ReadTemplates(ITemplateStore templates, ITemplateMoveStore moves, IScanStore scans, IJobStore jobs, IWorldClock clock)
{
    /// <summary>Those with most jobs a day behind them first.</summary>
    public async Task<IReadOnlyList<TemplateLook>> RunAsync(InstanceId instance, Func<TemplateUses, bool> which, CancellationToken cancel)
    {
        var all = (await templates.ListAsync(instance, cancel)).Where(which).ToList();
        if (all.Count == 0) return [];
        var perDay = (await jobs.CensusAsync(instance, CensusWindow.Until(clock.Now(instance)), cancel)).Classes
            .GroupBy(one => one.Needs.Project).ToDictionary(one => one.Key, one => one.Sum(job => job.JobsPerDay));
        List<ProjectId> ids = [.. all.SelectMany(one => one.Uses.Select(use => use.Project)).Distinct()];
        var said = (await scans.AcknowledgedAsync(ids, cancel)).ToLookup(one => one.Project);
        var scanned = (await scans.FindAsync(ids, cancel)).ToDictionary(one => one.Key, one => (Jobs: one.Value.Jobs.Count, ScanJudgement.Of(one.Value, said[one.Key]).Ready));
        var standing = (await moves.ActiveAsync(instance, cancel)).ToDictionary(one => one.Template.Id);
        return
        [
            .. all.Select(one => new TemplateLook(
                    one, [.. one.Uses.Select(use => new TemplateUseLook(use, perDay.GetValueOrDefault(use.Project), scanned.GetValueOrDefault(use.Project).Jobs, scanned.GetValueOrDefault(use.Project).Ready))], standing.GetValueOrDefault(one.Template.Id)))
                .OrderByDescending(one => one.JobsPerDay).ThenBy(one => one.Of.Template.Name, StringComparer.Ordinal),
        ];
    }
}

/// <param name="JobsPerDay">Of the project, of the last two weeks.</param>
/// <param name="Jobs">Of its CI file; 0 where it was not read.</param>
/// <param name="Ready">Of those, the ones that nothing blocks.</param>
public sealed record TemplateUseLook(TemplateUse Use, double JobsPerDay, int Jobs, int Ready);

/// <param name="Move">The active one.</param>
public sealed record TemplateLook(TemplateUses Of, IReadOnlyList<TemplateUseLook> Uses, TemplateMove? Move)
{
    public double JobsPerDay => Uses.Sum(one => one.JobsPerDay);

    public int Jobs => Uses.Sum(one => one.Jobs);

    public int Ready => Uses.Sum(one => one.Ready);
}
