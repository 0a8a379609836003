using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>One revision of a stored configuration as objects for a cluster, and as files.</summary>
public sealed class ReadRendering(IConfigStore configurations)
{
    /// <param name="revision">Null: the newest.</param>
    /// <returns>Refuses <c>unknown-configuration</c>, <c>unknown-revision</c>, <c>invalid-rendering</c> and what <see cref="RenderConfiguration.Run"/> refuses.</returns>
    public async Task<Outcome<Rendering>> RunAsync(long configuration, int? revision, ApplyExtras extras, CancellationToken cancel)
    {
        if (await configurations.FindAsync(configuration, cancel) is not { } stored) return Refusal.Of("unknown-configuration", $"There is no configuration {configuration}.");
        var wanted = revision is { } number && number != stored.Current.Number ? await configurations.RevisionAsync(configuration, number, cancel) : stored.Current;
        return wanted is null ? Refusal.Of("unknown-revision", $"Configuration {stored.Name} has no revision {revision}.") : Of(stored, wanted, extras);
    }

    private static Outcome<Rendering> Of(StoredConfiguration stored, ConfigRevision revision, ApplyExtras extras)
    {
        var (target, files, notes, content) = (TargetOf(revision.Content.Kind), new List<RenderedFile>(), new List<string>(), revision.Content);
        foreach (var form in FormsOf(target, extras))
        {
            if (!RenderConfiguration.Run(content, form).TryGet(out var rendered, out var no)) return no;
            files.AddRange(rendered.Files.Where(file => !files.Exists(one => one.Name == file.Name)));
            notes.AddRange(rendered.Notes.Except(notes, StringComparer.Ordinal));
        }

        if (!ManifestText.Read(files.Where(file => file.Name != "values.yaml").Select(file => file.Text)).TryGet(out var objects, out var wrong)) return wrong;
        var chosen = target == ApplyTarget.Helm ? [] : objects.Where(one => IsChosen(one, extras)).ToList();
        var deployment = content.Deployment;
        var jobs = objects.FirstOrDefault(one => one.Key.Kind == "NetworkPolicy")?.Key.Namespace ?? deployment.JobNamespace;
        return new Rendering(
            stored.Id, stored.Name, revision.Number, target, chosen, [.. files.Select(file => (file.Name, file.Text))], deployment.ManagerNamespace, jobs, deployment.TokenSecret,
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
