namespace MigrationPortal.World;

/// <summary>What GitLab's CI lint answers.</summary>
public sealed record LintResult(
    bool Valid,
    IReadOnlyList<string> Errors,
    IReadOnlyList<string> Warnings,
    string? MergedYaml,
    IReadOnlyList<LintInclude> Includes,
    IReadOnlyList<LintJob> Jobs);

/// <param name="Type"><c>local</c>, <c>file</c>, <c>template</c> or <c>remote</c>.</param>
public sealed record LintInclude(string Type, string Location, string? ContextProject, string? ContextSha, string? IncludedProject);

/// <param name="TagList">As written in static mode; expanded by variables in a dry run.</param>
public sealed record LintJob(
    string Name,
    string Stage,
    IReadOnlyList<string> BeforeScript,
    IReadOnlyList<string> Script,
    IReadOnlyList<string> AfterScript,
    IReadOnlyList<string> TagList,
    string? Environment,
    string When,
    bool AllowFailure,
    IReadOnlyList<string>? Needs);
