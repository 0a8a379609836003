using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Shared;

public sealed class MemoryBroadcasts : IBroadcasts
{
    private long _next;

    public bool Away { get; set; }

    public Dictionary<long, (string Text, TimeWindow Window)> Standing { get; } = [];

    public Task<Outcome<long>> AnnounceAsync(InstanceId instance, string text, TimeWindow window, CancellationToken cancel)
    {
        if (Away) throw new GitLabUnavailableException(instance, "no answer");
        var same = Standing.FirstOrDefault(one => one.Value == (text, window)).Key;
        if (same == 0) Standing[same = ++_next] = (text, window);
        return Task.FromResult<Outcome<long>>(same);
    }

    public Task<Outcome<long>> TakeBackAsync(InstanceId instance, long number, CancellationToken cancel)
    {
        if (Away) throw new GitLabUnavailableException(instance, "no answer");
        if (!Standing.Remove(number)) throw new InvalidOperationException($"No message {number} stands.");
        return Task.FromResult<Outcome<long>>(number);
    }
}
