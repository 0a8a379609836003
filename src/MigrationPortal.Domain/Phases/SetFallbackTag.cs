using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Chooses the tag that leads back to docker. Whether jobs already ask for it is judged by the plan that adds it.</summary>
public sealed class SetFallbackTag(ChangeSettings settings, IMigrationStore migration)
{
    /// <returns>Refuses <c>invalid-tag</c>, and <c>reserved-tag</c> for a tag that already means something else in the migration.</returns>
    public async Task<Outcome<MigrationSettings>> RunAsync(InstanceId instance, string tag, Actor who, CancellationToken cancel)
    {
        if (Tags.Problem(tag) is { } problem) return Refusal.Of("invalid-tag", problem);
        if (Reserved(await migration.SettingsAsync(instance, cancel), tag) is { } meaning)
            return Refusal.Of("reserved-tag", $"{tag} is {meaning}: jobs that ask for it would go to docker. Choose a tag of its own, such as docker-fallback.");
        return await settings.RunAsync(instance, who, "settings.fallback-tag", $"tag/{tag}", before => before with { FallbackTag = tag }, one => new { one.FallbackTag }, cancel);
    }

    private static string? Reserved(MigrationSettings settings, string tag) =>
        tag == settings.OptInTag ? "the opt-in tag"
        : tag == settings.StandInTag ? "the stand-in tag"
        : settings.Translations.Values.Contains(tag) ? "the translation of another tag"
        : settings.Decisions.TryGetValue(tag, out var decision) && decision == TagDecision.Adopt ? "adopted by Kubernetes"
        : null;
}
