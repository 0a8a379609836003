using System.Text;
using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Domain.Cohorts.TwinRuns;

/// <summary>How twin runs are named in GitLab, so that nobody takes their jobs for ordinary ones.</summary>
public static class TwinName
{
    private const int LongestSlug = 40;
    private const int ShortCommit = 8;

    public static string Branch(string job, string commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return $"{TwinRef.Prefix}{Slug(job)}-{commit[..Math.Min(ShortCommit, commit.Length)]}";
    }

    public static string OnDocker(string job) => $"{job} (docker)";

    public static string OnKubernetes(string job) => $"{job} (Kubernetes)";

    /// <summary>Small letters, digits and single hyphens.</summary>
    public static string Slug(string job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var slug = new StringBuilder();
        foreach (var letter in job)
        {
            if (char.IsAsciiLetterOrDigit(letter)) slug.Append(char.ToLowerInvariant(letter));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
            if (slug.Length == LongestSlug) break;
        }

        var kept = slug.ToString().TrimEnd('-');
        return kept.Length == 0 ? "job" : kept;
    }
}
