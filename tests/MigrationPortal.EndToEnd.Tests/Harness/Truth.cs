namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>A runner as the world knows it. Equal when GitLab would match the same jobs to it.</summary>
public sealed record TrueRunner(long Id, string Description, IReadOnlyList<string> TagList, bool RunUntagged, bool Paused, bool RefProtected)
{
    public bool Equals(TrueRunner? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    public override string ToString() =>
        $"{Id} {Description} [{string.Join(", ", TagList.Order(StringComparer.Ordinal))}]{(RunUntagged ? " untagged" : "")}{(Paused ? " paused" : "")}{(RefProtected ? " protected" : "")}";
}

/// <param name="StartedAt">Null: no runner has taken it.</param>
/// <param name="RunnerId">Null: no runner has taken it, or it was deleted since.</param>
/// <param name="Cause">What really made it fail, such as <c>noRunner</c>; null when nothing did.</param>
public sealed record TrueJob(
    long Id, long ProjectId, string Project, string Status, string? Executor, long? RunnerId, bool Untagged, IReadOnlyList<string> Tags, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt,
    string? FailureReason, string? Cause, double UnservedSeconds);

/// <param name="UnservedSeconds">Waited by its jobs while no unpaused, polling runner matched them.</param>
public sealed record TrueClass(IReadOnlyList<string> Tags, bool Protected, long ProjectId, bool ServedNow, int PendingNow, int Jobs, double UnservedSeconds)
{
    public string Key => $"[{string.Join(", ", Tags)}]{(Protected ? " protected" : "")} of project {ProjectId}";
}
