using System.Globalization;
using MigrationPortal.Domain.Clusters.Live;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>States, phases and amounts of clusters in words, the same in API and on pages.</summary>
internal static class ClusterWords
{
    public static readonly IReadOnlyList<(string Word, PodPhase Value)> Phases = [.. Enum.GetValues<PodPhase>().Select(one => (Of(one), one))];

    public static readonly IReadOnlyList<(string Word, WaitKind Value)> Reasons = [.. Enum.GetValues<WaitKind>().Select(one => (Of(one), one))];

    public static string Of(PodPhase phase) => phase.ToString().ToLowerInvariant();

    /// <summary>Null for what is no such word.</summary>
    public static T? Find<T>(IReadOnlyList<(string Word, T Value)> words, string? word) where T : struct => words.Where(one => one.Word == word).Select(one => (T?)one.Value).FirstOrDefault();

    /// <summary>As the API writes it: <c>imagePull</c>.</summary>
    public static string Of(WaitKind kind) => Camel(kind.ToString());

    public static string Of(WatchState state) => state.ToString().ToLowerInvariant();

    public static string Camel(string word) => char.ToLowerInvariant(word[0]) + word[1..];

    /// <summary>"seen 3 s ago, watching", "unreachable since 14:02, tried again in 40 s".</summary>
    public static string Said(WatchFreshness fresh, DateTimeOffset now) => fresh.State switch
    {
        WatchState.Watching => $"seen {Seen(fresh, now)}, watching",
        WatchState.Relisting => $"seen {Seen(fresh, now)}, reading the whole list again",
        WatchState.Starting => "being read for the first time",
        _ => $"unreachable for {Words.Span(now - fresh.Since)}{(fresh.SeenAt is null ? "" : $", seen {Seen(fresh, now)}")}{(fresh.TriesAgainAt is { } at && at > now ? $", tried again in {Words.Span(at - now)}" : "")}",
    };

    public static (VerdictKind Kind, string Word) Look(WatchFreshness? fresh) => fresh?.State switch
    {
        null => (VerdictKind.Unknown, "not watched yet"),
        WatchState.Watching => (VerdictKind.Pass, "watching"),
        WatchState.Relisting => (VerdictKind.Wait, "relisting"),
        WatchState.Starting => (VerdictKind.Wait, "starting"),
        _ => (VerdictKind.Fail, "unreachable"),
    };

    /// <summary>"1.5 cores".</summary>
    public static string Cores(long millis) => (millis / 1000.0).ToString("#,0.##", CultureInfo.InvariantCulture) + "\u00a0cores";

    /// <summary>"4 GiB".</summary>
    public static string Memory(long bytes) => bytes switch
    {
        < 1024L * 1024 * 1024 => (bytes / 1048576.0).ToString("#,0", CultureInfo.InvariantCulture) + "\u00a0MiB",
        _ => (bytes / 1073741824.0).ToString("#,0.#", CultureInfo.InvariantCulture) + "\u00a0GiB",
    };

    private static string Seen(WatchFreshness fresh, DateTimeOffset now) => fresh.SeenAt is { } at ? Words.Ago(at, now) : "never";
}
