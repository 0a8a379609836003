using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Says what a legacy tag becomes when a job opts in.</summary>
public sealed class SetTranslation(ChangeSettings settings)
{
    /// <param name="translation">Null: jobs with this tag cannot move yet.</param>
    /// <returns>Refuses <c>invalid-tag</c>.</returns>
    public async Task<Outcome<MigrationSettings>> RunAsync(InstanceId instance, string tag, string? translation, Actor who, CancellationToken cancel)
    {
        if ((Tags.Problem(tag) ?? (translation is null ? null : Tags.Problem(translation))) is { } problem) return Refusal.Of("invalid-tag", problem);
        return await settings.RunAsync(instance, who, "tag.translation", $"tag/{tag}", before => With(before, tag, translation), Show, cancel);

        object Show(MigrationSettings one) => new { translation = one.Translations.GetValueOrDefault(tag) };
    }

    private static MigrationSettings With(MigrationSettings settings, string tag, string? translation)
    {
        if (settings.Translations.TryGetValue(tag, out var known) && known == translation) return settings;
        return settings with { Translations = new Dictionary<string, string?>(settings.Translations) { [tag] = translation } };
    }
}
