using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Phases;

/// <param name="Tag">Empty: untagged jobs.</param>
/// <param name="Refs">Distinct refs whose jobs asked for it.</param>
/// <param name="Sources">Pipeline sources, such as <c>push</c> or <c>schedule</c>.</param>
/// <param name="ServedBy">Unpaused runners that have the tag (or accept untagged jobs), in contact.</param>
/// <param name="TranslationSet">False: nobody has said what it becomes; the translation null then means nothing.</param>
public sealed record TagView(
    string Tag, long Jobs, double JobsPerDay, long Projects, long Refs, IReadOnlyList<string> Sources, ServedByView ServedBy, string? Decision, string? Translation, bool TranslationSet, string? Reserved);

public sealed record ServedByView(int Legacy, int Kubernetes, int Unmanaged);

/// <summary>Tags as the API shows them: the census of jobs beside the runners that have the tag and what was decided.</summary>
internal sealed class TagRows(IJobReader jobs, IFleetStore fleet, IWorldClock clock)
{
    /// <summary>Most jobs first; then tags that only runners or decisions name, because nobody asks for them.</summary>
    public async Task<IReadOnlyList<TagView>> AllAsync(InstanceId of, MigrationSettings settings, CancellationToken cancel)
    {
        var snapshot = await fleet.LatestAsync(of, cancel);
        var uses = await jobs.TagsAsync(of, CensusWindow.Until(clock.Now(of)), cancel);
        var silent = (snapshot?.Runners ?? []).SelectMany(runner => runner.Attributes.Tags).Concat(settings.Decisions.Keys).Distinct(StringComparer.Ordinal)
            .Except(uses.Select(use => use.Tag), StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Unused);
        return [.. uses.OrderByDescending(use => use.Jobs).ThenBy(use => use.Tag, StringComparer.Ordinal).Concat(silent).Select(use => View(use, snapshot, settings))];
    }

    public async Task<TagView> OneAsync(InstanceId of, string tag, MigrationSettings settings, CancellationToken cancel)
    {
        var uses = await jobs.TagsAsync(of, CensusWindow.Until(clock.Now(of)), cancel);
        return View(uses.FirstOrDefault(use => use.Tag == tag) ?? Unused(tag), await fleet.LatestAsync(of, cancel), settings);
    }

    private static TagUse Unused(string tag) => new(tag, 0, 0, 0, 0, []);

    private static TagView View(TagUse use, FleetSnapshot? fleet, MigrationSettings settings) => new(
        use.Tag, use.Jobs, use.JobsPerDay, use.Projects, use.Refs, use.Sources, Served(use.Tag, fleet),
        settings.Decisions.TryGetValue(use.Tag, out var decision) ? PlanTargetJson.Word(decision) : null,
        settings.Translations.GetValueOrDefault(use.Tag), settings.Translations.ContainsKey(use.Tag),
        use.Tag == settings.OptInTag ? "opt-in" : use.Tag == settings.FallbackTag ? "fallback" : null);

    private static ServedByView Served(string tag, FleetSnapshot? fleet)
    {
        var able = (fleet?.Runners ?? []).Where(runner => !runner.Attributes.Paused && JobMatcher.InContact(runner.Observed, fleet!.TakenAt)
            && (tag.Length == 0 ? runner.Attributes.RunUntagged : runner.Attributes.Tags.Contains(tag))).ToList();
        return new ServedByView(able.Count(one => one.IsManaged(RunnerRole.Legacy)), able.Count(one => one.IsManaged(RunnerRole.Kubernetes)), able.Count(one => !one.Standing.Managed));
    }
}
