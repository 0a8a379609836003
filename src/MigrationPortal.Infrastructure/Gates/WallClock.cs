using NodaTime;
using NodaTime.TimeZones;

namespace MigrationPortal.Infrastructure.Gates;

/// <summary>Wall clock times of a time zone as moments, by the time zone data that comes with the library: the same on every machine.</summary>
internal static class WallClock
{
    // In doubt a freeze is longer: a start that a clock shows twice is the first, an end the second. One that it skips is shown after the gap.
    private static readonly ZoneLocalMappingResolver First = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);
    private static readonly ZoneLocalMappingResolver Last = Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnForwardShifted);

    public static IReadOnlyList<string> Zones { get; } = [.. TzdbDateTimeZoneSource.Default.ZoneLocations!.Select(one => one.ZoneId).Append("UTC").Distinct().Order(StringComparer.Ordinal)];

    /// <returns>The IANA name of a zone by that or by its Windows name; null when it is not known.</returns>
    public static string? Zone(string name) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is not null ? name : TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.TryGetValue(name, out var known) ? known : null;

    public static DateTimeOffset Begin(DateTime wall, string zone) => At(wall, zone, First);

    public static DateTimeOffset End(DateTime wall, string zone) => At(wall, zone, Last);

    public static DateTime Of(DateTime utc, string zone) =>
        Instant.FromDateTimeUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc)).InZone(DateTimeZoneProviders.Tzdb[zone]).ToDateTimeUnspecified();

    private static DateTimeOffset At(DateTime wall, string zone, ZoneLocalMappingResolver resolver) =>
        DateTimeZoneProviders.Tzdb[zone].ResolveLocal(LocalDateTime.FromDateTime(wall), resolver).ToInstant().ToDateTimeOffset();
}
