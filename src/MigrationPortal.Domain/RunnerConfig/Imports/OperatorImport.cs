using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Model;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.RunnerConfig.Imports;

/// <summary>The Operator's <c>Runner</c> with the ConfigMaps that it names, as documents of one text.</summary>
internal static class OperatorImport
{
    public static bool IsRunner(YamlFields one) => one.Text("kind") == "Runner" && one.Text("apiVersion")?.StartsWith("apps.gitlab.com/", StringComparison.Ordinal) == true;

    public static Outcome<Imported> Read(YamlFields runner, IReadOnlyList<YamlFields> documents, RunnerConfiguration over)
    {
        var remarks = new List<string> { "Comments of the objects are not kept; those of config.toml are, at their keys." };
        var (spec, meta) = (runner.Map("spec") ?? new YamlFields(), runner.Map("metadata") ?? new YamlFields());
        foreach (var unknown in spec.Fields.Select(field => field.Key).Except(OperatorFields.All).ToList())
        {
            spec.Remove(unknown);
            remarks.Add($"spec.{unknown} is no field of a Runner: the cluster drops it, and so does this.");
        }

        if (documents.Any(one => one.Text("kind") == "Secret")) remarks.Add("Secrets in the text were not read and are not kept.");
        spec.TakeSecrets("spec", remarks);
        var document = Config(spec, documents, remarks);
        if (document is null) return Refusal.Of("invalid-configuration", "spec.config: the ConfigMap that it names, with the key config.toml, must be in the text as well, and hold TOML.");
        Environment(spec, documents, document, remarks);
        Globals(spec, document);
        var ns = meta.Text("namespace") ?? over.Deployment.ManagerNamespace;
        var jobs = spec.Take("namespace") ?? ns;
        var deployment = over.Deployment with
        {
            Release = meta.Text("name") ?? over.Deployment.Release,
            ManagerNamespace = ns,
            JobNamespace = jobs,
            JobNamespaceIsDedicated = jobs != ns,
            GitLabUrl = spec.Take("gitlabUrl") ?? over.Deployment.GitLabUrl,
            TokenSecret = spec.Take("token") ?? over.Deployment.TokenSecret,
            CertificateSecret = spec.Take("ca") ?? over.Deployment.CertificateSecret,
            ManagerImage = spec.Take("runnerImage") ?? over.Deployment.ManagerImage,
            CacheSecret = Cache(spec, document) ?? over.Deployment.CacheSecret,
            Replicas = 1,
        };
        deployment = Manager(spec, deployment);
        spec.Remove("config");
        spec.Remove("env");
        if (spec.Text("serviceaccount") == deployment.Release) spec.Remove("serviceaccount");
        var extra = spec.Fields.Count == 0 ? null : YamlText.Of(spec);
        if (extra is not null) remarks.Add($"Kept as they are: {string.Join(", ", spec.Fields.Select(field => field.Key))}.");
        ConfigComments.Keep(document);
        return new Imported("Operator objects", over with { Kind = DeploymentKind.Operator, Toml = document.Render(), Deployment = deployment with { Extra = extra } }, remarks);
    }

    private static ConfigDocument? Config(YamlFields spec, IReadOnlyList<YamlFields> documents, List<string> remarks)
    {
        if (spec.Text("config") is not { } named) return ConfigDocument.Read("[[runners]]\n").Document;
        if (named.Contains('\n') || named.Contains('['))
        {
            remarks.Add("spec.config held TOML: the Operator takes it for the name of a ConfigMap, so nothing of it had any effect. It is written as a ConfigMap now.");
            return ConfigDocument.Read(named).Document;
        }

        return Data(documents, named)?.Text("config.toml") is { } toml ? ConfigDocument.Read(toml).Document : null;
    }

    // The manager's environment sets what registration asks for: it goes where it ends up.
    private static void Environment(YamlFields spec, IReadOnlyList<YamlFields> documents, ConfigDocument document, List<string> remarks)
    {
        if (spec.Text("env") is not { } named) return;
        if (Data(documents, named) is not { } data)
        {
            remarks.Add($"The ConfigMap {named} (spec.env) is not in the text: what it sets is not kept.");
            return;
        }

        foreach (var (variable, value, _) in data.Fields)
        {
            var key = ConfigKeys.All.FirstOrDefault(one => one.Variable == variable && one.Path.StartsWith("runners[].", StringComparison.Ordinal));
            var text = (value as YamlValue)?.Text ?? "";
            if (key is null || ConfigSecrets.IsSecretSetting(variable, text) || ConfigField.Read(key, text) is not { Node: { } node })
                remarks.Add($"{variable} of the ConfigMap {named} is not kept: {(key is null ? "it sets no key of config.toml" : "its value has no place in config.toml")}.");
            else if (ConfigPath.Get(document.Root, $"runners[0]{key.Path[9..]}") is null) ConfigPath.Set(document.Root, $"runners[0]{key.Path[9..]}", node);
        }
    }

