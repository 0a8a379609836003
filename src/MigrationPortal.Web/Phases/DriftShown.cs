using System.Globalization;
using MigrationPortal.Domain.Phases;

namespace MigrationPortal.Web.Phases;

/// <summary>A runner that differs from the reached phase, as the page shows it.</summary>
/// <param name="Since">The first reading of the fleet that showed it so; null before a sweep has seen it.</param>
/// <param name="Left">Why the portal does not put it back, where its policy says that it should.</param>
internal sealed record DriftShown(long Number, string Description, string Words, DateTimeOffset? Since, string? Left)
{
    public static IReadOnlyList<DriftShown> Of(IReadOnlyList<DriftedRunner> drift, IReadOnlyDictionary<long, DriftSeen> seen, IReadOnlyDictionary<long, DriftHealed> healed) =>
        [.. drift.Select(one => new DriftShown(one.Runner.Id.Number, one.Runner.Observed.Description, one.Words, DriftSeen.SinceOf(one, seen), LeftOf(one, healed)))];

    private static string? LeftOf(DriftedRunner drift, IReadOnlyDictionary<long, DriftHealed> healed) =>
        !healed.TryGetValue(drift.Runner.Id.Number, out var known) || known.Words != drift.Words ? null
            : known is { OperationId: { } operation, Reverted: true } ? string.Create(CultureInfo.InvariantCulture, $"Put back by operation {operation}, and set again by something else: change it at its source.")
            : known.Why;
}
