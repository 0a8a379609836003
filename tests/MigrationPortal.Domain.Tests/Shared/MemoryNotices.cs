using MigrationPortal.Domain.Notices;

namespace MigrationPortal.Domain.Tests.Shared;

/// <summary>What was told, each key once.</summary>
public sealed class MemoryNotices : INotices
{
    public List<Notice> Told { get; } = [];

    public Task TellAsync(Notice notice, CancellationToken cancel)
    {
        if (!Told.Exists(one => one.Instance == notice.Instance && one.Key == notice.Key)) Told.Add(notice);
        return Task.CompletedTask;
    }
}
