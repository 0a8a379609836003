using System.Globalization;
using System.Net;
using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>The manager without chart and Operator: everything that <c>kubectl apply</c> needs, but for the Secret with the token.</summary>
internal static class ManifestForm
{
    private const string Home = "/home/gitlab-runner";

    public static Rendered Render(RenderInput input)
    {
        var deployment = input.Deployment;
        var files = new List<RenderedFile> { new("namespaces.yaml", YamlText.Of(Namespaces(input))), new("rbac.yaml", YamlText.Of(RbacForm.Documents(input))), new("config-map.yaml", YamlText.Of(Config(input), "Read when the manager starts: a change needs a new rollout.")) };
        files.Add(new("deployment.yaml", YamlText.Of(Deployment(input), Head(input))));
        if (deployment.ManagerDisruptionBudget) files.Add(new("pod-disruption-budget.yaml", YamlText.Of(ManagerParts.Budget(input, Selector(input)), "Node drains leave one manager.")));
        files.Add(new("network-policy.yaml", YamlText.Of(NetworkPolicyForm.Document(input))));
        var notes = new List<string> { $"The Secret {deployment.TokenSecret} with the key runner-token must be in {deployment.ManagerNamespace} first." };
        if (input.Settings.SessionServer is not null) notes.Add("Web terminals (session_server) need a Service of their own, which is not among the files.");
        if (input.Settings.ListenAddress is { } asked && !IsReachable(asked)) notes.Add(string.Create(CultureInfo.InvariantCulture, $"listen_address \"{asked}\" is not reached from outside of the pod, and the manager's probes are: it is written as :{input.MetricsPort}."));
        if (deployment is { ManagerDisruptionBudget: true, Replicas: 1 }) notes.Add("One manager with a PodDisruptionBudget holds up every node drain: use two replicas.");
        return new(RenderForm.Manifests, files, notes);
    }

    private static string Head(RenderInput input) =>
        $"""
        The token is in a Secret that must be there first:
          kubectl -n {input.Deployment.ManagerNamespace} create secret generic {input.Deployment.TokenSecret} --from-file=runner-token
        """.ReplaceLineEndings("\n");

    private static IEnumerable<string> Namespaces(RenderInput input)
    {
        yield return YamlText.Of(QuotaForm.JobNamespace(input), "What Kubernetes admits into the namespace of the jobs.");
        if (input.JobNamespace != input.Deployment.ManagerNamespace)
            yield return YamlText.Of(QuotaForm.Namespace(input, input.Deployment.ManagerNamespace, PodSecurityLevel.Restricted), "The manager itself needs nothing special.");
    }

    private static YamlFields Config(RenderInput input)
    {
        var globals = (ConfigTable)input.Document.Root.Copy();
        globals.Set("runners", null);
        if (globals["concurrent"] is null) globals.Set("concurrent", new ConfigScalar(10L));
        // Probes and the portal read it: from outside of the pod, so an address of the pod itself will not do.
        if (!IsReachable(input.Settings.ListenAddress)) globals.Set("listen_address", new ConfigScalar($":{input.MetricsPort}"));
        TomlRemarks.Add(globals, "");
        return RenderInput.Kind("v1", "ConfigMap", input.Meta($"{input.Release}-config", input.Deployment.ManagerNamespace)).Add("data", new YamlFields()
            .Add("config.toml", new ConfigDocument(globals).Render()).Add("config.template.toml", TomlForm.Template(input)).Add("start.sh", ManagerScript.Start));
    }

    private static bool IsReachable(string? listens)
    {
        if (listens is null || listens.LastIndexOf(':') is not (>= 0 and var colon) || !ushort.TryParse(listens.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0) return false;
        var host = listens[..colon].Trim('[', ']');
        return host.Length == 0 || (host != "localhost" && !(IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)));
    }

