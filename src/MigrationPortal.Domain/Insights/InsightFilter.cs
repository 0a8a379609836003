using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>What a chart or an API call asks for.</summary>
/// <param name="Kind">Which failures count; null counts all kinds.</param>
/// <param name="Where">Dimension values to keep, by dimension; any of several, separated by commas.</param>
public sealed record InsightFilter(
    InstanceId Instance,
    TimeWindow Window,
    Bucket Bucket,
    Dimension By,
    FailureKind? Kind,
    IReadOnlyDictionary<Dimension, string> Where)
{
    /// <summary>
    /// Failure rates of what managed runners finished, as they are managed now: only those are compared (product.md,
    /// Words). Shares always count everything.
    /// </summary>
    public bool ManagedOnly { get; init; }

    /// <summary>
    /// Retries count neither as failed nor as finished (statistics.md A.1): they would dilute or inflate an executor's own
    /// rate. A job whose attempt is not known counts.
    /// </summary>
    public bool FirstAttempts { get; init; }

    /// <summary>Of <see cref="By"/>, the values to answer; null for all.</summary>
    public IReadOnlyCollection<string>? Only { get; init; }

    /// <summary>Hours (their begin) whose jobs are left out of failure rates, by executor family: incidents.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<DateTimeOffset>> LeftOut { get; init; } = new Dictionary<string, IReadOnlyList<DateTimeOffset>>();

    /// <summary>The same without the hours in which each executor was hit.</summary>
    public InsightFilter Without(IReadOnlyList<Incident> incidents)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        return this with
        {
            LeftOut = incidents.SelectMany(incident => incident.Hits).GroupBy(hit => hit.Executor)
                .ToDictionary(executor => executor.Key, executor => (IReadOnlyList<DateTimeOffset>)[.. executor.SelectMany(hit => hit.Hours)]),
        };
    }
}

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
