using System.Text.RegularExpressions;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Model;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.RunnerConfig.Imports;

/// <summary>Values of the chart. What has a setting of its own becomes one, other values of the chart are kept as they are.</summary>
internal static partial class HelmImport
{
    public static Outcome<Imported> Read(YamlFields values, RunnerConfiguration over)
    {
        var remarks = new List<string> { "Comments of the values are not kept; those of runners.config are, at their keys." };
        foreach (var unknown in ChartKeys.Unknown(values).ToList())
        {
            Drop(values, unknown);
            remarks.Add($"{unknown} is no value of the chart, which ignores it: it was left out.{(unknown is "runners.tags" or "runners.locked" or "runners.runUntagged" or "runners.protected" or "runners.maximumTimeout" ? " With a glrt- token it is set in GitLab." : "")}");
        }

        foreach (var secret in (string[])["runnerToken", "runnerRegistrationToken", "sentryDsn"])
            if (values.Take(secret) is not null) remarks.Add($"{secret} was taken out. {(secret == "sentryDsn" ? "Keep it in a Secret." : "Put it into the Secret that runners.secret names.")}");
        values.TakeSecrets("", remarks);
        var runners = values.Map("runners") ?? new YamlFields();
        var deployment = over.Deployment with
        {
            GitLabUrl = values.Take("gitlabUrl") ?? over.Deployment.GitLabUrl,
            ManagerNamespace = values.Take("namespace") is { Length: > 0 } ns ? ns : over.Deployment.ManagerNamespace,
            TokenSecret = runners.Take("secret") ?? over.Deployment.TokenSecret,
            CacheSecret = runners.TakeBelow("cache", "secretName") ?? over.Deployment.CacheSecret,
            CertificateSecret = values.Take("certsSecretName") ?? over.Deployment.CertificateSecret,
            Replicas = values.TakeWhole("replicas") is >= 1 and var replicas ? replicas : over.Deployment.Replicas,
            UnregisterOnStop = values.TakeFlag("unregisterRunners") ?? over.Deployment.UnregisterOnStop,
            // The chart's own default is an hour, and somebody who set it knew their jobs.
            LongestJobSeconds = values.TakeWhole("terminationGracePeriodSeconds") is > 360 and var grace ? grace - 300 : over.Deployment.LongestJobSeconds,
            Resources = Resources(values, over.Deployment.Resources),
        };
        deployment = deployment with { JobNamespace = runners.Take("jobNamespace") ?? deployment.ManagerNamespace };
        deployment = deployment with { JobNamespaceIsDedicated = deployment.JobNamespace != deployment.ManagerNamespace };
        deployment = deployment with { ManagerDisruptionBudget = Budget(values, deployment.Release) || deployment.ManagerDisruptionBudget };
        var (target, image) = Image(values, over.Target, remarks);
        var config = Template(runners.Take("config") ?? "[[runners]]\n  [runners.kubernetes]\n", deployment, values, remarks);
        if (ConfigDocument.Read(config).Document is not { } document) return Refusal.Of("invalid-configuration", "runners.config is no TOML, or holds template expressions that the portal cannot replace: write their values instead.");
        Globals(values, runners, document);
        if (values.Map("rbac")?.Remove("rules") == true) remarks.Add("rbac.rules are written anew: what the configuration needs, and no more.");
        runners.Remove("executor");
        if (runners.Fields.Count == 0) values.Remove("runners");
        var extra = values.Fields.Count == 0 ? null : YamlText.Of(values);
        if (extra is not null) remarks.Add($"Kept as they are: {string.Join(", ", values.Fields.Select(one => one.Key))}.");
        return new Imported("Helm values", over with { Kind = DeploymentKind.Helm, Toml = Text(document, config), Target = target, Deployment = deployment with { Extra = extra, ManagerImage = image ?? deployment.ManagerImage } }, remarks);
    }

    // Without a change of the tree, the text stays as it was written.
    private static string Text(ConfigDocument document, string config)
    {
        if (ConfigDocument.Read(config).Document!.Root.IsSame(document.Root)) return config;
        ConfigComments.Keep(document);
        return document.Render();
    }

