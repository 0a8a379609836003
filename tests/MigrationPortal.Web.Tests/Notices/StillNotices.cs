using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Tests.Notices;

/// <summary>Notices, channels and deliveries that a test sets, and what was done to them.</summary>
internal sealed class StillNotices : INoticeStore, IChannelStore, IDeliveryStore, INoticeSender, IAuditTrail
{
    public List<StoredNotice> Notices { get; } = [];

    public List<NoticeChannel> Channels { get; } = [];

    public List<Delivery> Deliveries { get; } = [];

    public List<ChannelUse> Use { get; } = [];

    public ChannelTarget? Written { get; private set; }

    public SendAnswer Answer { get; set; } = new(true, "200 OK");

    public List<string> Lacks { get; } = [];

    public List<string> Audited { get; } = [];

    /// <summary>Held back until it completes.</summary>
    public Task<long>? Reading { get; set; }

    public Task<IReadOnlyList<StoredNotice>> NewestAsync(InstanceId instance, NoticeFilter filter, int limit, long? before, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<StoredNotice>>([.. Notices.Where(one => Passes(one, filter))]);

    public Task<StoredNotice?> FindAsync(long id, CancellationToken cancel) => Task.FromResult(Notices.Find(one => one.Id == id));

    public Task<long> CountAsync(InstanceId instance, NoticeFilter filter, CancellationToken cancel) => Reading ?? Task.FromResult((long)Notices.Count(one => Passes(one, filter)));

    public Task<bool> TakeAsync(long id, Actor? from, Actor who, DateTimeOffset at, CancellationToken cancel)
    {
        var index = Notices.FindIndex(one => one.Id == id && one.TakenBy == from);
        if (index >= 0) Notices[index] = Notices[index] with { TakenBy = who, TakenAt = at };
        return Task.FromResult(index >= 0);
    }

    public Task<int> RemoveAsync(DateTimeOffset before, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<NoticeChannel>> ListAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<NoticeChannel>>([.. Channels]);

    Task<NoticeChannel?> IChannelStore.FindAsync(long id, CancellationToken cancel) => Task.FromResult(Channels.Find(one => one.Id == id));

    public Task<DateTimeOffset?> DigestedAsync(long id, CancellationToken cancel) => throw new NotSupportedException();

    public Task SaveDigestedAsync(long id, DateTimeOffset until, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ChannelTarget?> TargetAsync(long id, CancellationToken cancel) => Task.FromResult(Written);

    public Task<NoticeChannel?> AddAsync(NoticeChannel channel, ChannelTarget target, CancellationToken cancel)
    {
        Written = target;
        Channels.Add(channel with { Id = Channels.Count + 1, Version = 1 });
        return Task.FromResult<NoticeChannel?>(Channels[^1]);
    }

    public Task<NoticeChannel?> SaveAsync(NoticeChannel channel, ChannelTarget? target, CancellationToken cancel)
    {
        Written = target;
        Channels[Channels.FindIndex(one => one.Id == channel.Id)] = channel;
        return Task.FromResult<NoticeChannel?>(channel);
    }

    Task<bool> IChannelStore.RemoveAsync(long id, CancellationToken cancel) => Task.FromResult(Channels.RemoveAll(one => one.Id == id) > 0);

    public Task<IReadOnlyList<Delivery>> NewestAsync(DeliveryState? state, long? channel, int limit, Guid? before, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Delivery>>([.. Deliveries.Where(one => state is null || one.State == state)]);

    public Task<IReadOnlyList<ChannelUse>> UseAsync(DateTimeOffset now, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ChannelUse>>([.. Use]);

    public Task<IReadOnlyList<Delivery>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancel) => throw new NotSupportedException();

    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancel) => throw new NotSupportedException();

    public Task SaveAsync(Delivery delivery, CancellationToken cancel) => throw new NotSupportedException();

    public IReadOnlyList<string> Missing(ChannelKind kind) => Lacks;

    public Task<SendAnswer> SendAsync(NoticeChannel channel, Parcel parcel, CancellationToken cancel) => Task.FromResult(Answer);

    public Task AppendAsync(AuditEntry entry, CancellationToken cancel)
    {
        Audited.Add(entry.What);
        return Task.CompletedTask;
    }

    public async Task<T> ChangeAsync<T>(Func<Task<(T Result, AuditEntry? Entry)>> change, CancellationToken cancel)
    {
        var (result, entry) = await change();
        if (entry is not null) Audited.Add(entry.What);
        return result;
    }

    public Task<IReadOnlyList<AuditRecord>> NewestAsync(int limit, long? before, CancellationToken cancel) => throw new NotSupportedException();

    public Task<bool> HasAsync(InstanceId instance, string what, string subject, CancellationToken cancel) => throw new NotSupportedException();

    public Task<AuditVerdict> VerifyAsync(CancellationToken cancel) => throw new NotSupportedException();

    private static bool Passes(StoredNotice one, NoticeFilter filter) => filter == NoticeFilter.All || one.Notice.IsAlert && (filter == NoticeFilter.Alerts || one.TakenBy is null);
}