    private static YamlFields Deployment(RenderInput input)
    {
        var deployment = input.Deployment;
        var labels = Selector(input);
        var pod = new YamlFields()
            .Add("serviceAccountName", input.Account)
            .Add("terminationGracePeriodSeconds", input.GraceSeconds, "A stopping manager waits for its jobs: longer than the longest of them.")
            .Add("securityContext", new YamlFields().Add("runAsNonRoot", true).Add("runAsUser", 100).Add("runAsGroup", 65533).Add("fsGroup", 65533).Add("seccompProfile", new YamlFields().Add("type", "RuntimeDefault")), "The alpine image; that of ubuntu has 999.");
        if (deployment.Replicas > 1) pod.Add("affinity", ManagerParts.Spread(labels), "Managers keep away from each other; job pods are not meant.");
        pod.Add("containers", new YamlItems().Add(Container(input))).Add("volumes", Volumes(input));
        // The text of the ConfigMap is not part of the pod: without its hash a change would start nothing.
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(YamlText.Of(Config(input)))))[..16];
        var template = new YamlFields()
            .Add("metadata", new YamlFields().Add("labels", labels).Add("annotations", new YamlFields().Add("checksum/config", hash, "A changed configuration starts new managers.")))
            .Add("spec", pod);
        var spec = new YamlFields().Add("replicas", deployment.Replicas, "Managers of the one runner: jobs at the same time are replicas x concurrent.")
            .Add("strategy", new YamlFields().Add("type", "RollingUpdate").Add("rollingUpdate", new YamlFields().Add("maxSurge", 1).Add("maxUnavailable", 0)), "The new manager takes jobs before the old one stops.")
            .Add("selector", new YamlFields().Add("matchLabels", labels)).Add("template", template);
        return RenderInput.Kind("apps/v1", "Deployment", input.Meta(input.Release, deployment.ManagerNamespace)).Add("spec", spec);
    }

    private static YamlFields Container(RenderInput input)
    {
        var deployment = input.Deployment;
        var environment = new YamlItems().Add(Variable("CI_SERVER_URL", deployment.GitLabUrl)).Add(Variable("HOME", Home));
        foreach (var (name, value) in RegistrationSettings.Of(input)) environment.Add(Variable(name, value), "Registration has a value of its own, and a template fills only what is empty.");
        if (input.Runner.Name is { } runner) environment.Add(Variable("RUNNER_NAME", runner));
        if (deployment.CacheSecret is { } cache) foreach (var (variable, key) in CacheKeys(input)) environment.Add(new YamlFields().Add("name", variable).Add("valueFrom", new YamlFields().Add("secretKeyRef", new YamlFields().Add("name", cache).Add("key", key))));
        if (deployment.UnregisterOnStop) environment.Add(Variable("UNREGISTER", "true"), "Takes the stopped manager out of GitLab, not the runner.");
        return new YamlFields().Add("name", "gitlab-runner").Add("image", deployment.ManagerImage ?? $"registry.gitlab.com/gitlab-org/gitlab-runner:{ManagerParts.Tag(input)}")
            .Add("command", YamlItems.Of(["/bin/sh", "/config/start.sh"])).Add("env", environment)
            .Add("ports", new YamlItems().Add(new YamlFields().Add("name", "metrics").Add("containerPort", input.MetricsPort)))
            .Add("livenessProbe", Probe("/metrics", 60, 3)).Add("readinessProbe", Probe(input.Runner.Experimental?.BootVerify?.Enabled == true ? "/health/ready" : "/metrics", 10, 3))
            .AddFields("resources", ManagerParts.Resources(deployment.Resources))
            .Add("securityContext", new YamlFields().Add("allowPrivilegeEscalation", false).Add("privileged", false).Add("readOnlyRootFilesystem", false).Add("capabilities", new YamlFields().Add("drop", YamlItems.Of(["ALL"]))))
            .Add("volumeMounts", Mounts(input));
    }

    private static YamlFields Probe(string path, int period, int failures) => new YamlFields()
        .Add("httpGet", new YamlFields().Add("path", path).Add("port", "metrics")).Add("initialDelaySeconds", 10).Add("periodSeconds", period).Add("timeoutSeconds", 4).Add("failureThreshold", failures);

    private static YamlItems Mounts(RenderInput input)
    {
        var mounts = new YamlItems().Add(Mount("config", "/config", true)).Add(Mount("token", "/token", true)).Add(Mount("home", $"{Home}/.gitlab-runner", false));
        return input.Deployment.CertificateSecret is null ? mounts : mounts.Add(Mount("certificates", $"{Home}/.gitlab-runner/certs", true));
    }

    private static YamlItems Volumes(RenderInput input)
    {
        var volumes = new YamlItems()
            .Add(new YamlFields().Add("name", "config").Add("configMap", new YamlFields().Add("name", $"{input.Release}-config")))
            .Add(new YamlFields().Add("name", "token").Add("secret", new YamlFields().Add("secretName", input.Deployment.TokenSecret).Add("items", new YamlItems().Add(new YamlFields().Add("key", "runner-token").Add("path", "runner-token")))))
            .Add(new YamlFields().Add("name", "home").Add("emptyDir", new YamlFields().Add("medium", "Memory")), "The registered config.toml holds the token: in memory only.");
        return input.Deployment.CertificateSecret is not { } authorities ? volumes : volumes.Add(new YamlFields().Add("name", "certificates").Add("secret", new YamlFields().Add("secretName", authorities)), "Files named <host>.crt.");
    }

    private static YamlFields Mount(string name, string path, bool readOnly) => new YamlFields().Add("name", name).Add("mountPath", path).Add("readOnly", readOnly ? (YamlPart)true : null);

    private static YamlFields Variable(string name, string value) => new YamlFields().Add("name", name).Add("value", value);

    private static YamlFields Selector(RenderInput input) => new YamlFields().Add("app.kubernetes.io/name", "gitlab-runner").Add("app.kubernetes.io/instance", input.Release);

    private static IEnumerable<(string Variable, string Key)> CacheKeys(RenderInput input) => (input.Runner.Cache?.Type ?? "s3") switch
    {
        "gcs" => [("CACHE_GCS_ACCESS_ID", "gcs-access-id"), ("CACHE_GCS_PRIVATE_KEY", "gcs-private-key")],
        "azure" => [("CACHE_AZURE_ACCOUNT_NAME", "azure-account-name"), ("CACHE_AZURE_ACCOUNT_KEY", "azure-account-key")],
        _ => [("CACHE_S3_ACCESS_KEY", "accesskey"), ("CACHE_S3_SECRET_KEY", "secretkey")],
    };
}
