using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MigrationPortal.Domain.Clusters;

/// <summary>A kubeconfig of one context, made of single values that were read by name: no anchors, no merge keys, each name once.</summary>
internal static class KubeconfigText
{
    private static readonly string[] OfContext = ["cluster", "user", "namespace"];
    private static readonly string[] OfCluster = ["server", "tls-server-name", "certificate-authority-data"];
    private static readonly string[] OfUser = ["client-certificate-data", "client-key-data", "token", "username", "password"];
    private static readonly string[] OfExec = ["apiVersion", "command", "interactiveMode", "provideClusterInfo"];

    public static string Of(string name, YamlMappingNode? context, Func<string, YamlMappingNode?> cluster, Func<string, YamlMappingNode?> user)
    {
        var chosen = Taken(context, OfContext);
        var (clusterName, userName) = (Kubeconfig.Text(context, "cluster") ?? "", Kubeconfig.Text(context, "user") ?? "");
        var credentials = user(userName);
        var kept = Taken(credentials, OfUser);
        if (Kubeconfig.Child(credentials, "exec") is { } exec) kept.Add("exec", Exec(exec));
        var file = new YamlMappingNode
        {
            { "apiVersion", "v1" },
            { "kind", "Config" },
            { Quoted("current-context"), Quoted(name) },
            { "clusters", One(clusterName, "cluster", Taken(cluster(clusterName), OfCluster)) },
            { "users", One(userName, "user", kept) },
            { "contexts", One(name, "context", chosen) },
        };
        using var text = new StringWriter();
        new YamlStream(new YamlDocument(file)).Save(text, assignAnchors: false);
        return text.ToString();
    }

    private static YamlMappingNode Exec(YamlMappingNode exec)
    {
        var kept = Taken(exec, OfExec);
        if (exec.Children.TryGetValue("args", out var args) && args is YamlSequenceNode words) kept.Add("args", new YamlSequenceNode(words.OfType<YamlScalarNode>().Select(word => Quoted(word.Value ?? ""))));
        if (exec.Children.TryGetValue("env", out var env) && env is YamlSequenceNode variables) kept.Add("env", new YamlSequenceNode(variables.OfType<YamlMappingNode>().Select(one => Taken(one, ["name", "value"]))));
        return kept;
    }

    private static YamlMappingNode Taken(YamlMappingNode? from, IEnumerable<string> keys)
    {
        var kept = new YamlMappingNode();
        foreach (var key in keys)
            if (Kubeconfig.Text(from, key) is { } value) kept.Add(key, key == "provideClusterInfo" ? new YamlScalarNode(value == "true" ? "true" : "false") : Quoted(value));
        return kept;
    }

    private static YamlSequenceNode One(string name, string key, YamlMappingNode value) => new(new YamlMappingNode { { "name", Quoted(name) }, { key, value } });

    private static YamlScalarNode Quoted(string value) => new(value) { Style = ScalarStyle.DoubleQuoted };
}
