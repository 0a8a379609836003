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
    private readonly ILookup<string, (TagSet Tags, bool? Protected)> _askedByTag;
    private readonly List<(TagSet Tags, bool? Protected)> _askedUntagged;
    private readonly List<IGrouping<(RunnerAttributes From, RunnerAttributes To), RunnerChange>> _newcomers;

    public Reliance(FleetSnapshot fleet, IReadOnlyList<RunnerChange> changes, JobClassCensus census)
    {
        var asked = census.Classes.Select(one => (one.Needs.Tags, one.Needs.Protected)).Distinct().ToList();
        _askedByTag = asked.SelectMany(one => one.Tags, (one, tag) => (one, tag)).ToLookup(pair => pair.tag, pair => pair.one, StringComparer.Ordinal);
        _askedUntagged = [.. asked.Where(one => one.Tags.IsEmpty)];
        _newcomers = [.. changes
            .Where(change => !change.To.Paused && JobMatcher.InContact(change.Runner.Observed, fleet.TakenAt))
            .GroupBy(change => (change.From, change.To))];
    }

    public IReadOnlyList<RunnerId> Of(RunnerChange change)
    {
        var key = (change.From, change.To);
        if (_answers.TryGetValue(key, out var known)) return known;

        var lost = Touched(change).Where(asked => Serves(change.Union, asked) && !Serves(change.To, asked)).ToHashSet();
        return _answers[key] = [.. _newcomers
            .Where(group => lost.Any(asked => Serves(group.Key.To, asked) && !Serves(group.Key.From, asked)))
            .SelectMany(group => group)
            .OrderBy(newcomer => newcomer.Runner.Standing.Role == RunnerRole.Legacy)
            .ThenBy(newcomer => newcomer.Runner.Id.Number)
            .Select(newcomer => newcomer.Runner.Id)
            .Take(Named)];
    }

    // Only what asks for a tag that goes can be lost; with a pause all of the runner's tags go.
    private IEnumerable<(TagSet Tags, bool? Protected)> Touched(RunnerChange change) => change.Union.Tags
        .Where(tag => change.To.Paused || !change.To.Tags.Contains(tag))
        .SelectMany(tag => _askedByTag[tag])
        .Concat(_askedUntagged);

    private static bool Serves(RunnerAttributes runner, (TagSet Tags, bool? Protected) asked) =>
        !runner.Paused && JobMatcher.Takes(runner, asked.Tags, asked.Protected);
}
