using System.Text;

namespace MigrationPortal.Kubernetes;

internal static class KubeconfigText
{
    public static string Of(Uri url, string? caPem, string token, string space)
    {
        var server = url.ToString().TrimEnd('/');
        var authority = caPem is null ? "" : $"\n    certificate-authority-data: {Convert.ToBase64String(Encoding.UTF8.GetBytes(caPem))}";
        return $"""
            apiVersion: v1
            kind: Config
            current-context: cluster
            clusters:
            - name: cluster
              cluster:
                server: {server}{authority.Replace("\n    ", "\n    ", StringComparison.Ordinal)}
            contexts:
            - name: cluster
              context:
                cluster: cluster
                user: user
                namespace: {space}
            users:
            - name: user
              user:
                token: {token}

            """;
    }
}
