using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>What moves need to know of tags, from what the admins wrote.</summary>
public sealed class ReadMoveTags(IMigrationStore migration) : IMoveTags
{
    public async Task<MoveTags> ReadAsync(InstanceId instance, CancellationToken cancel)
    {
        var settings = await migration.SettingsAsync(instance, cancel);
        return new MoveTags(settings.OptInTag, settings.FallbackTag, settings.Translations, Decided(TagDecision.Adopt)) { Kept = Decided(TagDecision.Keep) };

        HashSet<string> Decided(TagDecision decision) => settings.Decisions.Where(one => one.Value == decision).Select(one => one.Key).ToHashSet(StringComparer.Ordinal);
    }
}
