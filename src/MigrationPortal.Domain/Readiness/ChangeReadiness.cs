using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Readiness;

/// <summary>Turns rules off and on, weights them, and says which runner jobs will meet; all projects are looked at again then.</summary>
public sealed class ChangeReadiness(IScanStore scans, IAuditTrail audit, IPortalEvents events, TimeProvider time)
{
    /// <param name="change">From the settings as they are to those wished for; the version is counted here.</param>
    /// <returns>Refuses <c>unknown-rule</c>, <c>changed-meanwhile</c>.</returns>
    public async Task<Outcome<ReadinessSettings>> RunAsync(InstanceId instance, Func<ReadinessSettings, ReadinessSettings> change, Actor by, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(change);
        var before = await scans.SettingsAsync(instance, cancel);
        var wished = change(before) with { Version = before.Version + 1 };
        if (wished.Off.Concat(wished.Weights.Keys).FirstOrDefault(rule => ReadinessRules.All.All(one => one.Id != rule)) is { } unknown)
            return Refusal.Of("unknown-rule", $"There is no rule {unknown}.");
        var saved = await audit.ChangeAsync(async () => await scans.SaveSettingsAsync(instance, wished, cancel) ? (true, Entry(instance, by, before, wished)) : (false, (AuditEntry?)null), cancel);
        if (!saved) return Refusal.Of("changed-meanwhile", "Somebody else changed the rules meanwhile: look again.");
        await events.PublishAsync(new PortalEvent(PortalTopic.Readiness, instance, null), cancel);
        return wished;
    }

    private AuditEntry Entry(InstanceId instance, Actor by, ReadinessSettings before, ReadinessSettings after) =>
        new(time.GetUtcNow(), instance, by, "readiness.settings", $"instance/{instance.Name}", null, JsonSerializer.Serialize(before), JsonSerializer.Serialize(after));
}
