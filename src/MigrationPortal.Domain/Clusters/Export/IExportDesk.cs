using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Export;

/// <summary>What is proposed: files with their whole text, by name below the folder.</summary>
public sealed record ExportProposal(string Title, string Words, IReadOnlyList<(string Name, string Text)> Files);

/// <summary>Merge requests of exports by the portal's own hand. Each step is looked for before it is done again.</summary>
public interface IExportDesk
{
    /// <summary>The portal has a token to write there.</summary>
    bool CanWrite(InstanceId instance);

    /// <summary>Opens it, or finds it open, or finds that there is nothing to merge.</summary>
    /// <returns>Refuses <c>observe-mode</c> and what GitLab refuses; with <see cref="Refusal.RetryAfter"/> where asking later helps.</returns>
    /// <exception cref="GitLabUnavailableException">GitLab did not answer: look again later.</exception>
    Task<Outcome<ExportRequest>> OpenAsync(ProjectId project, ExportRequest wanted, ExportProposal proposal, CancellationToken cancel);

    /// <summary>Somebody closed it without merging.</summary>
    /// <returns>False also when it is not to be told now.</returns>
    /// <exception cref="GitLabUnavailableException">GitLab did not answer.</exception>
    Task<bool> IsClosedAsync(ProjectId project, long number, CancellationToken cancel);

    /// <summary>Closes it where it is open, and takes its branch away.</summary>
    /// <returns>Why not; null: it is, or there is none.</returns>
    /// <exception cref="GitLabUnavailableException">GitLab did not answer.</exception>
    Task<Refusal?> CloseAsync(ProjectId project, ExportRequest asked, CancellationToken cancel);
}
