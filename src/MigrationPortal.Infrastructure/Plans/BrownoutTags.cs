using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;

namespace MigrationPortal.Infrastructure.Plans;

/// <summary>Tags that brownouts owe.</summary>
internal sealed class BrownoutTags(IOperationStore operations) : ITagsAway
{
    public async Task<TagsAway> ReadAsync(FleetSnapshot snapshot, DateTimeOffset now, CancellationToken cancel)
    {
        var owing = (await operations.OwingAsync(snapshot.Instance, cancel)).Where(one => now <= one.Brownout!.Until + Brownout.Overdue).ToList();
        return new TagsAway([.. owing.Select(one => new TagAway(one.Brownout!.Tag, one.Brownout.Until, one.Id))], snapshot.AsIfReturned(owing));
    }
}
