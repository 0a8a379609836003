using MigrationPortal.Domain.Notices;

namespace MigrationPortal.Domain.Tests.Shared;

/// <summary>What was told, each key once.</summary>
public sealed class MemoryNotices : INotices
{
    public List<Notice> Told { get; } = [];

    /// <summary>What was told to one channel alone.</summary>
    public List<(Notice Notice, long Channel)> Alone { get; } = [];

    public Task TellAsync(Notice notice, long channel, CancellationToken cancel)
    {
        if (!Alone.Exists(one => one.Notice.Key == notice.Key)) Alone.Add((notice, channel));
        return Task.CompletedTask;
    }

    public Task TellAsync(Notice notice, CancellationToken cancel)
    {
        if (!Told.Exists(one => one.Instance == notice.Instance && one.Key == notice.Key)) Told.Add(notice);
        return Task.CompletedTask;
    }
}
