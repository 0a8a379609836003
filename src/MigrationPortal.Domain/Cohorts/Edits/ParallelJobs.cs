using System.Text.RegularExpressions;
using MigrationPortal.Domain.Readiness.Ci;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>
/// GitLab's lint names each copy of a job with <c>parallel</c>: <c>test 1/3</c>, <c>test: [linux, arm]</c> (its
/// <c>Config::Normalizer</c>). In the files all copies are one job.
/// </summary>
internal static partial class ParallelJobs
{
    public static string NameOf(string linted, CiMap merged) =>
        merged.Find(linted) is null && Copy().Match(linted) is { Success: true } copy && merged.Find(copy.Groups[1].Value) is not null ? copy.Groups[1].Value : linted;

    [GeneratedRegex(@"\A(.+?)(?: [0-9]+/[0-9]+|: \[.*\])\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Copy();
}
