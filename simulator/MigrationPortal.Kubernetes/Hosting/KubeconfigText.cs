using System.Text;

namespace MigrationPortal.Kubernetes;

internal static class KubeconfigText
{
    public static string Of(Uri url, string? caPem, string token, string space, string name = "cluster")
    {
        var server = url.ToString().TrimEnd('/');
        var authority = caPem is null ? "" : $"\n    certificate-authority-data: {Convert.ToBase64String(Encoding.UTF8.GetBytes(caPem))}";
        return $"""
            apiVersion: v1
            kind: Config
            current-context: {name}
            clusters:
            - name: {name}
              cluster:
                server: {server}{authority.Replace("\n    ", "\n    ", StringComparison.Ordinal)}
            contexts:
            - name: {name}
              context:
                cluster: {name}
                user: {name}
                namespace: {space}
            users:
            - name: {name}
              user:
                token: {token}

            """;
    }
}
