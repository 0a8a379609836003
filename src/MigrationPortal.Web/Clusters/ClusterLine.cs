using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Live;
using MigrationPortal.Domain.Clusters.Rights;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>One cluster with all that is known of it.</summary>
/// <param name="Missing">Null before the first preflight.</param>
/// <param name="View">Null while this process does not watch it yet.</param>
public sealed record ClusterLine(Cluster Cluster, ClusterHealth? Health, MissingCounts? Missing, ClusterView? View, ClusterBalance? Balance)
{
    public bool IsInTrouble => View?.Freshness.State == WatchState.Unreachable || Health is { IsWell: false };

    public (VerdictKind Kind, string Word) Look => View?.Freshness.State == WatchState.Unreachable ? (VerdictKind.Fail, TroubleWord(View.Freshness.Why)) : ClusterWords.Look(View?.Freshness);

    /// <summary>Null while it can be watched.</summary>
    public string? WhyNot => View?.Freshness is { State: WatchState.Unreachable } fresh ? fresh.Why?.Sentence : Health?.Trouble?.Sentence;

    /// <summary>"3 of 4 ready", or why that is not known.</summary>
    public string Managers => View?.Look switch
    {
        null => "–",
        { Managers: null } => "not seen",
        { Managers.Count: 0 } => "none",
        var look => $"{look.Managers.Count(one => one.IsReady)} of {look.Managers.Count} ready",
    };

    public string Seen(DateTimeOffset now) => View is null ? "watched within a minute" : ClusterWords.Said(View.Freshness, now);

    private static string TroubleWord(ClusterTrouble? why) => why?.Kind switch
    {
        TroubleKind.Credentials => "not accepted",
        TroubleKind.Forbidden => "may not watch",
        TroubleKind.Certificate => "not trusted",
        TroubleKind.Busy => "busy",
        _ => "unreachable",
    };
}
