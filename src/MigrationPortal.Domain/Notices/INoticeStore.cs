using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Notices;

public enum NoticeFilter
{
    All,

    /// <summary>Severity attention or critical.</summary>
    Alerts,

    /// <summary>Alerts that nobody has taken.</summary>
    Open,
}

/// <summary>Notices that were told.</summary>
public interface INoticeStore
{
    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<StoredNotice>> NewestAsync(InstanceId instance, NoticeFilter filter, int limit, long? before, CancellationToken cancel);

    Task<StoredNotice?> FindAsync(long id, CancellationToken cancel);

    Task<long> CountAsync(InstanceId instance, NoticeFilter filter, CancellationToken cancel);

    /// <param name="from">Who has it now, null for nobody: if that has changed, nothing is written.</param>
    /// <returns>False when it has changed.</returns>
    Task<bool> TakeAsync(long id, Actor? from, Actor who, DateTimeOffset at, CancellationToken cancel);

    /// <summary>Those stored before, with their deliveries. Real time.</summary>
    Task<int> RemoveAsync(DateTimeOffset before, CancellationToken cancel);
}
