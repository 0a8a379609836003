using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>Revisions of stored configurations, as far as trying and promoting them needs.</summary>
public sealed class RevisionReader(IConfigStore store)
{
    /// <param name="revision">Null: the newest.</param>
    /// <returns>Null when there is none.</returns>
    public async Task<RevisionText?> FindAsync(long configuration, int? revision, CancellationToken cancel)
    {
        if (await store.FindAsync(configuration, cancel) is not { } stored) return null;
        var found = revision is null || revision == stored.Current.Number ? stored.Current : await store.RevisionAsync(configuration, revision.Value, cancel);
        return found is null ? null : new RevisionText(configuration, stored.Name, stored.Instance, found.Number, found.Content.Toml, found.Content.Kind);
    }
}

/// <param name="Instance">The GitLab that the configuration is for.</param>
public sealed record RevisionText(long Configuration, string Name, InstanceId Instance, int Number, string Toml, DeploymentKind Kind);