    private static void Globals(YamlFields values, YamlFields runners, ConfigDocument document)
    {
        void Whole(string key, string value)
        {
            if (values.TakeWhole(value) is { } number && document.Root[key] is null) document.Root.Set(key, new ConfigScalar((long)number));
        }

        void Set(string key, string? value)
        {
            if (value is not null && document.Root[key] is null) document.Root.Set(key, new ConfigScalar(value));
        }

        Whole("concurrent", "concurrent");
        Whole("check_interval", "checkInterval");
        // The chart writes 0, which the runner takes for its own default.
        if (values.Text("shutdown_timeout") == "0") values.Remove("shutdown_timeout");
        Whole("shutdown_timeout", "shutdown_timeout");
        Set("log_level", values.Take("logLevel"));
        Set("log_format", values.Take("logFormat"));
        Set("connection_max_age", values.Take("connectionMaxAge"));
        if (values.Map("metrics") is { } metrics && metrics.TakeFlag("enabled") == true) Set("listen_address", $":{metrics.TakeWhole("port") ?? 9252}");
        if (runners.Take("name") is { } name && document.Runners.Count > 0 && document.Runners[0]["name"] is null) document.Runners[0].Set("name", new ConfigScalar(name));
    }

    // The one that the portal writes among the extra objects.
    private static bool Budget(YamlFields values, string release)
    {
        if (values["extraObjects"] is not YamlItems objects) return false;
        if (objects.Items.Select(one => one.Item).OfType<YamlFields>().FirstOrDefault(one => one.Text("kind") == "PodDisruptionBudget" && one.Map("metadata")?.Text("name") == release) is not { } own) return false;
        objects.Remove(own);
        if (objects.Items.Count == 0) values.Remove("extraObjects");
        return true;
    }

    private static ManagerResources Resources(YamlFields values, ManagerResources before)
    {
        if (values.Map("resources") is not { Fields.Count: > 0 } resources) return before;
        string? Of(string kind, string what)
        {
            var below = resources.Map(kind);
            var text = below?.Take(what);
            if (below?.Fields.Count == 0) resources.Remove(kind);
            return text;
        }

        var found = new ManagerResources { CpuRequest = Of("requests", "cpu"), MemoryRequest = Of("requests", "memory"), CpuLimit = Of("limits", "cpu"), MemoryLimit = Of("limits", "memory") };
        if (resources.Fields.Count == 0) values.Remove("resources");
        return found;
    }

    private static (Version Target, string? Image) Image(YamlFields values, Version target, List<string> remarks)
    {
        if (values.Map("image") is not { } image) return (target, null);
        var (registry, name, tag) = (image.Text("registry"), image.Text("image"), image.Text("tag"));
        if (tag is not null && VersionInTag().Match(tag) is { Success: true } match)
            if (Version.Parse(match.Groups[1].Value) is var version && ConfigurationProblems.IsTarget(version)) target = version;
            else remarks.Add($"image.tag names runner {version}, for which nothing is written here: the target is {target}.");
        values.Remove("image");
        if (tag is not null && VersionInTag().IsMatch(tag) && !tag.EndsWith($"v{target}", StringComparison.Ordinal)) tag = null;
        var isUsual = registry is null or "registry.gitlab.com" && name is null or "gitlab-org/gitlab-runner" && (tag is null || tag == $"alpine-v{target}");
        return (target, isUsual ? null : $"{registry ?? "registry.gitlab.com"}/{name ?? "gitlab-org/gitlab-runner"}{(tag is null ? "" : $":{tag}")}");
    }

    // What tpl would write there; what the portal cannot know stays as text, and is said.
    private static string Template(string config, DeploymentSettings deployment, YamlFields values, List<string> remarks)
    {
        var text = config.Replace("{{ \"{{\" }}", "\u0001", StringComparison.Ordinal);
        text = Expression().Replace(text, match =>
        {
            var expression = match.Groups[1].Value;
            if (Value(expression, deployment, values) is { } value) return value;
            remarks.Add($"runners.config: the template expression {{{{ {expression} }}}} stands as text now: write its value.");
            return match.Value;
        });
        return text.Replace("\u0001", "{{", StringComparison.Ordinal);
    }

    private static string? Value(string expression, DeploymentSettings deployment, YamlFields values)
    {
        if (expression == ".Release.Namespace") return deployment.ManagerNamespace;
        if (expression == ".Release.Name") return deployment.Release;
        if (expression == "default .Release.Namespace .Values.runners.jobNamespace") return deployment.JobNamespace;
        if (!expression.StartsWith(".Values.", StringComparison.Ordinal)) return null;
        YamlPart? at = values;
        foreach (var part in expression[8..].Split('.')) at = (at as YamlFields)?[part];
        return (at as YamlValue)?.Text;
    }

    private static void Drop(YamlFields values, string path)
    {
        if (path.IndexOf('.') is > 0 and var dot) values.Map(path[..dot])?.Remove(path[(dot + 1)..]);
        else values.Remove(path);
    }

    [GeneratedRegex(@"\{\{-?\s*(.*?)\s*-?\}\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"v(\d+\.\d+\.\d+)$", RegexOptions.NonBacktracking)]
    private static partial Regex VersionInTag();
}
