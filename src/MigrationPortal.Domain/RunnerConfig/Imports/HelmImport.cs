using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Model;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.RunnerConfig.Imports;

/// <summary>Values of the chart. What has a setting of its own becomes one, other values of the chart are kept as they are.</summary>
internal static partial class HelmImport
{
    private const int MostUnknown = 20;
    private const int LongestExpression = 200;

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
        var given = values.Take("gitlabUrl");
        var deployment = over.Deployment with
        {
            GitLabUrl = given ?? over.Deployment.GitLabUrl,
            ManagerNamespace = values.Take("namespace") is { Length: > 0 } ns ? ns : over.Deployment.ManagerNamespace,
            TokenSecret = runners.Take("secret") ?? over.Deployment.TokenSecret,
            CacheSecret = runners.TakeBelow("cache", "secretName") ?? over.Deployment.CacheSecret,
            CertificateSecret = values.Take("certsSecretName") ?? over.Deployment.CertificateSecret,
            Replicas = values.TakeWhole("replicas") is >= 0 and var replicas ? replicas : over.Deployment.Replicas,
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
        if (config is null) return Refusal.Of("invalid-configuration", string.Create(CultureInfo.InvariantCulture, $"runners.config is longer than {TomlReader.LongestText} characters once its template expressions are put in."));
        if (ConfigDocument.Read(config).Document is not { } document) return Refusal.Of("invalid-configuration", "runners.config is no TOML, or holds template expressions that the portal cannot replace: write their values instead.");
        if (given is null && document.Runners is [var only, ..] && only.Text("url") is { } url && ImportConfiguration.IsAddress(url)) deployment = deployment with { GitLabUrl = url };
        var registration = new Registration(document, remarks);
        registration.Prune("runners.config");
        Globals(values, document);
        if (runners.Take("name") is { } name) registration.Set("runners[0].name", new ConfigScalar(name), "runners.name");
        var executor = runners.Take("executor") ?? "kubernetes";
        if (executor != "kubernetes" || document.Runners[0]["executor"] is not null) registration.Set("runners[0].executor", new ConfigScalar(executor), "runners.executor of the chart");
        Environment(values, registration, remarks);
        if (values.Map("rbac") is { } rbac && rbac.TakeFlag("create") is not false)
        {
            if (rbac.Remove("rules")) remarks.Add("rbac.rules are written anew: what the configuration needs, and no more.");
            if (rbac.Fields.Count == 0) values.Remove("rbac");
        }
        else if (values.Map("rbac") is { } own) own.Set("create", false);
        // The account that the portal's own form asks for.
        if (values.Map("serviceAccount") is { Fields.Count: 2 } account && account.Text("name") == deployment.Release && account.Text("create") == "true") values.Remove("serviceAccount");
        if (runners.Fields.Count == 0) values.Remove("runners");
        var extra = values.Fields.Count == 0 ? null : YamlText.Of(values);
        if (extra is not null) remarks.Add($"Kept as they are: {string.Join(", ", values.Fields.Select(one => one.Key))}.");
        return new Imported("Helm values", over with { Kind = DeploymentKind.Helm, Toml = Text(registration, config), Target = target, Deployment = deployment with { Extra = extra, ManagerImage = image ?? deployment.ManagerImage } }, remarks);
    }

    // Without a change of the tree, the text stays as it was written.
    private static string Text(Registration registration, string config) =>
        ConfigDocument.Read(config).Document!.Root.IsSame(registration.Document.Root) ? config : registration.Render();

    // Variables of the manager that set keys of its config.toml go where they end up; the others stay.
    private static void Environment(YamlFields values, Registration registration, List<string> remarks)
    {
        var set = new HashSet<string>();
        if (values["envVars"] is YamlItems variables)
        {
            var gone = new HashSet<YamlPart>();
            foreach (var one in variables.Items.Select(item => item.Item).OfType<YamlFields>())
                if (one.Text("name") is { } name && one["value"] is YamlValue { Text: var text } && registration.Variable(name, text) is { } key)
                {
                    set.Add(key);
                    gone.Add(one);
                    remarks.Add($"envVars: {name} stands as {key} now.");
                }

            variables.Remove(gone);
            if (variables.Items.Count == 0) values.Remove("envVars");
        }

        registration.Tell("runners.config", set);
    }

    private static void Globals(YamlFields values, ConfigDocument document)
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
    private static string? Template(string config, DeploymentSettings deployment, YamlFields values, List<string> remarks)
    {
        var (text, at, unknown) = (new StringBuilder(), 0, new SortedSet<string>(StringComparer.Ordinal));
        while (config.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var open && config.IndexOf("}}", open, StringComparison.Ordinal) is >= 0 and var close)
        {
            var inner = config[(open + 2)..close];
            var expression = inner.Trim('-').Trim();
            var written = expression == "\"{{\"" ? "{{" : inner.Contains('\n', StringComparison.Ordinal) ? null : Value(expression, deployment, values);
            if (written is null && unknown.Count < MostUnknown) unknown.Add(expression.Length <= LongestExpression ? expression : expression[..LongestExpression] + "…");
            text.Append(config, at, open - at).Append(written ?? config[open..(close + 2)]);
            if (text.Length > TomlReader.LongestText) return null;
            at = close + 2;
        }

        foreach (var expression in unknown) remarks.Add($"runners.config: the template expression {{{{ {expression} }}}} stands as text now: write its value.");
        return text.Append(config, at, config.Length - at).ToString();
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

    [GeneratedRegex(@"v(\d+\.\d+\.\d+)$", RegexOptions.NonBacktracking)]
    private static partial Regex VersionInTag();
}
