namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>Values of the chart gitlab-runner: keys of the chart only, the token by the name of its Secret.</summary>
internal static class HelmForm
{
    public static Rendered Render(RenderInput input)
    {
        var notes = new List<string>();
        var values = Manager(input);
        Globals(input, values, notes);
        Access(input, values, notes);
        values.Add("runners", Runners(input));
        Keep(input, values, notes);
        return new(RenderForm.Helm, [new("values.yaml", YamlText.Of(values, Head(input)))], notes);
    }

    /// <summary>What the chart calls its objects: the release, with its own name behind it where that is not in it.</summary>
    public static string FullName(string release) => release.Contains("gitlab-runner", StringComparison.Ordinal) ? release : $"{release}-gitlab-runner";

    // What has no setting here stays as it was imported; fields of the Operator are no values of the chart.
    private static void Keep(RenderInput input, YamlFields values, List<string> notes)
    {
        var (kept, other) = (new YamlFields(), new List<string>());
        foreach (var (key, value, _) in input.Kept.Fields)
            if (ChartKeys.Top.Contains(key)) kept.Add(key, value);
            else other.Add(key);
        values.Complete(kept);
        if (other.Count > 0) notes.Add($"{string.Join(", ", other)}: kept from an import, and no value of the chart: left out.");
    }

    private static string Head(RenderInput input) =>
        $"""
        Values of the chart gitlab-runner for GitLab Runner {input.Configuration.Target}.
        The token is in a Secret that must be there first. It needs both keys, one of them empty:
          kubectl -n {input.Deployment.ManagerNamespace} create secret generic {input.Deployment.TokenSecret} --from-file=runner-token --from-literal=runner-registration-token=
        helm upgrade --install {input.Release} gitlab/gitlab-runner -n {input.Deployment.ManagerNamespace} -f values.yaml
        """.ReplaceLineEndings("\n");

    private static YamlFields Manager(RenderInput input)
    {
        var deployment = input.Deployment;
        var values = new YamlFields()
            .Add("gitlabUrl", deployment.GitLabUrl)
            .Add("image", Image(input), "A chart brings the runner of its appVersion; this is the one that the configuration is written for.")
            .Add("replicas", deployment.Replicas, "Managers of the one runner: jobs at the same time are replicas x concurrent.");
        if (deployment.Replicas > 1) values.Add("strategy", new YamlFields().Add("type", "RollingUpdate").Add("rollingUpdate", new YamlFields().Add("maxSurge", 1).Add("maxUnavailable", 0)));
        values.Add("unregisterRunners", deployment.UnregisterOnStop, deployment.UnregisterOnStop ? "Takes the stopping manager out of GitLab, not the runner." : "GitLab then clears old managers away by itself.");
        values.Add("terminationGracePeriodSeconds", input.GraceSeconds, "A stopping manager waits for its jobs: longer than the longest of them.");
        values.AddFields("resources", ManagerParts.Resources(deployment.Resources), "Of the manager, not of jobs.");
        if (deployment.Replicas > 1) values.Add("affinity", ManagerParts.Spread(new YamlFields().Add("app", FullName(input.Release))), "Managers keep away from each other; job pods are not meant.");
        values.AddText("certsSecretName", deployment.CertificateSecret);
        return values;
    }

    private static YamlFields Image(RenderInput input)
    {
        if (input.Deployment.ManagerImage is not { } image) return new YamlFields().Add("tag", ManagerParts.Tag(input));
        var colon = image.LastIndexOf(':') is var at && at > image.LastIndexOf('/') ? at : image.Length;
        var name = image[..colon];
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var hasHost = slash > 0 && name[..slash].AsSpan().IndexOfAny('.', ':') >= 0;
        return new YamlFields().AddText("registry", hasHost ? name[..slash] : null).Add("image", hasHost ? name[(slash + 1)..] : name).AddText("tag", colon < image.Length ? image[(colon + 1)..] : null);
    }

