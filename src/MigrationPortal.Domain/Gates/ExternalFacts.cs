namespace MigrationPortal.Domain.Gates;

/// <summary>What one external gate answered, at the moment of the facts. With neither it is gone: the policy names one that is not there.</summary>
public sealed record ExternalFacts(string Name)
{
    public PromFacts? Query { get; init; }

    public PostFacts? Post { get; init; }
}

/// <summary>A query's answer.</summary>
/// <param name="Series">Samples in it.</param>
/// <param name="Worst">The one that is furthest on the wrong side; null when there is none, or one is no number.</param>
/// <param name="Trouble">Why nothing could be read, as a sentence; null when there was an answer.</param>
public sealed record PromFacts(PassWhen Passes, double Threshold, int Series, double? Worst, string? Trouble);

/// <summary>The last answer that was posted.</summary>
/// <param name="Verdict">Null: none was posted yet.</param>
/// <param name="ExpiresAt">The instance's time.</param>
public sealed record PostFacts(GateVerdict? Verdict, string Sentence, DateTimeOffset? SentAt, DateTimeOffset? ExpiresAt);
