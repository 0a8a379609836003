using System.Text;
using MigrationPortal.Domain.Shared;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MigrationPortal.Domain.Clusters;

/// <summary>A kubeconfig as somebody uploaded it: which contexts it has, and what of it the portal refuses and why. No sentence holds a value of the file but names.</summary>
public sealed class Kubeconfig
{
    public const int Longest = 256 * 1024;

    // Who asks and where: anything that names a file, a program or a server would make an allowed program another one.
    private static readonly HashSet<string> Variables = new(StringComparer.Ordinal)
    {
        "AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME", "AWS_STS_REGIONAL_ENDPOINTS",
        "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_TENANT_ID", "AZURE_SUBSCRIPTION_ID", "AAD_LOGIN_METHOD", "AAD_SERVICE_PRINCIPAL_CLIENT_ID", "AAD_SERVICE_PRINCIPAL_CLIENT_SECRET",
        "GOOGLE_CLOUD_PROJECT", "CLOUDSDK_CORE_PROJECT", "CLOUDSDK_CORE_ACCOUNT", "CLOUDSDK_COMPUTE_REGION", "CLOUDSDK_COMPUTE_ZONE", "USE_GKE_GCLOUD_AUTH_PLUGIN",
        "OCI_CLI_AUTH", "OCI_CLI_PROFILE", "OCI_CLI_REGION",
    };

    private readonly YamlMappingNode? _root;
    private readonly string? _unreadable;

    private Kubeconfig(YamlMappingNode? root, string? unreadable) => (_root, _unreadable) = (root, unreadable);

    /// <summary>Names in the file's order.</summary>
    public IReadOnlyList<string> Contexts => [.. Entries("contexts").Select(one => Text(one, "name")).OfType<string>()];

    public string? CurrentContext => Text(_root, "current-context");

