using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>How much of a window an answer of the API can rest on, told beside the answer itself.</summary>
public sealed class ReadCompleteness(IInsightReader reader, IJobCollection collection)
{
    /// <summary>To be begun before the answer is read, so that both are read at once.</summary>
    public async Task<Completeness> OfAsync(InstanceId instance, TimeWindow window, CancellationToken cancel)
    {
        var unread = collection.UnreadAsync(instance, cancel);
        var since = (await reader.CompleteSinceAsync(instance, window, cancel)).ToUniversalTime();
        // What lies before is said by that time alone.
        return new Completeness(since, [.. (await unread).Where(range => range.From > DateTimeOffset.MinValue && range.Touches(since, window.To))
            .Select(range => new UnreadSpan(range.From > since ? range.From : since, range.To < window.To ? range.To : window.To.ToUniversalTime(), range.Reason))]);
    }
}
