namespace MigrationPortal.Domain.Cohorts;

/// <summary>What GitLab's CI lint says; an invalid configuration is an answer too (gitlab-api.md 7.3).</summary>
/// <param name="MergedYaml">All includes and <c>extends</c> resolved; null when the configuration is invalid.</param>
/// <param name="Jobs">Empty when it is invalid.</param>
public sealed record CiLint(
    bool Valid,
    IReadOnlyList<string> Errors,
    IReadOnlyList<string> Warnings,
    string? MergedYaml,
    IReadOnlyList<CiInclude> Includes,
    IReadOnlyList<LintedJob> Jobs);

/// <param name="Type"><c>local</c>, <c>file</c>, <c>remote</c>, <c>template</c>, <c>component</c>; an open set.</param>
/// <param name="Project">Full path of the project that the file is in; null for the project's own files and for those of no project.</param>
/// <param name="Ref">Of that project, where the include names one.</param>
/// <param name="From">Full path of the project whose file includes it.</param>
public sealed record CiInclude(string Type, string Location, string? Project, string? Ref, string? From);

/// <param name="Tags">The job's own after <c>default</c> and <c>extends</c>; empty means untagged.</param>
/// <param name="When"><c>on_success</c>, <c>manual</c>, ...</param>
public sealed record LintedJob(string Name, string? Stage, IReadOnlyList<string> Tags, string? When);
