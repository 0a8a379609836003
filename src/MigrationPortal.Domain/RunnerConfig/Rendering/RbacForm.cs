namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>The manager's service account with its rights, in the jobs' namespace.</summary>
internal static class RbacForm
{
    private const string Version = "rbac.authorization.k8s.io/v1";

    public static Rendered Render(RenderInput input) => new(RenderForm.Rbac, [new("rbac.yaml", YamlText.Of(Documents(input)))], Notes(input));

    public static IEnumerable<string> Documents(RenderInput input)
    {
        // Somebody's own account has labels, annotations and pull secrets of theirs.
        if (input.OwnAccount is null) yield return YamlText.Of(RenderInput.Kind("v1", "ServiceAccount", input.Meta(input.Account, input.Deployment.ManagerNamespace)), "Of the runner manager, not of jobs.");
        var rules = ManagerRights.Of(input);
        var whole = ManagerRights.NeedsWholeCluster(input);
        if (!whole)
        {
            yield return YamlText.Of(RenderInput.Kind(Version, "Role", input.Meta(input.Release, input.JobNamespace)).Add("rules", ManagerRights.Rules(rules.Where(rule => !rule.OfCluster))), "What the configuration needs, and no more.");
            yield return YamlText.Of(Binding(input, "RoleBinding", input.Meta(input.Release, input.JobNamespace), "Role", input.Release));
        }

        foreach (var document in Cluster(input, whole ? rules : rules.Where(rule => rule.OfCluster))) yield return YamlText.Of(document, whole ? "namespace_per_job: no Role reaches namespaces that do not exist yet." : null);
    }

    /// <summary>For rights that no Role can grant; empty when none is needed.</summary>
    public static IEnumerable<YamlFields> Cluster(RenderInput input, IEnumerable<RbacRule> rules)
    {
        var granted = rules.ToList();
        if (granted.Count == 0) yield break;
        var name = $"{input.Deployment.ManagerNamespace}-{input.Release}";
        var meta = new YamlFields().Add("name", name).Add("labels", input.Labels);
        yield return RenderInput.Kind(Version, "ClusterRole", meta).Add("rules", ManagerRights.Rules(granted));
        yield return Binding(input, "ClusterRoleBinding", meta, "ClusterRole", name);
    }

    private static YamlFields Binding(RenderInput input, string kind, YamlFields meta, string roleKind, string role) => RenderInput.Kind(Version, kind, meta)
        .Add("roleRef", new YamlFields().Add("apiGroup", "rbac.authorization.k8s.io").Add("kind", roleKind).Add("name", role))
        .Add("subjects", new YamlItems().Add(new YamlFields().Add("kind", "ServiceAccount").Add("name", input.Account).Add("namespace", input.Deployment.ManagerNamespace)));

    private static List<string> Notes(RenderInput input)
    {
        var notes = new List<string>();
        if (input.OwnAccount is { } own) notes.Add($"The service account {own} is somebody's own, as it was imported: it must be in {input.Deployment.ManagerNamespace} already.");
        if (input.Kubernetes.NamespaceOverwriteAllowed is { Length: > 0 } pattern) notes.Add($"Jobs may choose namespaces that match {pattern}: each of them needs this Role and RoleBinding too.");
        return notes;
    }
}
