using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>One revision of a stored configuration, placed in a cluster: as objects, and as files.</summary>
public sealed class ReadRendering(IConfigStore configurations, IClusterStore clusters, InstanceDirectory instances)
{
    /// <param name="revision">Null: the newest.</param>
    /// <returns>
    /// Refuses <c>unknown-cluster</c>, <c>unknown-instance</c>, <c>unknown-configuration</c>, <c>unknown-revision</c>, <c>invalid-rendering</c> and what
    /// <see cref="Placement.Of"/> and <see cref="RenderConfiguration.Run"/> refuse.
    /// </returns>
    public async Task<Outcome<Rendering>> RunAsync(long cluster, long configuration, int? revision, ApplyExtras extras, CancellationToken cancel)
    {
        if (await clusters.FindAsync(cluster, cancel) is not { } where) return Refusal.Of("unknown-cluster", $"There is no cluster {cluster}.");
        if (instances.Find(where.Instance) is not { } instance) return Refusal.Of("unknown-instance", $"{where.Name} takes jobs of {where.Instance}, which is not configured any more.");
        if (await configurations.FindAsync(configuration, cancel) is not { } stored) return Refusal.Of("unknown-configuration", $"There is no configuration {configuration}.");
        var wanted = revision is { } number && number != stored.Current.Number ? await configurations.RevisionAsync(configuration, number, cancel) : stored.Current;
        if (wanted is null) return Refusal.Of("unknown-revision", $"Configuration {stored.Name} has no revision {revision}.");
        return Placement.Of(wanted.Content, where, instance.Url).TryGet(out var placed, out var no) ? Of(stored, wanted.Number, placed, extras) : no;
    }

    private static Outcome<Rendering> Of(StoredConfiguration stored, int revision, Placement placed, ApplyExtras extras)
    {
        var (target, files, notes, content) = (TargetOf(placed.Content.Kind), new List<RenderedFile>(), new List<string>(placed.Notes), placed.Content);
        foreach (var form in FormsOf(target, extras))
        {
            if (!RenderConfiguration.Run(content, form).TryGet(out var rendered, out var no)) return no;
            files.AddRange(rendered.Files.Where(file => !files.Exists(one => one.Name == file.Name)));
            notes.AddRange(rendered.Notes.Except(notes, StringComparer.Ordinal));
        }

        if (!ManifestText.Read(files.Where(file => file.Name != "values.yaml").Select(file => file.Text)).TryGet(out var objects, out var wrong)) return wrong;
        var chosen = target == ApplyTarget.Helm ? [] : objects.Where(one => IsChosen(one, extras)).ToList();
        var deployment = content.Deployment;
        return new Rendering(
            stored.Id, stored.Name, revision, target, chosen, [.. files.Select(file => (file.Name, file.Text))], deployment.ManagerNamespace, placed.JobNamespace, deployment.TokenSecret,
            deployment.PodSecurity.ToString().ToLowerInvariant(), target == ApplyTarget.Operator ? deployment.OperatorVersion : null, notes);
    }

    private static ApplyTarget TargetOf(DeploymentKind kind) => kind switch
    {
        DeploymentKind.Helm => ApplyTarget.Helm,
        DeploymentKind.Operator => ApplyTarget.Operator,
        DeploymentKind.Exported => ApplyTarget.Exported,
        _ => ApplyTarget.Manifests,
    };

    private static IEnumerable<RenderForm> FormsOf(ApplyTarget target, ApplyExtras extras)
    {
        yield return target switch { ApplyTarget.Helm => RenderForm.Helm, ApplyTarget.Operator => RenderForm.Operator, _ => RenderForm.Manifests };
        if (extras.HasFlag(ApplyExtras.NetworkPolicy)) yield return RenderForm.NetworkPolicy;
        // The chart makes its own.
        if (extras.HasFlag(ApplyExtras.Rbac) && target != ApplyTarget.Helm) yield return RenderForm.Rbac;
        if (extras.HasFlag(ApplyExtras.Quota)) yield return RenderForm.Quota;
    }

    private static bool IsChosen(Manifest manifest, ApplyExtras extras) => manifest.Key.Kind switch
    {
        "NetworkPolicy" => extras.HasFlag(ApplyExtras.NetworkPolicy),
        "Role" or "RoleBinding" or "ClusterRole" or "ClusterRoleBinding" => extras.HasFlag(ApplyExtras.Rbac),
        _ => true,
    };
}
