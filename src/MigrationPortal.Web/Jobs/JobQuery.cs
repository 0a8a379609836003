using System.Globalization;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Jobs;

/// <summary>The words that narrow finished jobs, the same in the page's address and in <c>GET /jobs</c>.</summary>
public static class JobQuery
{
    public static readonly TimeSpan Usual = TimeSpan.FromHours(24);
    public static readonly TimeSpan Longest = TimeSpan.FromDays(92);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(48);

    public static readonly string[] Words = ["executor", "project", "runner", "runnerVersion", "tag", "status", "kind", "reason", "name", "managed", "attempts"];

    public static readonly (string Word, JobStatus Value)[] Statuses =
        [("success", JobStatus.Success), ("failed", JobStatus.Failed), ("canceled", JobStatus.Canceled), ("skipped", JobStatus.Skipped)];

    public static readonly (string Word, ExecutorFamily Value)[] Executors =
        [("docker", ExecutorFamily.Docker), ("kubernetes", ExecutorFamily.Kubernetes), ("other", ExecutorFamily.Other), ("unknown", ExecutorFamily.Unknown)];

    private static readonly (string Word, FailureKind Value)[] Kinds = InsightQuery.Kinds;

    /// <param name="value">By word; null where it is left out. An empty tag asks for untagged jobs.</param>
    public static JobFilter Read(Func<string, string?> value, InstanceId instance, DateTimeOffset now, RequestErrors errors)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(errors);
        var kind = errors.OneOf("kind", value("kind"), Kinds);
        var window = errors.Window(value("from"), value("to"), Usual, Longest, now);
        // Whole hours can be counted; what the caller did not say may be rounded.
        if (value("from") is null && value("to") is null) window = new(Floor(window.From), Floor(window.To + Hour));
        var byStart = errors.OneOf("time", value("time"), [("finished", false), ("started", true)]) ?? false;
        // What started then finished then or later; jobs that run longer than this are ended by GitLab.
        var finished = byStart ? window with { To = window.To + LongestRun < now ? window.To + LongestRun : now > window.To ? now : window.To } : window;
        return new JobFilter(
            instance, finished, Number("project") is { } project ? new ProjectId(instance, project) : null, Number("runner"),
            errors.OneOf("executor", value("executor"), Executors), errors.OneOf("status", value("status"), Statuses), kind == FailureKind.None ? null : kind,
            value("tag") is Explorer.Untagged ? "" : value("tag"), value("reason"), value("runnerVersion"), byStart ? window : null, value("name"))
        {
            ManagedOnly = errors.OneOf("managed", value("managed"), [("true", true), ("false", false)]) ?? false,
            FirstAttempts = errors.OneOf("attempts", value("attempts"), [("all", false), ("first", true)]) ?? false,
        };

        long? Number(string word)
        {
            if (value(word) is not { } text) return null;
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
            errors.Add(word, $"'{text}' is not an id: give the number that GitLab shows.");
            return null;
        }
    }

    /// <summary>A chart's range may be longer than can be listed.</summary>
    /// <returns>Where its latest part that can be begins; null when all of it can, or when it makes no sense.</returns>
    public static DateTimeOffset? LatestOf(string? from, string? to, DateTimeOffset now)
    {
        DateTimeOffset? Time(string? text) =>
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
        if (Time(from) is not { } begin || (to is null ? now : Time(to)) is not { } end) return null;
        return end - begin > Longest ? end - Longest : null;
    }

    private static DateTimeOffset Floor(DateTimeOffset at) => at.AddTicks(-(at.UtcTicks % Hour.Ticks));

    public static string Write(JobMark mark)
    {
        ArgumentNullException.ThrowIfNull(mark);
        return string.Create(CultureInfo.InvariantCulture, $"{mark.FinishedAt.UtcTicks}-{mark.Number}");
    }

    public static JobMark? ReadMark(string? text) =>
        text?.Split('-') is [var at, var number] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var one) ? new JobMark(new DateTimeOffset(ticks, TimeSpan.Zero), one) : null;
}
