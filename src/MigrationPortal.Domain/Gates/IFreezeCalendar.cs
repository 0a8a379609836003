using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <summary>RFC 5545 as other calendars speak it: recurrences, time zones, iCalendar text. Pure: nothing is read or written anywhere.</summary>
public interface IFreezeCalendar
{
    /// <summary>IANA names, in their order.</summary>
    IReadOnlyList<string> TimeZones { get; }

    /// <returns>A sentence; null when the zone is known.</returns>
    string? TimeZoneProblem(string zone);

    /// <returns>A sentence; null when windows can recur so.</returns>
    string? RecurrenceProblem(string rule);

    /// <summary>Those of which a part lies in the time, the earliest first.</summary>
    IReadOnlyList<FreezeSpan> Expand(FreezeWindow window, TimeWindow within);

    /// <param name="zone">Of times that name none.</param>
    FreezeImport Read(string text, string zone);

    /// <summary>As a calendar that others can subscribe to or take in.</summary>
    string Write(IReadOnlyList<FreezeWindow> windows, DateTimeOffset now);
}

/// <summary>Events of a calendar. With a problem nothing of it may be taken in.</summary>
/// <param name="Problems">A sentence for each event that cannot be a window, by its name and place.</param>
public sealed record FreezeImport(IReadOnlyList<FreezeWish> Wishes, IReadOnlyList<string> Problems);
