using System.Globalization;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Shared;

public sealed class MemoryFreezes : IFreezeStore
{
    public List<FreezeWindow> All { get; } = [];

    /// <summary>A window of UTC without recurrence.</summary>
    public void Add(InstanceId instance, string name, DateTimeOffset from, DateTimeOffset until) =>
        All.Add(new FreezeWindow(All.Count + 1, instance, name, from.UtcDateTime, until.UtcDateTime, "UTC", null, [], $"{All.Count + 1}@test", null, 1));

    public Task<IReadOnlyList<FreezeWindow>> ListAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<IReadOnlyList<FreezeWindow>>([.. All.Where(one => one.Instance == instance)]);

    public Task<FreezeWindow?> FindAsync(InstanceId instance, long id, CancellationToken cancel) => Task.FromResult(All.Find(one => one.Instance == instance && one.Id == id));

    public Task<FreezeWindow> AddAsync(FreezeWindow window, CancellationToken cancel)
    {
        All.Add(window with { Id = All.Count + 1, Version = 1 });
        return Task.FromResult(All[^1]);
    }

    public Task<FreezeWindow?> SaveAsync(FreezeWindow window, CancellationToken cancel)
    {
        var at = All.FindIndex(one => one.Id == window.Id && one.Version == window.Version);
        if (at < 0) return Task.FromResult<FreezeWindow?>(null);
        return Task.FromResult<FreezeWindow?>(All[at] = window with { Version = window.Version + 1 });
    }

    public Task<bool> RemoveAsync(InstanceId instance, long id, CancellationToken cancel) => Task.FromResult(All.RemoveAll(one => one.Instance == instance && one.Id == id) > 0);
}

/// <summary>Knows UTC and windows that do not recur, and reads one event a line: <c>uid name start end</c>. RFC 5545 itself is tested where it is spoken.</summary>
public sealed class PlainCalendar : IFreezeCalendar
{
    public IReadOnlyList<string> TimeZones { get; } = ["UTC"];

    public string? TimeZoneProblem(string zone) => zone == "UTC" ? null : "unknown zone";

    public string? RecurrenceProblem(string rule) => "never recurs";

    public IReadOnlyList<FreezeSpan> Expand(FreezeWindow window, TimeWindow within)
    {
        var (from, until) = (new DateTimeOffset(window.Start, TimeSpan.Zero), new DateTimeOffset(window.End, TimeSpan.Zero));
        if (window.EndedAt < until) until = window.EndedAt.Value;
        return from < within.To && until > within.From ? [new FreezeSpan(window.Id, window.Name, from, until)] : [];
    }

    public FreezeImport Read(string text, string zone)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToList();
        return new FreezeImport(
            [.. lines.Where(parts => parts.Length == 4).Select(parts => new FreezeWish(parts[1], DateTime.Parse(parts[2], CultureInfo.InvariantCulture), DateTime.Parse(parts[3], CultureInfo.InvariantCulture), zone, null, [], parts[0]))],
            [.. lines.Where(parts => parts.Length != 4).Select(parts => $"'{parts[0]}' is no event.")]);
    }

    public string Write(IReadOnlyList<FreezeWindow> windows, DateTimeOffset now) => throw new NotSupportedException();
}
