namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>Stored by name.</summary>
public enum ApplyStepKind
{
    Apply,
    Remove,

    /// <summary>Wait until a Deployment, or the one that the Operator makes of a Runner, is rolled out.</summary>
    RollOut,

    /// <summary>Wait until GitLab hears from the manager.</summary>
    Contact,

    /// <summary>Wait until the cluster matches, whoever makes it so.</summary>
    Match,
}

/// <summary>Stored by name.</summary>
public enum ApplyStepState
{
    Pending,

    /// <summary>Begun; whether the cluster has it is found out by doing it again.</summary>
    Running,
    Done,

    /// <summary>Not needed any more.</summary>
    Skipped,
    Failed,
}

/// <summary>Stored as JSON: names are promises.</summary>
/// <param name="Object">Null for <see cref="ApplyStepKind.Contact"/> and <see cref="ApplyStepKind.Match"/>.</param>
/// <param name="Uid">Of the object once written; of one to be removed, which one it is.</param>
/// <param name="Made">It was not there before: rolling back removes it.</param>
/// <param name="Said">What was found, or what it waits for.</param>
/// <param name="Notes">What was there when it began; null: nothing was noted.</param>
public sealed record ApplyStep(ApplyStepKind Kind, ObjectKey? Object, bool IsRollBack, ApplyStepState State, string? Uid, bool Made, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string? Said, StepNotes? Notes = null)
{
    public static ApplyStep Of(ApplyStepKind kind, ObjectKey? key, bool isRollBack = false, string? uid = null) => new(kind, key, isRollBack, ApplyStepState.Pending, uid, false, null, null, null);

    public bool IsWrite => Kind is ApplyStepKind.Apply or ApplyStepKind.Remove;
}
