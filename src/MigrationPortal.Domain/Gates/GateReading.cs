namespace MigrationPortal.Domain.Gates;

/// <summary>What one gate measured.</summary>
/// <param name="Gate">Its key.</param>
/// <param name="Value">The measured against its limit in a few words, such as <c>99.4 % known</c>.</param>
/// <param name="Sentence">Can be read alone by somebody who never studied statistics.</param>
/// <param name="MoreJobs">While it waits for jobs: how many more on Kubernetes.</param>
/// <param name="Until">While it waits: the instance's time at which it can be decided, about.</param>
public sealed record GateReading(string Gate, GateVerdict Verdict, string Value, string Sentence, long? MoreJobs = null, DateTimeOffset? Until = null);
