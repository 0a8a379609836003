using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Shared;

/// <summary>Campaigns in memory, fenced by stage and version as the real ones are.</summary>
public sealed class MemoryStragglers : IStragglerStore
{
    public List<StragglerCase> Cases { get; } = [];

    public List<(long Case, StragglerStep Step)> Steps { get; } = [];

    public List<StragglerBranch> Branches { get; } = [];

    /// <summary>While somebody reads, somebody else writes.</summary>
    public Action? Meanwhile { get; set; }

    public Task<StragglerCampaign> AddAsync(StragglerCampaign campaign, CancellationToken cancel) => Task.FromResult(campaign with { Id = 1 + Cases.Select(one => one.Campaign.Id).DefaultIfEmpty().Max() });

    public Task<StragglerCase?> AddAsync(StragglerCase one, CancellationToken cancel)
    {
        if (Cases.Exists(there => there.Project == one.Project && there.Stage != StragglerStage.Gone)) return Task.FromResult<StragglerCase?>(null);
        var added = one with { Id = Cases.Count + 1, Version = 1 };
        Cases.Add(added);
        Note(added);
        return Task.FromResult<StragglerCase?>(added);
    }

    public Task<StragglerCase?> SaveAsync(StragglerCase one, StragglerStage expected, CancellationToken cancel)
    {
        if (one.Stage != expected && !StragglerStages.Allows(expected, one.Stage)) throw new InvalidOperationException($"{expected} does not go to {one.Stage}.");
        Meanwhile?.Invoke();
        var at = Cases.FindIndex(there => there.Id == one.Id && there.Version == one.Version && there.Stage == expected);
        if (at < 0) return Task.FromResult<StragglerCase?>(null);
        Cases[at] = one with { Version = one.Version + 1 };
        if (one.Stage != expected) Note(Cases[at]);
        return Task.FromResult<StragglerCase?>(Cases[at]);
    }

    public Task<IReadOnlyList<StragglerCase>> ActiveAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<IReadOnlyList<StragglerCase>>([.. Cases.Where(one => one.Stage != StragglerStage.Gone)]);

    public Task<IReadOnlyList<StragglerCase>> GoneAsync(InstanceId instance, int limit, CancellationToken cancel) => Task.FromResult<IReadOnlyList<StragglerCase>>([.. Cases.Where(one => one.Stage == StragglerStage.Gone).Take(limit)]);

    public Task<ILookup<long, StragglerStep>> StepsAsync(IReadOnlyCollection<long> cases, CancellationToken cancel) => Task.FromResult(Steps.Where(one => cases.Contains(one.Case)).ToLookup(one => one.Case, one => one.Step));

    public Task<IReadOnlyList<StragglerBranch>> BranchesAsync(InstanceId instance, IReadOnlyCollection<ProjectId>? projects, CancellationToken cancel) => Task.FromResult<IReadOnlyList<StragglerBranch>>([.. Branches.Where(one => projects is null || projects.Contains(one.Project))]);

    public Task<StragglerBranch?> SaveAsync(StragglerBranch branch, CancellationToken cancel)
    {
        var at = Branches.FindIndex(one => one.Project == branch.Project && one.Ref == branch.Ref);
        if ((at < 0 ? 0 : Branches[at].Version) != branch.Version) return Task.FromResult<StragglerBranch?>(null);
        var saved = branch with { Version = branch.Version + 1 };
        if (at < 0) Branches.Add(saved);
        else Branches[at] = saved;
        return Task.FromResult<StragglerBranch?>(saved);
    }

    private void Note(StragglerCase one) => Steps.Add((one.Id, new StragglerStep(one.Stage, one.Since, one.By, one.Reason)));
}
