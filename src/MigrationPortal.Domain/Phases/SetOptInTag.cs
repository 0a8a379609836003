using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Chooses the tag that jobs ask for Kubernetes by, before anybody does: product.md, Words.</summary>
public sealed class SetOptInTag(ChangeSettings settings, IMigrationStore migration)
{
    /// <summary>Translations to the tag before it follow.</summary>
    /// <returns>
    /// Refuses <c>invalid-tag</c>, <c>reserved-tag</c> for a tag that already means something else in the migration, and
    /// <c>phase-reached</c> from Opt-in on: projects then ask for the tag that was announced.
    /// </returns>
    public async Task<Outcome<MigrationSettings>> RunAsync(InstanceId instance, string tag, Actor who, CancellationToken cancel)
    {
        if (Tags.Problem(tag) is { } problem) return Refusal.Of("invalid-tag", problem);
        var now = await migration.SettingsAsync(instance, cancel);
        if (tag == now.OptInTag) return now;
        if ((await migration.StateAsync(instance, cancel)).Current is { Phase: >= Phase.OptIn })
            return Refusal.Of("phase-reached", $"{Phase.OptIn.Title()} is reached: projects ask for {now.OptInTag} already. Roll back to {Phase.Prepare.Title()} first.");
        if (Reserved(now, tag) is { } meaning)
            return Refusal.Of("reserved-tag", $"{tag} is {meaning}: jobs that ask for it would go to Kubernetes. Choose a tag of its own, such as k8s-default.");
        return await settings.RunAsync(instance, who, "settings.opt-in-tag", $"tag/{tag}", before => Renamed(before, tag), one => new { one.OptInTag }, cancel);
    }

    private static MigrationSettings Renamed(MigrationSettings before, string tag) => before with
    {
        OptInTag = tag,
        Translations = before.Translations.ToDictionary(one => one.Key, one => one.Value == before.OptInTag ? tag : one.Value),
    };

    private static string? Reserved(MigrationSettings settings, string tag) =>
        tag == settings.FallbackTag ? "the fallback tag"
        : tag == settings.StandInTag ? "the stand-in tag"
        : settings.Decisions.ContainsKey(tag) ? "a tag that is decided about"
        : null;
}
