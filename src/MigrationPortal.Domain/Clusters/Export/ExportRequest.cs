namespace MigrationPortal.Domain.Clusters.Export;

/// <summary>Where a configuration that is managed elsewhere is proposed. Stored as JSON: names are promises.</summary>
/// <param name="Project">GitLab's number, of the cluster's instance.</param>
/// <param name="Branch">That the merge request goes to.</param>
/// <param name="Folder">In the repository, without slashes around it; empty: its root.</param>
/// <param name="Source">The branch with the change, named by what it holds: one whose answer was lost is found by it.</param>
/// <param name="Number">Of the merge request in its project; null until GitLab has told it.</param>
/// <param name="IsNeedless">The branch has it all already: there is nothing to merge.</param>
public sealed record ExportRequest(long Project, string Branch, string Folder, string Source, long? Number = null, string? Address = null, bool IsNeedless = false);
