using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>The first-run page's one button: confirms every proposed role as it stands.</summary>
public sealed class ConfirmRoles(IFleetStore fleet, SetRole setRole)
{
    /// <returns>How many roles were confirmed. Refuses <c>no-snapshot</c> before the first fleet sweep.</returns>
    public async Task<Outcome<int>> RunAsync(InstanceId instance, Actor who, CancellationToken cancel)
    {
        var snapshot = await fleet.LatestAsync(instance, cancel);
        if (snapshot is null) return Refusal.Of("no-snapshot", $"{instance} has not been read yet: wait for the first fleet sweep.");

        var open = snapshot.Runners.Where(runner => runner.Standing is { Managed: true, RoleConfirmed: false, Role: not null }).ToList();
        foreach (var runner in open)
            await setRole.RunAsync(runner.Id, runner.Standing.Role, true, who, "proposed role confirmed", cancel);
        return open.Count;
    }
}
