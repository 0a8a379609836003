using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>
/// Which tags legacy keeps once adopted ones have moved (phase 3 on). Decisions are per tag, verdicts per tag set:
/// a used set that mixes adopted with staying tags is kept whole, because Kubernetes could not take its jobs.
/// </summary>
internal sealed class LegacyTags
{
    private readonly DesireContext _context;
    private readonly List<TagSet> _mixed;

    public LegacyTags(DesireContext context)
    {
        _context = context;
        _mixed = [.. context.Census.Classes.Select(one => one.Needs.Tags).Distinct().Where(IsMixed)];
    }

    public TagSet Kept(FleetRunner runner)
    {
        var own = _context.OwnTags(runner);
        var all = _context.IsGeneralPurpose(runner) ? own.With(_context.FallbackTag) : own;
        var staying = all.Where(tag => tag == _context.FallbackTag || Decision(tag) is null or TagDecision.Keep);
        return TagSet.Of(staying.Concat(_mixed.Where(set => set.IsSubsetOf(all)).SelectMany(set => set)));
    }

    public IEnumerable<PlanWarning> Warnings()
    {
        var legacy = _context.Legacy.Select(_context.OwnTags).Distinct().ToList();
        foreach (var set in _mixed.Where(set => legacy.Any(own => set.IsSubsetOf(own.With(_context.FallbackTag)))))
            yield return new PlanWarning("mixed-tag-set",
                $"Jobs ask for {set}: {Names(set, true)} moved to Kubernetes, {Names(set, false)} stays. Legacy keeps all of it until a merge request changes those jobs.");

        var undecided = legacy.SelectMany(own => own).Distinct().Where(tag => tag != _context.FallbackTag && Decision(tag) is null).Order(StringComparer.Ordinal).ToList();
        if (undecided.Count > 0)
            yield return new PlanWarning("undecided-tags", $"No decision yet for {string.Join(", ", undecided)}: legacy keeps them. Adopt, keep or retire each.");
    }

    private bool IsMixed(TagSet set) =>
        set.Any(tag => Decision(tag) == TagDecision.Adopt)
        && set.Any(tag => tag == _context.FallbackTag || Decision(tag) is null or TagDecision.Keep && tag != _context.Settings.OptInTag)
        && set.All(tag => Decision(tag) != TagDecision.Retire);

    private string Names(TagSet set, bool adopted) => string.Join(", ", set.Where(tag => (Decision(tag) == TagDecision.Adopt) == adopted));

    private TagDecision? Decision(string tag) => _context.Settings.Decisions.TryGetValue(tag, out var decision) ? decision : null;
}
