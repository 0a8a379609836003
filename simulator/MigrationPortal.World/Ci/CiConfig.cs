namespace MigrationPortal.World;

/// <summary>A CI configuration read, merged and checked: what pipelines of a project are made from.</summary>
internal sealed class CiConfig
{
    public required CiMap Merged { get; init; }

    public required IReadOnlyList<string> Stages { get; init; }

    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public required IReadOnlyList<CiRule>? WorkflowRules { get; init; }

    public required IReadOnlyList<CiJob> Jobs { get; init; }

    public required IReadOnlyList<LintInclude> Includes { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>One rule: conditions that must all hold, and what then follows.</summary>
internal sealed record CiRule(CiCondition? If, string? When, bool? AllowFailure, IReadOnlyDictionary<string, string> Variables);

internal sealed class CiJob
{
    public required string Name { get; init; }

    public required string Stage { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public required IReadOnlyList<string> BeforeScript { get; init; }

    public required IReadOnlyList<string> Script { get; init; }

    public required IReadOnlyList<string> AfterScript { get; init; }

    public required string? Image { get; init; }

    public required IReadOnlyList<JobService> Services { get; init; }

    public required IReadOnlyList<CiRule>? Rules { get; init; }

    public required CiRefPolicy? Only { get; init; }

    public required CiRefPolicy? Except { get; init; }

    public required string When { get; init; }

    public required bool? AllowFailure { get; init; }

    public required IReadOnlyList<string>? Needs { get; init; }

    public required string? Environment { get; init; }

    public required int Retry { get; init; }

    public required int? Timeout { get; init; }

    public required int Parallel { get; init; }

    public required Workload Workload { get; init; }

    /// <summary>Trigger jobs need no runner; this world makes no downstream pipelines and leaves them out.</summary>
    public required bool IsBridge { get; init; }

    /// <summary>Equal expanded jobs share one definition.</summary>
    public Dictionary<(TagSet Tags, JobWhen When, bool AllowFailure), JobDefinition> Definitions { get; } = [];
}

/// <summary><c>only</c> and <c>except</c>: ref names, patterns and keywords.</summary>
internal sealed class CiRefPolicy(IReadOnlyList<string> refs, IReadOnlyList<CiCondition> conditions)
{
    public bool Matches(CiTrigger trigger, CiVariables variables) =>
        (refs.Count == 0 || refs.Any(r => MatchesRef(r, trigger)))
        && (conditions.Count == 0 || conditions.Any(c => c.Holds(variables)));

    private static bool MatchesRef(string wanted, CiTrigger trigger) => wanted switch
    {
        "branches" => !trigger.IsTag && trigger.Source != PipelineSource.MergeRequestEvent,
        "tags" => trigger.IsTag,
        "merge_requests" => trigger.Source == PipelineSource.MergeRequestEvent,
        "schedules" => trigger.Source == PipelineSource.Schedule,
        "pushes" => trigger.Source == PipelineSource.Push,
        "web" => trigger.Source == PipelineSource.Web,
        "api" => trigger.Source == PipelineSource.Api,
        _ when wanted.Length > 1 && wanted[0] == '/' => trigger.Source != PipelineSource.MergeRequestEvent
            && CiPattern.Matches(trigger.RefName, wanted),
        _ => trigger.Source != PipelineSource.MergeRequestEvent && wanted == trigger.RefName,
    };
}

internal static class CiPattern
{
    public static bool Matches(string text, string slashed) => System.Text.RegularExpressions.Regex.IsMatch(
        text,
        slashed.TrimEnd('i').Trim('/'),
        System.Text.RegularExpressions.RegexOptions.CultureInvariant,
        TimeSpan.FromMilliseconds(100));
}

/// <summary>What sets a pipeline off.</summary>
internal sealed record CiTrigger(PipelineSource Source, string RefName, bool IsTag, string? SourceBranch = null);
