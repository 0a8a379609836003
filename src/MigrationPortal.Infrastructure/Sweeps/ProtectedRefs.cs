using System.Collections.Concurrent;
using System.IO.Enumeration;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>
/// Whether a job's ref is protected, from the project's cached rules: no job field says it. What cannot be told stays
/// null and is treated as both, never guessed.
/// </summary>
internal sealed class ProtectedRefs(IProjectStore projects, TimeProvider time)
{
    private static readonly TimeSpan Trusted = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ProjectId, (ObservedProject? Project, long ReadAt)> _cache = new();

    public async Task<IReadOnlyList<JobObservation>> MarkAsync(IReadOnlyList<JobObservation> jobs, CancellationToken cancel)
    {
        var unknown = jobs.Select(job => job.Project).Distinct()
            .Where(id => !_cache.TryGetValue(id, out var known) || time.GetElapsedTime(known.ReadAt) > Trusted).ToList();
        if (unknown.Count > 0)
        {
            var read = await projects.FindAsync(unknown, cancel);
            foreach (var id in unknown) _cache[id] = (read.GetValueOrDefault(id), time.GetTimestamp());
        }
        return [.. jobs.Select(job => job with { Protected = IsProtected(_cache[job.Project].Project, job.Ref) })];
    }

    /// <returns>Null where the rules were not read, or where branch and tag of that name would differ.</returns>
    public static bool? IsProtected(ObservedProject? project, string? name)
    {
        if (name is null || project is not { ProtectedBranches: { } branches, ProtectedTags: { } tags }) return null;
        // refs/merge-requests/5/head: protected only when source and target are, which the job does not say.
        if (name.StartsWith("refs/", StringComparison.Ordinal)) return branches.Count == 0 ? false : null;
        var asBranch = Matches(branches, name);
        var asTag = Matches(tags, name);
        // An exactly named branch, such as main, is hardly ever a tag; a pattern's match may be either.
        return asBranch == asTag ? asBranch : asBranch && branches.Contains(name) ? true : null;
    }

    private static bool Matches(IReadOnlyList<string> patterns, string name) =>
        patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal), name, ignoreCase: false));
}
