using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>Reads the files that a project's configuration is written in, all of one moment.</summary>
public sealed class ProjectFiles(IProjectReader projects)
{
    /// <returns>Refuses <c>way-not-offered</c> where the configuration lies in another project, or is not there.</returns>
    public async Task<Outcome<FilesNow>> ReadAsync(ProjectId project, PersonToken person, CancellationToken cancel)
    {
        var settings = await projects.SettingsAsync(person, project, cancel);
        if (settings is Outcome<ProjectSettings>.Refused { Refusal: var no }) return no;
        var found = ((Outcome<ProjectSettings>.Done)settings).Result;
        var root = (found.CiConfigPath ?? CiFiles.UsualRoot).TrimStart('/');
        if (root.Contains('@', StringComparison.Ordinal) || root.Contains("://", StringComparison.Ordinal)) return Refusal.Of("way-not-offered", $"The project's configuration is not in the project itself: it is {root}.");
        if (found.DefaultBranch is not { } branch) return Refusal.Of("way-not-offered", "The project has no default branch.");
        var lint = await projects.LintAsync(person, project, branch, dryRun: false, cancel);
        if (lint is Outcome<CiLint>.Refused { Refusal: var refused }) return refused;
        var said = ((Outcome<CiLint>.Done)lint).Result;
        var files = new Dictionary<string, RepositoryFile>(StringComparer.Ordinal);
        foreach (var path in Local(said, found.FullPath).Prepend(root).Distinct(StringComparer.Ordinal))
        {
            var read = await projects.FileAsync(person, project, path, branch, cancel);
            if (read is Outcome<RepositoryFile?>.Refused { Refusal: var not }) return not;
            if (((Outcome<RepositoryFile?>.Done)read).Result is { } file) files[path] = file;
            else if (path == root) return Refusal.Of("way-not-offered", $"The project has no file {root}.");
        }

        return new FilesNow(branch, said, new CiFiles(root, files.ToDictionary(one => one.Key, one => one.Value.Text, StringComparer.Ordinal)), files);
    }

    private static IEnumerable<string> Local(CiLint lint, string fullPath) =>
        lint.Includes.Where(one => one.Type == "local" && (one.From is null || one.From == fullPath)).Select(one => one.Location.TrimStart('/'));
}

/// <param name="Branch">The default branch, which they were read from.</param>
/// <param name="Read">With the guards for writing them.</param>
public sealed record FilesNow(string Branch, CiLint Lint, CiFiles Files, IReadOnlyDictionary<string, RepositoryFile> Read);
