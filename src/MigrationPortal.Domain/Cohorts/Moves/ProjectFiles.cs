using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>Reads the files that a project's configuration is written in, all of one moment.</summary>
public sealed class ProjectFiles(IProjectReader projects)
{
    /// <returns>Refuses <c>way-not-offered</c> where the configuration lies in another project, or is not there.</returns>
    public Task<Outcome<FilesNow>> ReadAsync(ProjectId project, PersonToken person, CancellationToken cancel) => ReadAsync(project, null, person, cancel);

    /// <param name="of">The branch; null: the default one.</param>
    /// <returns>Refuses <c>way-not-offered</c> where the configuration lies in another project, or is not there.</returns>
    public async Task<Outcome<FilesNow>> ReadAsync(ProjectId project, string? of, GitLabCaller person, CancellationToken cancel)
    {
        if (!(await projects.SettingsAsync(person, project, cancel)).TryGet(out var found, out var no)) return no;
        var root = (found.CiConfigPath ?? CiFiles.UsualRoot).TrimStart('/');
        if (root.Contains('@', StringComparison.Ordinal) || root.Contains("://", StringComparison.Ordinal)) return Refusal.Of("way-not-offered", $"The project's configuration is not in the project itself: it is {root}.");
        if ((of ?? found.DefaultBranch) is not { } branch) return Refusal.Of("way-not-offered", "The project has no default branch.");
        if (!(await projects.LintAsync(person, project, branch, dryRun: false, cancel)).TryGet(out var said, out var refused)) return refused;
        var files = new Dictionary<string, RepositoryFile>(StringComparer.Ordinal);
        foreach (var path in Local(said, found.FullPath).Prepend(root).Distinct(StringComparer.Ordinal))
        {
            if (!(await projects.FileAsync(person, project, path, branch, cancel)).TryGet(out var file, out var not)) return not;
            if (file is not null) files[path] = file;
            else if (path == root) return Refusal.Of("way-not-offered", $"The project has no file {root}.");
        }

        return new FilesNow(branch, said, new CiFiles(root, files.ToDictionary(one => one.Key, one => one.Value.Text, StringComparer.Ordinal)), files);
    }

    private static IEnumerable<string> Local(CiLint lint, string fullPath) =>
        lint.Includes.Where(one => one.Type == "local" && (one.From is null || one.From == fullPath)).Select(one => one.Location.TrimStart('/'));
}

/// <param name="Branch">The one that they were read from.</param>
/// <param name="Read">With the guards for writing them.</param>
public sealed record FilesNow(string Branch, CiLint Lint, CiFiles Files, IReadOnlyDictionary<string, RepositoryFile> Read);
