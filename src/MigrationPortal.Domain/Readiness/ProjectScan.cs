using System.Text.RegularExpressions;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Readiness;

/// <summary>What became of reading a project's CI file. Stored by name.</summary>
public enum ScanState
{
    /// <summary>Read and looked at.</summary>
    Read,

    /// <summary>GitLab says that the file is invalid, or it could not be read.</summary>
    Invalid,

    /// <summary>There is no CI file, or no repository.</summary>
    NoFile,

    /// <summary>The portal may not read it.</summary>
    Refused,
}

/// <param name="Tags">As written after <c>default</c> and <c>extends</c>; empty: untagged.</param>
public sealed record ScannedJob(string Name, IReadOnlyList<string> Tags);

/// <param name="Kind">GitLab's word: <c>local</c>, <c>file</c>, <c>remote</c>, <c>template</c>, <c>component</c>.</param>
/// <param name="Project">Full path of the project that the file is in; null for the project's own files and for those of no project.</param>
/// <param name="Ref">Branch, tag, commit or version that the include names; null: the default branch.</param>
public sealed partial record ScannedInclude(string Kind, string Location, string? Project, string? Ref = null)
{
    /// <summary>
    /// As GitLab's lint tells it. Of a component it tells the address alone, <c>host/group/project/name@version</c>: the project and
    /// the file in it are read from that.
    /// </summary>
    public static ScannedInclude Of(string kind, string location, string? project, string? reference) =>
        kind == "component" && project is null && Component().Match(location) is { Success: true } found
            ? new(kind, $"templates/{found.Groups[2].Value}.yml", found.Groups[1].Value, found.Groups[3].Value)
            : new(kind, location, project, reference);

    [GeneratedRegex(@"\A[^/@]+/(.+)/([^/@]+)@(.+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Component();
}

/// <summary>What was found in one project's CI file on one branch, as last looked at. What it means, <see cref="ScanJudgement"/> says.</summary>
/// <param name="At">The instance's time.</param>
/// <param name="Ref">The branch.</param>
/// <param name="Problem">GitLab's own words, or why it was not read; null when it was.</param>
/// <param name="Findings">Of the merged configuration: their lines are its lines.</param>
public sealed record ProjectScan(
    ProjectId Project,
    string Ref,
    DateTimeOffset At,
    ScanState State,
    string? Problem,
    IReadOnlyList<ScannedJob> Jobs,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<ScannedInclude> Includes)
{
    /// <summary>Of the rules and the profile that it was looked at by.</summary>
    public string Mark { get; init; } = "";

    public static ProjectScan Of(ScanSubject subject, DateTimeOffset at, CiReading reading, ReadinessScanner scanner, RunnerProfile profile)
    {
        if (reading.MergedYaml is not { } yaml) return new(subject.Project, subject.Ref, at, reading.State, reading.Problem, [], [], reading.Includes);
        var result = scanner.Scan(yaml, profile);
        var stopped = result.Configuration.Problems.FirstOrDefault(problem => problem.Stops);
        return new(
            subject.Project, subject.Ref, at, stopped is null ? ScanState.Read : ScanState.Invalid, stopped?.Message,
            [.. result.Configuration.Jobs.Select(job => new ScannedJob(job.Name, job.Tags))], result.Findings, reading.Includes);
    }
}

/// <summary>A branch whose CI file is to be looked at.</summary>
public sealed record ScanSubject(ProjectId Project, string Ref);

/// <summary>A CI configuration as GitLab's lint gave it.</summary>
/// <param name="MergedYaml">Null when there is none: <paramref name="State"/> and <paramref name="Problem"/> say why.</param>
public sealed record CiReading(ScanState State, string? MergedYaml, string? Problem, IReadOnlyList<ScannedInclude> Includes);
