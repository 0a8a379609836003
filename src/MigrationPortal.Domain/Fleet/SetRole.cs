using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>An admin says what a runner is, and whether the portal may change it. That also confirms the role.</summary>
public sealed class SetRole(IFleetStore fleet, IAuditTrail audit, IWorldClock clock)
{
    /// <summary>Refuses <c>unknown-runner</c> and <c>role-missing</c> (managed without a role).</summary>
    public async Task<Outcome<RunnerStanding>> RunAsync(RunnerId runner, RunnerRole? role, bool managed, Actor who, string? why, CancellationToken cancel)
    {
        var known = (await fleet.LatestAsync(runner.Instance, cancel))?.Runners.FirstOrDefault(one => one.Id == runner);
        if (known is null) return Refusal.Of("unknown-runner", $"Runner {runner.Number} is not in the last snapshot of {runner.Instance}: wait for the next fleet sweep.");
        if (managed && role is null) return Refusal.Of("role-missing", $"Runner {runner.Number} cannot be managed without a role: give legacy, kubernetes or qa.");

        var after = new RunnerStanding(role, true, managed);
        if (after == known.Standing) return after;
        return await audit.ChangeAsync<RunnerStanding>(
            async () =>
            {
                await fleet.SetStandingAsync(runner, after, cancel);
                return (after, new AuditEntry(clock.Now(runner.Instance), runner.Instance, who, "runner.role", $"runner/{runner.Number}", why, Json(known.Standing), Json(after)));
            },
            cancel);
    }

    private static string Json(RunnerStanding standing) => JsonSerializer.Serialize(new
    {
        role = standing.Role?.ToString().ToLowerInvariant(),
        confirmed = standing.RoleConfirmed,
        managed = standing.Managed,
    });
}
