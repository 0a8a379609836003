namespace MigrationPortal.Domain.Clusters.Apply;

public enum ObjectEffect
{
    Create,
    Change,
    Unchanged,

    /// <summary>The cluster says no; the findings have its words.</summary>
    Refused,

    /// <summary>It cannot be tried before something else is there, such as its namespace.</summary>
    Later,
}

public enum FindingLevel
{
    /// <summary>Nothing is applied while it stands.</summary>
    Error,
    Warning,
    Note,
}

/// <param name="Code">Stable, such as <c>pruned-field</c>.</param>
/// <param name="Object">Null: of the whole.</param>
public sealed record ApplyFinding(FindingLevel Level, string Code, ObjectKey? Object, string Sentence);

public sealed record ObjectPreview(ObjectKey Key, ObjectEffect Effect, IReadOnlyList<FieldChange> Changes, IReadOnlyList<HeldField> Conflicts);

/// <param name="Removed">Objects that the last good application made and this revision does not have: they go when that is confirmed.</param>
/// <param name="Fingerprint">Of what was seen and what is wanted: applying is refused when either has changed.</param>
/// <param name="LastGood">The application that a roll back would return to; null: none, then what was made is removed.</param>
public sealed record ApplyPreview(
    long Cluster, Rendering Rendering, IReadOnlyList<ObjectPreview> Objects, IReadOnlyList<ObjectKey> Removed, IReadOnlyList<ApplyFinding> Findings, string Fingerprint, Application? LastGood)
{
    public bool ChangesNothing => Removed.Count == 0 && Objects.All(one => one.Effect == ObjectEffect.Unchanged);

    public IEnumerable<ApplyFinding> Errors => Findings.Where(one => one.Level == FindingLevel.Error);

    internal IReadOnlyList<Manifest> Wanted { get; init; } = [];
}
