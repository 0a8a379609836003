namespace MigrationPortal.Domain.Clusters.Rights;

/// <summary>What the last preflight found. Stored: names here are promises.</summary>
/// <param name="User">As the API server knows us; null where it does not say.</param>
/// <param name="HasOperator">Null: it could not be seen.</param>
/// <param name="Answers">One for each of <see cref="NeededPermissions"/>, in its order.</param>
public sealed record PreflightReport(DateTimeOffset CheckedAt, string Version, string? User, bool? HasOperator, IReadOnlyList<PermissionAnswer> Answers)
{
    public IEnumerable<Permission> Missing(PermissionUse use) => Answers.Where(one => !one.IsGranted && one.Permission.Use == use).Select(one => one.Permission);

    /// <summary>Manifests that grant what is missing; empty when nothing is.</summary>
    /// <param name="escalating">Those rights alone that let the portal grant more than it has; else all the others.</param>
    public string Grant(bool escalating) => RbacYaml.Grant(Answers.Where(one => !one.IsGranted && one.Permission.IsEscalation == escalating).Select(one => one.Permission), User);

    /// <summary>Without what the rest works without.</summary>
    public int MissingCount(PermissionUse use) => Missing(use).Count(one => one.Optional is null);

    public MissingCounts Counts => new(MissingCount(PermissionUse.View), MissingCount(PermissionUse.Apply), MissingCount(PermissionUse.Operator), CheckedAt);
}

/// <summary>How many permissions were missing at the last preflight, without what the rest works without.</summary>
public sealed record MissingCounts(int View, int Apply, int Operator, DateTimeOffset CheckedAt);

/// <summary>The last preflight of each cluster.</summary>
public interface IPreflightStore
{
    /// <summary>By cluster; one that was never asked is missing.</summary>
    Task<IReadOnlyDictionary<long, MissingCounts>> CountsAsync(CancellationToken cancel);

    Task<PreflightReport?> LastAsync(long cluster, CancellationToken cancel);

    Task SaveAsync(long cluster, PreflightReport report, CancellationToken cancel);
}
