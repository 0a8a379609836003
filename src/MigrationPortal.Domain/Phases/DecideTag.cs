using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Writes down what becomes of a legacy tag. Runners follow with the next plan; until then it shows as drift.</summary>
public sealed class DecideTag(IMigrationStore migration, ChangeSettings settings)
{
    /// <param name="decision">Null takes the decision back.</param>
    /// <returns>Refuses <c>invalid-tag</c>, and <c>reserved-tag</c> for the opt-in and the fallback tag.</returns>
    public async Task<Outcome<MigrationSettings>> RunAsync(InstanceId instance, string tag, TagDecision? decision, Actor who, CancellationToken cancel)
    {
        if (Tags.Problem(tag) is { } problem) return Refusal.Of("invalid-tag", problem);
        if (Reserved(await migration.SettingsAsync(instance, cancel), tag) is { } reserved) return reserved;
        return await settings.RunAsync(instance, who, "tag.decision", $"tag/{tag}", before => With(before, tag, decision), one => Show(one, tag), cancel);
    }

    internal static MigrationSettings With(MigrationSettings settings, string tag, TagDecision? decision)
    {
        if ((settings.Decisions.TryGetValue(tag, out var known) ? known : (TagDecision?)null) == decision) return settings;
        var decisions = new Dictionary<string, TagDecision>(settings.Decisions);
        if (decision is { } decided) decisions[tag] = decided;
        else decisions.Remove(tag);
        return settings with { Decisions = decisions };
    }

    internal static object Show(MigrationSettings settings, string tag) =>
        new { decision = settings.Decisions.TryGetValue(tag, out var known) ? PlanTargetJson.Word(known) : null };

    internal static Refusal? Reserved(MigrationSettings settings, string tag)
    {
        if (tag == settings.OptInTag) return Refusal.Of("reserved-tag", $"'{tag}' is the opt-in tag: the phases decide about it.");
        return tag == settings.FallbackTag ? Refusal.Of("reserved-tag", $"'{tag}' is the fallback tag: the phases decide about it.") : null;
    }
}
