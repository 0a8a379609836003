using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>
/// Whom a narrowing step relies on: the runners of the same plan that newly serve what it takes away. Computed per
/// distinct change and distinct tag set, not per runner and class.
/// </summary>
internal sealed class Reliance
{
    /// <summary>A step names at most this many, Kubernetes first: enough to prove, small enough to store.</summary>
    private const int Named = 20;

    private readonly Dictionary<(RunnerAttributes From, RunnerAttributes To), IReadOnlyList<RunnerId>> _answers = [];
    private readonly List<(TagSet Tags, bool? Protected)> _asked;
    private readonly List<IGrouping<(RunnerAttributes From, RunnerAttributes To), RunnerChange>> _newcomers;

    public Reliance(FleetSnapshot fleet, IReadOnlyList<RunnerChange> changes, JobClassCensus census)
    {
        _asked = [.. census.Classes.Select(one => (one.Needs.Tags, one.Needs.Protected)).Distinct()];
        _newcomers = [.. changes
            .Where(change => !change.To.Paused && JobMatcher.InContact(change.Runner.Observed, fleet.TakenAt))
            .GroupBy(change => (change.From, change.To))];
    }

    public IReadOnlyList<RunnerId> Of(RunnerChange change)
    {
        var key = (change.From, change.To);
        if (_answers.TryGetValue(key, out var known)) return known;

        var lost = _asked.Where(asked => Serves(change.Union, asked) && !Serves(change.To, asked)).ToList();
        return _answers[key] = [.. _newcomers
            .Where(group => lost.Any(asked => Serves(group.Key.To, asked) && !Serves(group.Key.From, asked)))
            .SelectMany(group => group)
            .OrderBy(newcomer => newcomer.Runner.Standing.Role == RunnerRole.Legacy)
            .ThenBy(newcomer => newcomer.Runner.Id.Number)
            .Select(newcomer => newcomer.Runner.Id)
            .Take(Named)];
    }

    private static bool Serves(RunnerAttributes runner, (TagSet Tags, bool? Protected) asked) =>
        !runner.Paused && JobMatcher.Takes(runner, asked.Tags, asked.Protected);
}
