using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Clusters.Apply;

namespace MigrationPortal.Infrastructure.Clusters.Apply;

public static class ServiceRegistration
{
    /// <summary>Applying configurations to clusters. Needs the store and the ways into clusters.</summary>
    public static IServiceCollection AddPortalApply(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton<ObjectDoors>();
        services.AddSingleton<ObjectWire>();
        services.AddSingleton<IClusterObjects, KubernetesObjects>();
        services.AddSingleton<IClusterSecrets, KubernetesSecrets>();
        return services;
    }
}
