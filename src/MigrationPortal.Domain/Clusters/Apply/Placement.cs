using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>
/// Puts a revision into one cluster, so that the same one is tried on QA and then runs in production: the address of GitLab and the
/// namespaces are the cluster's, all else stays as it was written. The Secret of the token keeps its name: what is in it is each
/// cluster's own. Pure; placed twice it is as placed once.
/// </summary>
/// <param name="Content">As the cluster needs it.</param>
/// <param name="JobNamespace">Where the jobs of its first runner run.</param>
/// <param name="Notes">What was replaced, a sentence each.</param>
public sealed record Placement(RunnerConfiguration Content, string JobNamespace, IReadOnlyList<string> Notes)
{
    /// <param name="gitLab">Address of the cluster's GitLab instance.</param>
    /// <returns>
    /// Refuses <c>not-placeable</c>: a <c>clone_url</c> of another GitLab, or a <c>host</c> that names another API server. Text that
    /// is no TOML stays as it is: rendering refuses it.
    /// </returns>
    public static Outcome<Placement> Of(RunnerConfiguration content, Cluster cluster, string gitLab)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(cluster);
        var (notes, deployment) = (new List<string>(), content.Deployment);
        var document = ConfigDocument.Read(content.Toml).Document;
        if (document is not null && Problems(document, deployment.GitLabUrl, cluster, gitLab) is { Count: > 0 } problems) return new Refusal("not-placeable", problems);

        var placed = deployment with
        {
            GitLabUrl = Same(deployment.GitLabUrl, gitLab) ? deployment.GitLabUrl : Replaced(gitLab, $"GitLab is {gitLab}, that of the cluster, instead of {deployment.GitLabUrl}."),
            ManagerNamespace = deployment.ManagerNamespace == cluster.ManagerNamespace ? cluster.ManagerNamespace
                : Replaced(cluster.ManagerNamespace, $"The manager runs in {cluster.ManagerNamespace}, the cluster's namespace of managers, instead of {deployment.ManagerNamespace}."),
            JobNamespace = SpaceOf(deployment.JobNamespace, cluster),
        };
        var before = SpaceOf(document) ?? deployment.JobNamespace;
        var now = SpaceOf(before, cluster);
        var toml = document is null ? content.Toml : Toml(document, content.Toml, cluster, gitLab);
        if (before != now) notes.Add($"Jobs run in {now}, a namespace of the cluster, instead of {before}.");
        return new Placement(content with { Toml = toml, Deployment = placed }, now, notes);

        string Replaced(string with, string sentence)
        {
            notes.Add(sentence);
            return with;
        }
    }

    // Written anew only where something changes: everywhere else the text is the author's own.
    private static string Toml(ConfigDocument document, string text, Cluster cluster, string gitLab)
    {
        var changes = false;
        ConfigComments.Keep(document);
        foreach (var runner in document.Runners)
        {
            foreach (var key in (string[])["url", "clone_url"])
                if (runner.Text(key) is { Length: > 0 } url && !Same(url, gitLab)) Set(runner, key, gitLab);
            if (runner.Table("kubernetes") is { } section && section.Text("namespace") is { Length: > 0 } space && SpaceOf(space, cluster) is var own && own != space) Set(section, "namespace", own);
        }

        return changes ? document.Render() : text;

        void Set(ConfigTable table, string key, string value)
        {
            table.Set(key, new ConfigScalar(value) { Comment = table[key]!.Comment });
            changes = true;
        }
    }

    private static List<string> Problems(ConfigDocument document, string configured, Cluster cluster, string gitLab)
    {
        var found = new List<string>();
        foreach (var runner in document.Runners)
        {
            if (runner.Text("clone_url") is { Length: > 0 } clone && !Same(clone, gitLab) && !Same(clone, configured) && !Same(clone, runner.Text("url") ?? configured))
                found.Add($"clone_url names {clone}, which is not the address of the configuration's GitLab, and the portal does not know what it is for {cluster.Name}: take it out, or keep a configuration of its own for that cluster.");
            if (runner.Table("kubernetes")?.Text("host") is { Length: > 0 } host && !IsOf(cluster, host))
                found.Add($"kubernetes.host names the API server {host}, so jobs would not run in {cluster.Name}: take it out, and the manager uses the cluster that it runs in.");
        }

        return found;
    }

    private static bool IsOf(Cluster cluster, string host) =>
        Uri.TryCreate(host, UriKind.Absolute, out var url) && (url.Authority == cluster.Connection.Server || url.Host is "kubernetes.default.svc" or "kubernetes.default" or "kubernetes" || url.Host.StartsWith("kubernetes.default.svc.", StringComparison.Ordinal));

    private static string? SpaceOf(ConfigDocument? document) => document?.Runners.Count > 0 && document.Runners[0].Table("kubernetes")?.Text("namespace") is { Length: > 0 } named ? named : null;

    private static string SpaceOf(string wanted, Cluster cluster) => cluster.JobNamespaces.Contains(wanted, StringComparer.Ordinal) ? wanted : cluster.JobNamespaces[0];

    private static bool Same(string one, string other) => one.TrimEnd('/').Equals(other.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
}
