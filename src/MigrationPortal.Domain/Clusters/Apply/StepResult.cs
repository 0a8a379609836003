namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>How a step ended, or why it has not yet.</summary>
internal abstract record StepResult
{
    private StepResult()
    {
    }

    /// <param name="State">Done or skipped.</param>
    /// <param name="Template">Which pods run, of a step that waited for them.</param>
    public sealed record Ended(string? Said, string? Uid = null, ApplyStepState State = ApplyStepState.Done, string? Template = null) : StepResult;

    /// <summary>Asking again later can help, until the deadline.</summary>
    public sealed record Wait(string Why, TimeSpan? RetryAfter) : StepResult;

    public sealed record Failed(string Why) : StepResult;
}
