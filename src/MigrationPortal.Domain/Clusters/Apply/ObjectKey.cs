namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>Which object of a cluster. Stored as JSON: names are promises.</summary>
/// <param name="ApiVersion">Such as <c>apps/v1</c>.</param>
/// <param name="Namespace">Null: of the cluster itself.</param>
public sealed record ObjectKey(string ApiVersion, string Kind, string? Namespace, string Name)
{
    /// <summary>As the API names it to people and programs: <c>Deployment ci/gitlab-runner</c>.</summary>
    public override string ToString() => Namespace is null ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";
}