    public static Kubeconfig Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return new(null, "Needed: the text of a kubeconfig.");
        if (text.Length > Longest) return new(null, $"Too long: at most {Longest / 1024} KiB. Take only the context that is meant: kubectl config view --minify --flatten --raw.");
        try
        {
            var (documents, large) = YamlTree.Read(text, YamlBounds.Small);
            if (large is not null) return new(null, "Is nested too deeply, or too long, for a kubeconfig.");
            return documents is [{ RootNode: YamlMappingNode root }, ..] ? new(root, null) : new(null, "Is no kubeconfig: a YAML mapping with clusters, users and contexts is needed.");
        }
        catch (Exception fault) when (fault is YamlException or ArgumentException or InvalidOperationException)
        {
            // The parser's own sentence may quote the file.
            return new(null, fault is YamlException at ? $"Is not readable as YAML near line {at.Start.Line}." : "Is not readable as YAML.");
        }
    }

    /// <summary>Everything that is wrong with the chosen context; empty when it can be used.</summary>
    /// <param name="context">Null: the file's current context.</param>
    public IEnumerable<string> Problems(string? context, ClusterRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (_unreadable is not null) return [_unreadable];
        var name = context ?? CurrentContext;
        if (name is null) return [$"Names no current context: choose one of {Said(Contexts)}."];
        if (Find("contexts", name) is not { } chosen) return [$"Has no context '{name}': choose one of {Said(Contexts)}."];
        var body = Child(chosen, "context");
        var problems = new List<string>();
        if (Text(body, "cluster") is not { } cluster || Find("clusters", cluster) is not { } server) problems.Add($"Context '{name}' names a cluster that the file does not have.");
        else problems.AddRange(ServerProblems(Child(server, "cluster"), rules));
        if (Text(body, "user") is not { } user || Find("users", user) is not { } credentials) problems.Add($"Context '{name}' names a user that the file does not have.");
        else problems.AddRange(UserProblems(Child(credentials, "user"), rules));
        return problems;
    }

    /// <summary>What may be shown; only of a file without problems.</summary>
    public ConnectionFacts Facts(string? context)
    {
        var name = context ?? CurrentContext ?? "";
        var body = Child(Find("contexts", name), "context");
        var cluster = Child(Find("clusters", Text(body, "cluster") ?? ""), "cluster");
        var userName = Text(body, "user");
        var user = Child(Find("users", userName ?? ""), "user");
        return new ConnectionFacts(
            ConnectionKind.Kubeconfig, ConnectionFacts.Host(Text(cluster, "server") ?? ""), name, userName, SignsInBy(user),
            ConnectionFacts.FingerprintOf(Decoded(Text(cluster, "certificate-authority-data"))),
            ConnectionFacts.CertificateExpiry(Decoded(Text(user, "client-certificate-data"))) ?? ConnectionFacts.ExpiryOf(Text(user, "token")));
    }

    /// <summary>
    /// The chosen context written anew from the values that <see cref="Problems"/> looks at. Nothing else of the file
    /// survives: another reader of YAML takes merge keys, doubled names and names in another case for something else than
    /// was looked at.
    /// </summary>
    public string Only(string? context)
    {
        var name = context ?? CurrentContext ?? "";
        return KubeconfigText.Of(name, Child(Find("contexts", name), "context"), one => Child(Find("clusters", one), "cluster"), one => Child(Find("users", one), "user"));
    }

    private static IEnumerable<string> ServerProblems(YamlMappingNode? cluster, ClusterRules rules)
    {
        if (ServerAddress.Problem(Text(cluster, "server"), rules) is { } problem) yield return $"server: {problem}";
        if (Text(cluster, "insecure-skip-tls-verify") is "true") yield return $"insecure-skip-tls-verify: {ServerAddress.WhyNotInsecure}";
        if (Text(cluster, "certificate-authority") is not null) yield return "certificate-authority: is a path on somebody's machine. Embed the data (certificate-authority-data): kubectl config view --minify --flatten --raw.";
        if (Text(cluster, "certificate-authority-data") is { } data && !ConnectionFacts.HoldsCertificate(Decoded(data))) yield return "certificate-authority-data: is not the base64 of a certificate in PEM form.";
        if (Text(cluster, "proxy-url") is not null) yield return "proxy-url: is not followed. Set HTTPS_PROXY and NO_PROXY for the portal, and take it out.";
    }

    private static IEnumerable<string> UserProblems(YamlMappingNode? user, ClusterRules rules)
    {
        foreach (var (path, data) in new[] { ("client-certificate", "client-certificate-data"), ("client-key", "client-key-data"), ("tokenFile", "token") })
            if (Text(user, path) is not null) yield return $"{path}: is a path on somebody's machine. Embed the data ({data}): kubectl config view --minify --flatten --raw.";
        if (Text(user, "client-certificate-data") is not null != Text(user, "client-key-data") is not null) yield return "client-certificate-data and client-key-data: only one is there, both are needed.";
        if (Text(user, "client-certificate-data") is { } certificate && !ConnectionFacts.HoldsCertificate(Decoded(certificate))) yield return "client-certificate-data: is not the base64 of a certificate in PEM form.";
        if (Text(user, "as") is not null || Child(user, "as-user-extra") is not null) yield return "as: impersonation is not supported. Use credentials of the account itself.";
        if (Text(Child(user, "auth-provider"), "name") is { } provider) yield return $"auth-provider {provider}: was taken out of Kubernetes in 1.26. Use a token of a service account, or an exec plugin that the portal allows.";
        if (Child(user, "exec") is { } exec && Text(exec, "command") is var command && (command is null || !rules.AllowedCommands.Any(one => one.Allows(command, Arguments(exec)))))
            yield return rules.AllowedCommands.Any(one => one.Command == command)
                ? $"exec: would run '{command}' on the portal's machine with other arguments than Portal:Clusters:AllowedExecCommands names. Name it there with those that it is called with first, such as 'aws eks get-token'."
                : $"exec: would run '{command ?? "nothing"}' on the portal's machine, which Portal:Clusters:AllowedExecCommands does not name. Name it there exactly so, with its first arguments, or use a token of a service account.";
        foreach (var name in VariablesOf(Child(user, "exec")))
            if (!Variables.Contains(name)) yield return $"exec: may not set {name}, which may change what the program is or whom it asks: only {string.Join(", ", Variables.Order(StringComparer.Ordinal))}.";
        if (SignsInBy(user) == "nothing") yield return "The user has no token, client certificate, user name or exec plugin: the API server would not know who asks.";
    }

    private static string[] Arguments(YamlMappingNode exec) =>
        exec.Children.TryGetValue("args", out var node) && node is YamlSequenceNode all ? [.. all.Select(one => (one as YamlScalarNode)?.Value ?? "")] : [];

    private static IEnumerable<string> VariablesOf(YamlMappingNode? exec) =>
        exec is not null && exec.Children.TryGetValue("env", out var node) && node is YamlSequenceNode all ? all.OfType<YamlMappingNode>().Select(one => Text(one, "name")).OfType<string>() : [];

    private static string SignsInBy(YamlMappingNode? user) =>
        Child(user, "exec") is { } exec ? $"exec {Path.GetFileName(Text(exec, "command") ?? "")}"
        : Text(user, "token") is not null ? "token"
        : Text(user, "client-certificate-data") is not null ? "client certificate"
        : Text(user, "username") is not null ? "user name and password"
        : Child(user, "auth-provider") is not null ? "auth provider"
        : "nothing";

    private IEnumerable<YamlMappingNode> Entries(string list) =>
        _root is not null && _root.Children.TryGetValue(list, out var node) && node is YamlSequenceNode all ? all.OfType<YamlMappingNode>() : [];

    private YamlMappingNode? Find(string list, string name) => Entries(list).FirstOrDefault(one => Text(one, "name") == name);

    internal static YamlMappingNode? Child(YamlMappingNode? node, string key) => node is not null && node.Children.TryGetValue(key, out var found) ? found as YamlMappingNode : null;

    // As Kubernetes reads it: an empty value is none.
    internal static string? Text(YamlMappingNode? node, string key) =>
        node is not null && node.Children.TryGetValue(key, out var found) && found is YamlScalarNode { Value: { Length: > 0 } value } ? value : null;

    private static string? Decoded(string? base64)
    {
        try
        {
            return base64 is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Said(IReadOnlyList<string> names) => names.Count == 0 ? "those that it should have: it has none" : string.Join(", ", names);
}
