using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Web.Insights;

/// <summary>What people read for the dimensions and kinds of failure.</summary>
public static class DimensionWords
{
    public static string One(Dimension dimension) => dimension == Dimension.RunnerVersion ? "Runner version" : dimension.ToString();

    public static string Many(Dimension dimension) => dimension == Dimension.RunnerVersion ? "runner versions" : dimension.ToString().ToLowerInvariant() + "s";

    public static string Kind(FailureKind kind) => kind switch
    {
        FailureKind.None => "All",
        FailureKind.NoRunner => "No runner",
        FailureKind.NotYetKnown => "Not yet known",
        _ => kind.ToString(),
    };

    /// <summary>"failed", "failed by timeout".</summary>
    public static string Failed(FailureKind? kind) => kind switch
    {
        null => "failed",
        FailureKind.NoRunner => "found no runner",
        { } one => $"failed by {Kind(one).ToLowerInvariant()}",
    };
}
