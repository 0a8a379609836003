using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>The one switch: off, nothing flips by itself. Roll back and evacuation by a person always work.</summary>
public sealed class SwitchAutomation(IMigrationStore migration, IAuditTrail audit, IWorldClock clock)
{
    private const int Tries = 20;

    public async Task<PhaseState> RunAsync(InstanceId instance, bool on, string? reason, Actor who, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var before = await migration.StateAsync(instance, cancel);
            if (before.AutomationOn == on && before.AutomationReason == reason) return before;
            var after = before with { AutomationOn = on, AutomationReason = reason };
            var entry = new AuditEntry(clock.Now(instance), instance, who, on ? "automation.start" : "automation.stop", "automation", reason,
                JsonSerializer.Serialize(new { on = before.AutomationOn }), JsonSerializer.Serialize(new { on }));
            if (await audit.ChangeAsync<bool>(async () => await migration.SaveStateAsync(after, cancel) ? (true, entry) : (false, null), cancel))
                return await migration.StateAsync(instance, cancel);
        }
        throw new InvalidOperationException($"The phase of {instance} changed {Tries} times while automation was switched.");
    }
}
