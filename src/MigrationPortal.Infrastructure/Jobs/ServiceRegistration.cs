using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Infrastructure.Jobs;

public static class ServiceRegistration
{
    /// <summary>The inbox of job events and its writer. Needs the store and GitLab.</summary>
    public static IServiceCollection AddPortalInbox(this IServiceCollection services)
    {
        services.AddSingleton<InboxMetrics>();
        services.AddSingleton<JobInbox>();
        services.AddSingleton<IJobInbox>(provider => provider.GetRequiredService<JobInbox>());
        services.AddHostedService<InboxWriter>();
        return services;
    }
}
