using System.Text.Json;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Jobs;

/// <summary>Why jobs wait, in the words of pages and of the API.</summary>
internal static class PendingWords
{
    public static string Key(PendingReason reason) => JsonNamingPolicy.CamelCase.ConvertName(reason.ToString());

    public static readonly (string Word, PendingReason Value)[] Keys = [.. Enum.GetValues<PendingReason>().Select(one => (Key(one), one))];

    /// <summary>The filter word of a group's tags.</summary>
    public static string? TagsKey(TagSet? tags) => tags is null ? null : tags.IsEmpty ? "untagged" : string.Join(' ', tags);

    public static VerdictKind Kind(PendingReason reason) => reason switch
    {
        PendingReason.Busy or PendingReason.Brownout => VerdictKind.Wait,
        PendingReason.NotKnown => VerdictKind.Unknown,
        PendingReason.Paused or PendingReason.NotInContact => VerdictKind.Attention,
        _ => VerdictKind.Fail,
    };

    public static string Short(PendingReason reason) => reason switch
    {
        PendingReason.MissingTags => "nobody has the tags",
        PendingReason.NobodyTakesUntagged => "nobody takes untagged",
        PendingReason.NotForProject => "not for this project",
        PendingReason.ProtectedOnly => "protected refs only",
        PendingReason.Paused => "paused",
        PendingReason.NotInContact => "not in contact",
        PendingReason.Brownout => "expected: brownout",
        PendingReason.NotKnown => "not known",
        _ => "waits for a free slot",
    };

    /// <summary>As <see cref="Short(PendingReason)"/>; of a brownout "expected: brownout of tag linux until 14:30 UTC".</summary>
    public static string Short(PendingDiagnosis diagnosis) => diagnosis.Expected is { } away ? $"expected: brownout of tag {away.Tag} until {Clock(away)}" : Short(diagnosis.Reason);

    private static string Clock(TagAway away) => $"{away.Until.UtcDateTime:HH:mm} UTC";

    /// <summary>"41 jobs wait for tag gpu, nobody serves it", without an end.</summary>
    public static string Sentence(PendingGroup group)
    {
        var jobs = $"{Words.Count(group.Jobs)} {(group.Jobs == 1 ? "job waits" : "jobs wait")}";
        var asked = group.Wanted is null || group.Wanted.IsEmpty ? "untagged" : string.Join(" + ", group.Wanted);
        return group.Reason switch
        {
            PendingReason.MissingTags => $"{jobs} for {(group.Wanted!.Count == 1 ? "tag" : "tags")} {asked}, nobody serves {(group.Wanted.Count == 1 ? "it" : "them")}",
            PendingReason.NobodyTakesUntagged => $"{jobs} untagged, no runner of {(group.Projects == 1 ? "its project" : "their projects")} accepts untagged jobs",
            PendingReason.NotForProject => $"{jobs} ({asked}), runners would take {(group.Jobs == 1 ? "it" : "them")} but are not there for {(group.Projects == 1 ? "this project" : "these projects")}",
            PendingReason.ProtectedOnly => $"{jobs} ({asked}), only runners for protected refs match",
            PendingReason.Paused => $"{jobs} ({asked}), all matching runners are paused",
            PendingReason.NotInContact => $"{jobs} ({asked}), no matching runner is in contact",
            PendingReason.Brownout => $"{jobs} as expected: brownout of tag {asked}{(group.Expected is { } away ? $" until {Clock(away)}" : "")}",
            PendingReason.NotKnown => $"{jobs}, tags or runners are not known",
            _ => $"{jobs} for a free slot of a runner that can take {(group.Jobs == 1 ? "it" : "them")}",
        };
    }

    /// <summary>", 12 will be dropped within 20 min", or nothing.</summary>
    public static string Soon(PendingGroup group) =>
        group.DroppedSoon == 0 ? "" : $", {Words.Count(group.DroppedSoon)} will be dropped within {Words.Span(DiagnosePending.Soon)}";

    /// <summary>The one thing that keeps a runner from a job.</summary>
    public static string Obstacle(ObservedRunner runner, PendingReason why, DateTimeOffset takenAt) => why switch
    {
        PendingReason.Paused => "paused",
        PendingReason.NotInContact => runner.ContactedAt is { } at ? $"no contact for {Words.Span(takenAt - at)}" : "never made contact",
        PendingReason.NotForProject => runner.Type switch
        {
            RunnerType.Project => "not assigned to the project",
            RunnerType.Group => "of another group, or group runners are off for the project",
            _ => "instance runners are off for the project",
        },
        PendingReason.ProtectedOnly => "takes protected refs only",
        PendingReason.NobodyTakesUntagged => "refuses untagged jobs",
        _ => "lacks a tag",
    };

    /// <summary>What would mend it.</summary>
    public static string Remedy(PendingReason reason) => reason switch
    {
        PendingReason.MissingTags => "Give the tag to a runner by a plan, or change the jobs' tags.",
        PendingReason.NobodyTakesUntagged => "Let a runner accept untagged jobs by a plan, or give the jobs tags.",
        PendingReason.NotForProject => "Assign the runner, or switch group or instance runners on in the project's settings.",
        PendingReason.ProtectedOnly => "Protect the ref, or let a runner take all refs.",
        PendingReason.Paused => "Unpause one of them by a plan.",
        PendingReason.NotInContact => "Start the runner's manager, or find out why it cannot reach GitLab.",
        PendingReason.Brownout => "Nothing: the tag comes back by itself.",
        PendingReason.NotKnown => "The next job sweep or fleet sweep brings what is missing.",
        _ => "Nothing: raise the runner's concurrency if they wait too long.",
    };
}
