using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>What fleet admins ask every day.</summary>
public enum FleetQuestion
{
    /// <summary>All runners with a tag.</summary>
    WithTag,

    /// <summary>Are they all online? The rows are those that are not.</summary>
    AllOnline,

    /// <summary>Runners with no manager that GitLab calls online.</summary>
    NoManagerOnline,

    /// <summary>Managers and versions, oldest version first.</summary>
    Versions,

    /// <summary>Not contacted for an hour.</summary>
    Silent,

    /// <summary>Ran nothing in N days.</summary>
    RanNothing,
}

/// <param name="Tag">Only runners with it; null or empty takes all.</param>
/// <param name="Days">For <see cref="FleetQuestion.RanNothing"/>.</param>
/// <param name="Managed">Only managed or only unmanaged ones; null takes both.</param>
public sealed record FleetAsk(FleetQuestion Question, string? Tag, int Days, bool? Managed);

/// <param name="Of">How many runners (managers for versions) were looked at.</param>
/// <param name="KnownSince">Where the question asks for jobs from before every job is read: since when it is; the snapshot's time while none is.</param>
public sealed record FleetAnswer(FleetAsk Ask, long Of, IReadOnlyList<FleetAnswerRow> Rows, DateTimeOffset? KnownSince = null);

/// <param name="Manager">Only where the question is about managers.</param>
/// <param name="LastStartedAt">Of its last job; null when none is known.</param>
public sealed record FleetAnswerRow(FleetRunner Runner, RunnerManager? Manager, DateTimeOffset? LastStartedAt);

/// <summary>Answers from one snapshot. Pure.</summary>
public static class FleetQuestions
{
    public static readonly TimeSpan SilentAfter = TimeSpan.FromHours(1);

    /// <summary>The time that a question is about: what ran in it must be read.</summary>
    public static TimeWindow Window(FleetAsk ask, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(ask);
        return TimeWindow.Last(TimeSpan.FromDays(ask.Days), now);
    }

    /// <param name="use">Of the <see cref="Window"/> of the question.</param>
    public static FleetAnswer Answer(FleetAsk ask, FleetSnapshot fleet, FleetUse use)
    {
        ArgumentNullException.ThrowIfNull(ask);
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(use);
        var asked = fleet.Runners.Where(runner => ask.Managed is null || runner.Standing.Managed == ask.Managed).ToList();
        // The tag is what the first question is about; in all others it narrows what is looked at.
        if (ask.Question != FleetQuestion.WithTag && HasTag(ask)) asked = asked.FindAll(runner => runner.Attributes.Tags.Contains(ask.Tag!));
        if (ask.Question == FleetQuestion.Versions) return Versions(ask, asked, use);
        return new FleetAnswer(
            ask, asked.Count,
            [
                .. asked.Where(runner => Fits(ask, runner, fleet.TakenAt, use)).Select(runner => new FleetAnswerRow(runner, null, Last(runner, use)))
                    .OrderBy(row => ask.Question == FleetQuestion.RanNothing ? row.LastStartedAt : row.Runner.Observed.ContactedAt).ThenBy(row => row.Runner.Id.Number),
            ],
            ask.Question == FleetQuestion.RanNothing && use.CompleteSince > use.Window.From ? use.CompleteSince : null);
    }

    /// <summary>By version as numbers, so that 18.10 comes after 18.9; what is no version comes first.</summary>
    public static IComparer<string?> ByVersion { get; } = Comparer<string?>.Create((one, other) => Number(one).CompareTo(Number(other)) is not 0 and var order ? order : string.CompareOrdinal(one, other));

    private static FleetAnswer Versions(FleetAsk ask, List<FleetRunner> runners, FleetUse use)
    {
        var rows = runners.SelectMany(runner => runner.Observed.Managers, (runner, manager) => new FleetAnswerRow(runner, manager, Last(runner, use)))
            .OrderBy(row => row.Manager!.Version, ByVersion).ThenBy(row => row.Runner.Id.Number).ThenBy(row => row.Manager!.SystemId, StringComparer.Ordinal).ToList();
        return new FleetAnswer(ask, rows.Count, rows);
    }

    private static bool Fits(FleetAsk ask, FleetRunner runner, DateTimeOffset takenAt, FleetUse use) => ask.Question switch
    {
        FleetQuestion.WithTag => !HasTag(ask) || runner.Attributes.Tags.Contains(ask.Tag!),
        FleetQuestion.AllOnline => !JobMatcher.InContact(runner.Observed, takenAt),
        FleetQuestion.NoManagerOnline => runner.Observed.Managers.All(manager => manager.Status != RunnerStatus.Online),
        FleetQuestion.Silent => runner.Observed.ContactedAt is not { } at || takenAt - at > SilentAfter,
        _ => Last(runner, use) is not { } last || takenAt - last > TimeSpan.FromDays(ask.Days),
    };

    private static bool HasTag(FleetAsk ask) => !string.IsNullOrEmpty(ask.Tag);

    private static DateTimeOffset? Last(FleetRunner runner, FleetUse use) => use.ByRunner.GetValueOrDefault(runner.Id)?.LastStartedAt;

    private static Version Number(string? text) => Version.TryParse(text?.Split('-', '~', '+')[0], out var version) ? version : new Version(0, 0);
}
