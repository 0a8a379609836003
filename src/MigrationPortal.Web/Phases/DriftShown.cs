using MigrationPortal.Domain.Phases;

namespace MigrationPortal.Web.Phases;

/// <summary>A runner that differs from the reached phase, as the page shows it.</summary>
/// <param name="Since">The first reading of the fleet that showed it so; null before a sweep has seen it.</param>
/// <param name="Back">What a plan changes to put it back.</param>
/// <param name="Left">Why the portal does not put it back, where its policy says that it should.</param>
public sealed record DriftShown(long Number, string Description, string Words, RunnerEdit Back, DateTimeOffset? Since, string? Left)
{
    public static IReadOnlyList<DriftShown> Of(IReadOnlyList<DriftedRunner> drift, DriftKnown known) =>
        [.. drift.Select(one => new DriftShown(one.Runner.Id.Number, one.Runner.Observed.Description, one.Words, one.Back, known.SinceOf(one), known.LeftOf(one)))];
}
