namespace MigrationPortal.Domain.Fleet;

/// <summary>What an admin decided about a runner. Kept when managers go stale, and for runners that never made contact.</summary>
/// <param name="Role">Null as long as nobody proposed or confirmed one.</param>
/// <param name="Managed">Only managed runners are ever changed or compared.</param>
/// <param name="RoleConfirmed">False while the role is only proposed from the executor.</param>
public sealed record RunnerStanding(RunnerRole? Role, bool RoleConfirmed, bool Managed)
{
    public static readonly RunnerStanding None = new(null, false, false);
}

public enum RunnerRole
{
    Legacy,
    Kubernetes,
    Qa,
}
