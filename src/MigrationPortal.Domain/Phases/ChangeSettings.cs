using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Edits the admins' settings of an instance, whoever else edits them at the same time, and keeps the trail.</summary>
public sealed class ChangeSettings(IMigrationStore migration, IAuditTrail audit, IWorldClock clock)
{
    private const int Tries = 20;

    /// <param name="what">Audit verb, such as <c>tag.decision</c>.</param>
    /// <param name="show">What of the settings the trail shows before and after.</param>
    public async Task<MigrationSettings> RunAsync(
        InstanceId instance, Actor who, string what, string subject, Func<MigrationSettings, MigrationSettings> edit, Func<MigrationSettings, object?> show, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var before = await migration.SettingsAsync(instance, cancel);
            var after = edit(before);
            if (after == before) return before;
            var entry = new AuditEntry(clock.Now(instance), instance, who, what, subject, null, JsonSerializer.Serialize(show(before)), JsonSerializer.Serialize(show(after)));
            if (await audit.ChangeAsync<bool>(async () => await migration.SaveSettingsAsync(after, cancel) ? (true, entry) : (false, null), cancel)) return after;
        }
        throw new InvalidOperationException($"The settings of {instance} changed {Tries} times while they were being edited.");
    }
}
