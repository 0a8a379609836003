using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <param name="Path">Its full path; its number while that is not known.</param>
/// <param name="Now">Where such jobs ran in the campaign's quiet time; null: nowhere.</param>
/// <param name="Branches">What became of each ref.</param>
/// <param name="Steps">Oldest first.</param>
public sealed record CampaignLook(StragglerCase Case, string Path, StragglingProject? Now, IReadOnlyList<StragglerBranch> Branches, IReadOnlyList<StragglerStep> Steps)
{
    /// <summary>Who has had a mail: a handled or gone project keeps those of the stages before.</summary>
    public IReadOnlyList<UserId> Asked => Case.Ladder?.At(Steps.Select(step => step.Stage).Where(stage => stage is StragglerStage.Asked or StragglerStage.Reminded or StragglerStage.FinalDate).DefaultIfEmpty(StragglerStage.Selected).Max()) ?? [];

    /// <summary>Each ref that is known, as it ran lately or as it was looked at.</summary>
    public IEnumerable<(string Name, StragglingRef? Ran, StragglerBranch? Looked)> Refs
    {
        get
        {
            var ran = (Now?.Refs ?? []).ToDictionary(one => one.Name, StringComparer.Ordinal);
            var looked = Branches.ToDictionary(one => one.Ref, StringComparer.Ordinal);
            return ran.Keys.Concat(looked.Keys.Except(ran.Keys, StringComparer.Ordinal)).Select(name => (name, ran.GetValueOrDefault(name), looked.GetValueOrDefault(name)));
        }
    }
}

/// <summary>How far campaigns are, project by project.</summary>
public sealed class ReadCampaign(IStragglerStore store, ReadStragglers read, IProjectStore projects)
{
    /// <summary>In the order in which they came in.</summary>
    /// <param name="of">Null: all.</param>
    public async Task<IReadOnlyList<CampaignLook>> RunAsync(InstanceId instance, IReadOnlyCollection<ProjectId>? of, CancellationToken cancel) =>
        await LookAsync(instance, [.. (await store.ActiveAsync(instance, cancel)).Where(one => of is null || of.Contains(one.Project))], cancel);

    /// <summary>Whose jobs are gone from docker, the last first.</summary>
    public async Task<IReadOnlyList<CampaignLook>> GoneAsync(InstanceId instance, int limit, CancellationToken cancel) => await LookAsync(instance, await store.GoneAsync(instance, limit, cancel), cancel);

    private async Task<IReadOnlyList<CampaignLook>> LookAsync(InstanceId instance, IReadOnlyList<StragglerCase> cases, CancellationToken cancel)
    {
        if (cases.Count == 0) return [];
        List<ProjectId> of = [.. cases.Select(one => one.Project)];
        var (paths, branches, steps) = (await projects.FindAsync(of, cancel), (await store.BranchesAsync(instance, of, cancel)).ToLookup(one => one.Project), await store.StepsAsync([.. cases.Select(one => one.Id)], cancel));
        var now = new Dictionary<(ProjectId, int), StragglingProject>();
        foreach (var days in cases.GroupBy(one => one.Campaign.QuietDays))
            foreach (var (project, found) in await read.OfAsync(instance, days.Key, [.. days.Select(one => one.Project)], cancel)) now[(project, days.Key)] = found;
        return [.. cases.Select(one => new CampaignLook(one, paths.GetValueOrDefault(one.Project)?.Access.FullPath ?? $"project {one.Project.Number}", now.GetValueOrDefault((one.Project, one.Campaign.QuietDays)), [.. branches[one.Project]], [.. steps[one.Id]]))];
    }
}
