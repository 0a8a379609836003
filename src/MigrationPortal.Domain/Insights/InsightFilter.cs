using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>What a chart or an API call asks for.</summary>
/// <param name="Kind">Which failures count; null counts all kinds.</param>
/// <param name="Where">Dimension values to keep, by dimension.</param>
public sealed record InsightFilter(
    InstanceId Instance,
    TimeWindow Window,
    Bucket Bucket,
    Dimension By,
    FailureKind? Kind,
    IReadOnlyDictionary<Dimension, string> Where);

public enum Bucket
{
    Hour,
    Day,
}

public enum Dimension
{
    Executor,
    Reason,
    Project,
    Cluster,
    Tag,
    Runner,
    RunnerVersion,
}
