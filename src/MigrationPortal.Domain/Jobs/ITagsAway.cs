using MigrationPortal.Domain.Fleet;

namespace MigrationPortal.Domain.Jobs;

/// <summary>Which tags are away on purpose, so that jobs that wait for one are not taken for stuck.</summary>
public interface ITagsAway
{
    /// <param name="now">The instance's time.</param>
    Task<TagsAway> ReadAsync(FleetSnapshot snapshot, DateTimeOffset now, CancellationToken cancel);
}

/// <param name="Tags">One that should be back by now is not among them: its jobs wait for want of a runner.</param>
/// <param name="Returned">The fleet as it will be with these tags back.</param>
public sealed record TagsAway(IReadOnlyList<TagAway> Tags, FleetSnapshot Returned);

/// <param name="Until">When it comes back; the instance's time.</param>
/// <param name="OperationId">That took it away and gives it back.</param>
public sealed record TagAway(string Tag, DateTimeOffset Until, long OperationId);
