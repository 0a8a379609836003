using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Live;
using MigrationPortal.Infrastructure.Clusters.Live;

namespace MigrationPortal.Infrastructure.Clusters;

public static class ServiceRegistration
{
    /// <summary>Clusters: how they are reached, and this process's live view of them. Needs the store.</summary>
    public static IServiceCollection AddPortalClusters(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddClusterDoors(ClusterOptionsCheck.Read(configuration).Rules);
        services.AddSingleton<ClusterWatchHost>();
        services.AddSingleton<IClusterLive>(provider => provider.GetRequiredService<ClusterWatchHost>());
        services.AddHostedService(provider => provider.GetRequiredService<ClusterWatchHost>());
        return services;
    }

    /// <summary>Without the live view, for sweeps alone.</summary>
    internal static IServiceCollection AddClusterDoors(this IServiceCollection services, ClusterRules rules)
    {
        services.AddSingleton(rules);
        services.AddSingleton(WatchPace.Usual);
        services.AddSingleton<KubernetesDoors>();
        services.AddSingleton<IClusterGateway, KubernetesGateway>();
        return services;
    }
}
