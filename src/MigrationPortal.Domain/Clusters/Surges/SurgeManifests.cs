using System.Text.Json.Nodes;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>
/// The lent manager: QA's configuration as objects of its own beside QA's manager, placed with production's address. QA's
/// policies and quotas hold for its jobs as for all others in the namespace.
/// </summary>
/// <param name="Objects">In the order in which they are applied, marked as the surge's.</param>
/// <param name="Reach">What the configuration itself gives to jobs.</param>
/// <param name="Notes">What somebody must know who lends.</param>
internal sealed record SurgeManifests(IReadOnlyList<Manifest> Objects, TokenPlace Place, string JobNamespace, IReadOnlyList<Reachable> Reach, IReadOnlyList<string> Notes)
{
    /// <summary>On every object of a surge; its value is the mark of one lent runner.</summary>
    public const string Label = "migration-portal.gitlab.com/surge";

    // Of the cluster's own people, or not needed for a while: a policy more would also hold QA's own jobs.
    private static readonly string[] Left = ["Namespace", "NetworkPolicy", "PodDisruptionBudget", "ResourceQuota", "LimitRange"];

    /// <param name="url">Of production's GitLab.</param>
    /// <returns>Refuses <c>invalid-configuration</c> and what rendering refuses.</returns>
    public static Outcome<SurgeManifests> Of(StoredConfiguration stored, ConfigRevision revision, Cluster cluster, string url, string release, string mark)
    {
        if (!Moved(stored.Name, revision.Content.Toml).TryGet(out var moved, out var no)) return no;
        var (toml, notes) = moved;
        var deployment = revision.Content.Deployment with
        {
            Release = release,
            ManagerNamespace = cluster.ManagerNamespace,
            GitLabUrl = url,
            TokenSecret = $"{release}-token",
            CacheSecret = null,
            ManagerDisruptionBudget = false,
            Extra = null,
        };
        if (deployment.CertificateSecret is { } authorities) notes.Add($"The lent manager trusts the authorities in Secret {authorities}, as QA's does: production's certificate must be signed by one of them.");
        var content = revision.Content with { Kind = DeploymentKind.Manifests, Toml = toml, Deployment = deployment };
        if (!RenderConfiguration.Run(content, RenderForm.Manifests).TryGet(out var rendered, out no)) return no;
        if (!RenderConfiguration.Read(content).TryGet(out var input, out no)) return no;
        if (!ManifestText.Read(rendered.Files.Select(file => file.Text)).TryGet(out var objects, out no)) return no;
        var rendering = new Rendering(
            stored.Id, stored.Name, revision.Number, ApplyTarget.Manifests, [.. objects.Where(one => !Left.Contains(one.Key.Kind))], [], deployment.ManagerNamespace, input.JobNamespace, deployment.TokenSecret, "", null, []);
        var place = new TokenPlace(deployment.ManagerNamespace, deployment.TokenSecret, TokenSecretForm.KeysOf(ApplyTarget.Manifests), mark);
        return new SurgeManifests([.. rendering.Marked().Select(one => Marked(one, mark))], place, input.JobNamespace, ConfigurationReach.Of(input, cluster), notes);
    }

    // What is QA's own in the file: its address, its clones, and its cache, which production's jobs must neither read nor fill.
    private static Outcome<(string Toml, List<string> Notes)> Moved(string name, string toml)
    {
        if (ConfigDocument.Read(toml).Document is not { } document) return Refusal.Of("invalid-configuration", $"{name} cannot be read as TOML: mend it first.");
        if (document.Runners.Count != 1) return Refusal.Of("invalid-configuration", $"{name} has {document.Runners.Count} [[runners]]: lend a configuration with exactly one.");
        var (runner, notes) = (document.Runners[0], new List<string>());
        if (runner.Text("executor") is { } executor && executor != "kubernetes") return Refusal.Of("invalid-configuration", $"{name} is for the {executor} executor: only kubernetes runners are lent.");
        if (runner.Table("cache") is not null) notes.Add("Production's jobs run there without a cache: that of QA is neither read nor filled.");
        foreach (var own in (string[])["url", "clone_url", "token", "cache"]) runner.Remove(own);
        return (document.Render(), notes);
    }

    private static Manifest Marked(Manifest manifest, string mark)
    {
        var body = (JsonObject)manifest.Body.DeepClone();
        var labels = body["metadata"]!["labels"]!.AsObject();
        // It is no application of the configuration: nobody compares it, and nobody rolls it back.
        labels.Remove(Rendering.ConfigurationLabel);
        labels[Label] = mark;
        return manifest.With(body);
    }
}