    private static void Globals(RenderInput input, YamlFields values, List<string> notes)
    {
        var settings = input.Settings;
        values.AddWhole("concurrent", settings.Concurrent, "Of each manager.").AddWhole("checkInterval", settings.CheckInterval).AddWhole("shutdown_timeout", settings.ShutdownTimeout)
            .AddText("logLevel", settings.LogLevel).AddText("logFormat", settings.LogFormat).AddText("connectionMaxAge", settings.ConnectionMaxAge);
        if (settings.ListenAddress is { Length: > 0 }) values.Add("metrics", new YamlFields().Add("enabled", true).Add("port", input.MetricsPort));
        if (settings.SessionServer is { } session)
        {
            values.Add("sessionServer", new YamlFields().Add("enabled", true).AddWhole("timeout", session.SessionTimeout).AddText("publicIP", session.AdvertiseAddress));
            if (input.Deployment.Replicas > 1) notes.Add("Web terminals (session_server) work with one replica only.");
        }

        if (ManagerParts.LeftOut(input, "the chart's values", "concurrent", "check_interval", "shutdown_timeout", "log_level", "log_format", "connection_max_age", "listen_address", "session_server") is { } left) notes.Add(left);
        var environment = RegistrationSettings.Of(input);
        if (environment.Count > 0)
            values.Add("envVars", YamlItems.Of(environment.Select(one => (YamlPart)new YamlFields().Add("name", one.Name).Add("value", one.Value))), "Registration has values of its own for these, and a template fills only what is empty.");
    }

    private static void Access(RenderInput input, YamlFields values, List<string> notes)
    {
        var rules = ManagerRights.Of(input);
        var whole = ManagerRights.NeedsWholeCluster(input);
        if (input.Kept["rbac"] is YamlFields own && own["create"] is YamlValue { Text: "false" })
        {
            notes.Add("rbac.create is false, as it was imported: the manager's rights are somebody else's to give. The form Rights says which it needs.");
            whole = true;
        }
        else values.Add("rbac", Rights(rules, whole));
        // Somebody's own account stays; the chart makes none then unless that says so.
        if (input.OwnAccount is null && input.Kept["serviceAccount"] is null) values.Add("serviceAccount", new YamlFields().Add("create", true).Add("name", input.Release));
        var objects = new YamlItems();
        if (!whole)
            foreach (var document in RbacForm.Cluster(input, rules.Where(rule => rule.OfCluster))) objects.Add(document);
        if (input.Deployment.ManagerDisruptionBudget) objects.Add(ManagerParts.Budget(input, new YamlFields().Add("app", FullName(input.Release))));
        if (objects.Items.Count > 0) values.Add("extraObjects", objects, "What the chart has no value for.");
    }

    private static YamlFields Rights(IReadOnlyList<RbacRule> rules, bool whole)
    {
        var rbac = new YamlFields().Add("create", true).Add("rules", ManagerRights.Rules(rules.Where(rule => whole || !rule.OfCluster)), "Without rules, the chart grants everything of the core group, and nothing of policy and apps.");
        return whole ? rbac.Add("clusterWideAccess", true, "namespace_per_job: no Role reaches namespaces that do not exist yet.") : rbac;
    }

    private static YamlFields Runners(RenderInput input)
    {
        var runners = new YamlFields().Add("secret", input.Deployment.TokenSecret, "The token comes from this Secret; runnerToken stays unset.")
            .AddText("name", input.Runner.Name).Add("executor", "kubernetes")
            .Add("jobNamespace", input.JobNamespace, "The chart makes the Role there.");
        if (input.Deployment.CacheSecret is { } cache) runners.Add("cache", new YamlFields().Add("secretName", cache));
        return runners.Add("config", Escaped(TomlForm.Template(input)), "A template for registration: one [[runners]], no globals, no token. The chart runs it through tpl.");
    }

    // The chart would read {{ in a script as its own.
    private static string Escaped(string toml) => toml.Replace("{{", "{{ \"{{\" }}", StringComparison.Ordinal);
}