    private static void Globals(YamlFields spec, ConfigDocument document)
    {
        void Set(string key, ConfigNode? node)
        {
            if (node is not null && document.Root[key] is null) document.Root.Set(key, node);
        }

        ConfigScalar? Whole(string field) => spec.TakeWhole(field) is { } number ? new ConfigScalar((long)number) : null;
        ConfigScalar? Text(string field) => spec.Take(field) is { } text ? new ConfigScalar(text) : null;
        Set("concurrent", Whole("concurrent"));
        Set("check_interval", Whole("interval"));
        Set("log_level", Text("logLevel"));
        Set("log_format", Text("logFormat"));
        Set("listen_address", Text("listenAddr"));
        Set("connection_max_age", Text("connectionMaxAge"));
        Set("shutdown_timeout", Whole("shutdownTimeout"));
        void Runner(string path, string field)
        {
            if (spec.Take(field) is { } text && ConfigPath.Get(document.Root, path) is null) ConfigPath.Set(document.Root, path, new ConfigScalar(text));
        }

        Runner("runners[0].kubernetes.image", "buildImage");
        Runner("runners[0].kubernetes.helper_image", "helperImage");
        Runner("runners[0].clone_url", "cloneURL");
    }

    // The keys of the store stay in their Secret; where the store is, the template says.
    private static string? Cache(YamlFields spec, ConfigDocument document)
    {
        if (spec.Take("cacheType") is not { } kind || spec.Map(kind) is not { } store) return null;
        void Set(string path, ConfigNode? node)
        {
            if (node is not null && ConfigPath.Get(document.Root, $"runners[0].cache.{path}") is null) ConfigPath.Set(document.Root, $"runners[0].cache.{path}", node);
        }

        ConfigScalar? Text(YamlFields from, string key) => from.Take(key) is { } text ? new ConfigScalar(text) : null;
        Set("Type", new ConfigScalar(kind));
        Set("Path", Text(spec, "cachePath"));
        Set("Shared", spec.TakeFlag("cacheShared") is { } shared ? new ConfigScalar(shared) : null);
        foreach (var (field, key) in kind switch { "s3" => [("server", "ServerAddress"), ("bucket", "BucketName"), ("location", "BucketLocation")], "gcs" => [("bucket", "BucketName")], _ => ((string, string)[])[("container", "ContainerName"), ("storageDomain", "StorageDomain")] })
            Set($"{kind}.{key}", Text(store, field));
        if (kind == "s3" && store.TakeFlag("insecure") is { } insecure) Set("s3.Insecure", new ConfigScalar(insecure));
        var secret = store.Take("credentials");
        if (store.Fields.Count == 0) spec.Remove(kind);
        return secret;
    }

    // The portal's own patch of the manager, as it writes it.
    private static DeploymentSettings Manager(YamlFields spec, DeploymentSettings deployment)
    {
        if (spec["podSpec"] is not YamlItems patches || patches.Items.Select(one => one.Item).OfType<YamlFields>().FirstOrDefault(one => one.Text("name") == "manager" && one.Text("patchType") == "json") is not { } own) return deployment;
        if (YamlImport.Read($"steps:\n{own.Text("patch")}")?["steps"] is not YamlItems steps) return deployment;
        foreach (var step in steps.Items.Select(one => one.Item).OfType<YamlFields>())
            switch (step.Text("path"))
            {
                case "/terminationGracePeriodSeconds" when step.TakeWhole("value") is > 360 and var grace: deployment = deployment with { LongestJobSeconds = grace - 300 }; break;
                case "/containers/0/resources" when step.Map("value") is { } resources:
                    deployment = deployment with { Resources = new() { CpuRequest = resources.Map("requests")?.Text("cpu"), MemoryRequest = resources.Map("requests")?.Text("memory"), CpuLimit = resources.Map("limits")?.Text("cpu"), MemoryLimit = resources.Map("limits")?.Text("memory") } };
                    break;
                default: return deployment;
            }

        patches.Remove(own);
        if (patches.Items.Count == 0) spec.Remove("podSpec");
        return deployment;
    }

    private static YamlFields? Data(IReadOnlyList<YamlFields> documents, string name) =>
        documents.FirstOrDefault(one => one.Text("kind") == "ConfigMap" && one.Map("metadata")?.Text("name") == name)?.Map("data");
}
