using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <summary>Campaigns, their projects and the merge requests of these.</summary>
public interface IStragglerStore
{
    /// <returns>With its id.</returns>
    Task<StragglerCampaign> AddAsync(StragglerCampaign campaign, CancellationToken cancel);

    /// <summary>With its first step.</summary>
    /// <returns>With its id and version; null when the project is in a campaign already.</returns>
    Task<StragglerCase?> AddAsync(StragglerCase one, CancellationToken cancel);

    /// <summary>Writes stage, ladder, last day, reason and who, if it is still in the expected stage and version; a new stage also as a step.</summary>
    /// <returns>With its new version; null when it is not.</returns>
    Task<StragglerCase?> SaveAsync(StragglerCase one, StragglerStage expected, CancellationToken cancel);

    /// <summary>All that are not <see cref="StragglerStage.Gone"/>, in the order in which they came in.</summary>
    Task<IReadOnlyList<StragglerCase>> ActiveAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>Those that are <see cref="StragglerStage.Gone"/>, the last first.</summary>
    Task<IReadOnlyList<StragglerCase>> GoneAsync(InstanceId instance, int limit, CancellationToken cancel);

    /// <summary>By case, the oldest first.</summary>
    Task<ILookup<long, StragglerStep>> StepsAsync(IReadOnlyCollection<long> cases, CancellationToken cancel);

    /// <param name="projects">Null: of all.</param>
    Task<IReadOnlyList<StragglerBranch>> BranchesAsync(InstanceId instance, IReadOnlyCollection<ProjectId>? projects, CancellationToken cancel);

    /// <summary>One a project and ref: version 0 is new, any other must be the stored one.</summary>
    /// <returns>With its new version; null when somebody else was first.</returns>
    Task<StragglerBranch?> SaveAsync(StragglerBranch branch, CancellationToken cancel);
}
