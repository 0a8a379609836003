using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Model;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.RunnerConfig.Imports;

/// <summary>The Operator's <c>Runner</c> with the ConfigMaps that it names, as documents of one text.</summary>
internal static class OperatorImport
{
    // Of the time of registration tokens.
    private static readonly string[] OfRegistrationTokens = ["tags", "runUntagged", "locked", "protected"];

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

        foreach (var field in OfRegistrationTokens)
            if (spec.Fields.FirstOrDefault(one => one.Key == field).Value is YamlValue { Text: var said } && spec.Remove(field)) remarks.Add($"spec.{field} ({said}) does nothing with a glrt- token{(field == "locked" ? ", or makes registration fail" : "")}: it was left out. Set it at the runner in GitLab.");
        if (documents.Any(one => one.Text("kind") == "Secret")) remarks.Add("Secrets in the text were not read and are not kept.");
        Others(runner, spec, documents, remarks);
        spec.TakeSecrets("spec", remarks);
        var document = Config(spec, documents, remarks);
        if (document is null) return Refusal.Of("invalid-configuration", "spec.config: the ConfigMap that it names, with the key config.toml, must be in the text as well, and hold TOML.");
        var registration = new Registration(document, remarks);
        registration.Prune("config.toml of the ConfigMap");
        Environment(spec, documents, registration, remarks);
        Globals(spec, registration);
        if (spec.Text("namespace") is { } named && ConfigPath.Get(document.Root, "runners[0].kubernetes.namespace") is not null) registration.Set("runners[0].kubernetes.namespace", new ConfigScalar(named), "spec.namespace");
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
            CacheSecret = Cache(spec, registration) ?? over.Deployment.CacheSecret,
            Replicas = 1,
        };
        deployment = Manager(spec, deployment);
        spec.Remove("config");
        spec.Remove("env");
        if (spec.Text("serviceaccount") == deployment.Release) spec.Remove("serviceaccount");
        var extra = spec.Fields.Count == 0 ? null : YamlText.Of(spec);
        if (extra is not null) remarks.Add($"Kept as they are: {string.Join(", ", spec.Fields.Select(field => field.Key))}.");
        return new Imported("Operator objects", over with { Kind = DeploymentKind.Operator, Toml = registration.Render(), Deployment = deployment with { Extra = extra } }, remarks);
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
    private static void Environment(YamlFields spec, IReadOnlyList<YamlFields> documents, Registration registration, List<string> remarks)
    {
        var set = new HashSet<string>();
        if (spec.Text("env") is { } named)
        {
            var data = Data(documents, named);
            if (data is null) remarks.Add($"The ConfigMap {named} (spec.env) is not in the text: what it sets is not kept.");
            foreach (var (variable, value, _) in data?.Fields ?? [])
                if (variable == "RUNNER_NAME" && value is YamlValue { Text.Length: > 0 } name) registration.Set("runners[0].name", new ConfigScalar(name.Text), variable);
                else if (registration.Variable(variable, (value as YamlValue)?.Text ?? "") is { } key) set.Add(key);
                else remarks.Add($"{variable} of the ConfigMap {named} is not kept: it sets no key of config.toml, or its value has no place there.");
        }

        registration.Tell("config.toml of the ConfigMap", set);
    }

    // Objects of the text that nothing here stands for.
    private static void Others(YamlFields runner, YamlFields spec, IReadOnlyList<YamlFields> documents, List<string> remarks)
    {
        var read = new[] { spec.Text("config"), spec.Text("env") };
        var others = documents.Where(one => !ReferenceEquals(one, runner) && one.Text("kind") is not (null or "Secret") && !(one.Text("kind") == "ConfigMap" && read.Contains(one.Map("metadata")?.Text("name"))))
            .Select(one => $"{one.Text("kind")} {one.Map("metadata")?.Text("name")}").ToList();
        if (others.Count > 0) remarks.Add($"Not taken in: {string.Join(", ", others.Take(20))}. A configuration is one Runner with the ConfigMaps that it names.");
    }

    private static void Globals(YamlFields spec, Registration registration)
    {
        ConfigScalar? Whole(string field) => spec.TakeWhole(field) is { } number ? new ConfigScalar((long)number) : null;
        ConfigScalar? Text(string field) => spec.Take(field) is { } text ? new ConfigScalar(text) : null;
        registration.Set("concurrent", Whole("concurrent"), "spec.concurrent");
        registration.Set("check_interval", Whole("interval"), "spec.interval");
        registration.Set("log_level", Text("logLevel"), "spec.logLevel");
        registration.Set("log_format", Text("logFormat"), "spec.logFormat");
        registration.Set("listen_address", Text("listenAddr"), "spec.listenAddr");
        registration.Set("connection_max_age", Text("connectionMaxAge"), "spec.connectionMaxAge");
        registration.Set("shutdown_timeout", Whole("shutdownTimeout"), "spec.shutdownTimeout");
        registration.Set("runners[0].kubernetes.image", Text("buildImage"), "spec.buildImage");
        registration.Set("runners[0].kubernetes.helper_image", Text("helperImage"), "spec.helperImage");
        registration.Set("runners[0].clone_url", Text("cloneURL"), "spec.cloneURL");
    }

    // The keys of the store stay in their Secret; where the store is, the template says.
    private static string? Cache(YamlFields spec, Registration registration)
    {
        if (spec.Text("cacheType") is not ("s3" or "gcs" or "azure") || spec.Take("cacheType") is not { } kind) return null;
        var store = spec.Map(kind) ?? new YamlFields();
        void Set(string path, ConfigNode? node) => registration.Set($"runners[0].cache.{path}", node, $"spec.{(path.Contains('.', StringComparison.Ordinal) ? kind : "cacheType")}");

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
