using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MigrationPortal.Kubernetes;

/// <summary>Clusters inside a web application.</summary>
public static class KubernetesHosting
{
    /// <summary>Answers all below <paramref name="path"/>, such as <c>/_kube/production</c>, by this cluster.</summary>
    /// <param name="address">Of the application, without the path: what kubeconfigs will name.</param>
    public static IApplicationBuilder MapKubernetesCluster(
        this IApplicationBuilder app, PathString path, KubernetesCluster cluster, Uri? address = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        if (address is not null)
        {
            cluster.ReachableAt(new Uri(address, path.Value));
        }

        return app.Map(path, branch => branch.Run(cluster.HandleAsync));
    }
}
