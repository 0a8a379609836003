namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>Stored by name.</summary>
public enum DriftKind
{
    /// <summary>The object is not there.</summary>
    Missing,

    /// <summary>A field of the portal's has another value.</summary>
    Changed,

    /// <summary>It has the value, but belongs to somebody else now, who may change it any time.</summary>
    Taken,
}

/// <summary>One field that is not as the configuration wants it. Stored as JSON: names are promises. Holds no secret.</summary>
/// <param name="Path">Empty: the whole object.</param>
/// <param name="Writer">The manager that it belongs to; null: nobody, or not told.</param>
/// <param name="At">When that manager last wrote.</param>
/// <param name="Since">When the portal first saw it so.</param>
public sealed record DriftField(ObjectKey Object, string Path, DriftKind Kind, string? Desired, string? Live, string? Writer, DateTimeOffset? At, DateTimeOffset? Since);

/// <param name="Unseen">What could not be compared, a sentence each.</param>
public sealed record DriftReport(IReadOnlyList<DriftField> Fields, IReadOnlyList<string> Unseen)
{
    public bool IsEmpty => Fields.Count == 0 && Unseen.Count == 0;
}

/// <summary>What the last look at one configuration in one cluster found.</summary>
/// <param name="Application">Whose objects were compared.</param>
/// <param name="CheckedAt">Real time.</param>
/// <param name="Trouble">Why nothing could be compared; the fields are those of the look before.</param>
public sealed record DriftRecord(long Cluster, long Configuration, long Application, DateTimeOffset CheckedAt, DriftReport Report, string? Trouble);

/// <summary>The last look at each configuration in each cluster.</summary>
public interface IDriftStore
{
    /// <param name="cluster">Null: all.</param>
    /// <param name="configuration">Null: all.</param>
    Task<IReadOnlyList<DriftRecord>> ListAsync(long? cluster, long? configuration, CancellationToken cancel);

    Task SaveAsync(DriftRecord record, CancellationToken cancel);
}
