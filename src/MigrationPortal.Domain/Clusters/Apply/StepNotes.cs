namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>What was there when a step began. Stored as JSON: names are promises.</summary>
/// <param name="Fields">Those fields of the object that the step may change, as they were, to be applied again; null: it was not there, or could not be read. May hold whatever others wrote: encrypted at rest, and shown nowhere.</param>
/// <param name="Generation">Of the object.</param>
/// <param name="Template">Which pods ran, or run now where the step waits for them: <see cref="Of(LiveObject)"/>; null: none.</param>
/// <param name="Managers">System ids of the runner that GitLab knew.</param>
public sealed record StepNotes(string? Fields, long? Generation, string? Template, IReadOnlyList<string> Managers)
{
    /// <summary>A Deployment's template as a short text: pods of the same text are the same pods.</summary>
    public static string? Of(LiveObject? deployment) => deployment?.At("spec", "template") is { } template ? HashedNames.Hash(ApplyFingerprint.Sorted(template))[..16] : null;
}
