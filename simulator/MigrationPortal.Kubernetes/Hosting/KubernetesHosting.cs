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

    /// <summary>Answers all below <paramref name="path"/> and a name by the cluster that <paramref name="find"/> gives for the name;
    /// 404 where it gives none. It is asked at each call, so that clusters may be made when they are wanted.</summary>
    public static IApplicationBuilder MapKubernetesClusters(this IApplicationBuilder app, PathString path, Func<string, KubernetesCluster?> find) =>
        app.Map(path, branch => branch.Run(http => HandleAsync(http, find)));

    /// <summary>As <see cref="MapKubernetesClusters"/>, for a call whose path begins with the name.</summary>
    public static Task HandleAsync(HttpContext http, Func<string, KubernetesCluster?> find)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(find);
        var rest = http.Request.Path.Value ?? "";
        var end = rest.IndexOf('/', Math.Min(1, rest.Length));
        var name = end < 0 ? rest : rest[..end];
        if (name.Length < 2 || find(name[1..]) is not { } cluster)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        http.Request.PathBase += name;
        http.Request.Path = rest[name.Length..];
        return cluster.HandleAsync(http);
    }
}
