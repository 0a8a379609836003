namespace MigrationPortal.Domain.Fleet;

/// <summary>
/// The standing that the portal proposes until an admin confirms it (product.md, Words: managed / unmanaged, role).
/// </summary>
public static class RoleProposal
{
    /// <summary>
    /// Role from the managers' executor family; none when they disagree or are unknown (gitlab-api.md 2.2: no guess).
    /// Managed: instance type and not <c>ref_protected</c>; a docker one must also accept untagged jobs today, because
    /// one that refuses them is special-purpose. A Kubernetes one that refuses them is merely prepared (phase 0).
    /// </summary>
    public static RunnerStanding For(ObservedRunner runner)
    {
        var role = RoleOf(runner);
        var managed = role is not null
            && runner.Type == RunnerType.Instance
            && runner.Attributes.AccessLevel == RunnerAccessLevel.NotProtected
            && (role == RunnerRole.Kubernetes || runner.Attributes.RunUntagged);
        return new RunnerStanding(role, false, managed);
    }

    private static RunnerRole? RoleOf(ObservedRunner runner)
    {
        var families = runner.Managers
            .Select(manager => manager.Executor.Family)
            .Where(family => family != ExecutorFamily.Unknown)
            .Distinct()
            .ToList();
        return families switch
        {
            [ExecutorFamily.Docker] => RunnerRole.Legacy,
            [ExecutorFamily.Kubernetes] => RunnerRole.Kubernetes,
            _ => null,
        };
    }
}
