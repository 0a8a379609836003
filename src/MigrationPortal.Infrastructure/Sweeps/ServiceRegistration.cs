using Hangfire;
using Hangfire.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using Npgsql;

namespace MigrationPortal.Infrastructure.Sweeps;

public static class ServiceRegistration
{
    private static readonly Type[] All =
    [
        // First what brings a tag back that a brownout took before the portal was stopped.
        typeof(OperationSweep), typeof(ScheduleSweep), typeof(ConnectionSweep), typeof(FleetSweep), typeof(JobSweep),
        typeof(ReasonSweep), typeof(ProjectSweep), typeof(HistorySweep), typeof(HookSweep), typeof(HousekeepingSweep), typeof(RetentionSweep),
        typeof(DigestSweep), typeof(NoticeSweep), typeof(ProjectDigestSweep), typeof(GateSweep), typeof(GuardSweep), typeof(CohortSweep), typeof(ReadinessSweep), typeof(MoveSweep), typeof(TwinSweep), typeof(PinSweep), typeof(PinMailSweep), typeof(GraduationSweep), typeof(LogSampleSweep), typeof(StragglerSweep), typeof(VerificationSweep), typeof(PromotionSweep), typeof(ClusterSweep), typeof(ApplySweep), typeof(SurgeSweep), typeof(ClusterDriftSweep),
    ];

    /// <summary>All sweeps, their timer and Hangfire, which start by themselves once the database is ready. Needs the store, GitLab and the use-cases.</summary>
    public static IServiceCollection AddPortalSweeps(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSweepsWithoutTimer();
        services.AddSingleton<SweepTimer>();
        services.AddHostedService<SweepHost>();
        services.AddHangfire((provider, hangfire) => hangfire
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UsePostgreSqlStorage(
                storage => storage.UseConnectionFactory(new PortalConnections(provider.GetRequiredService<NpgsqlDataSource>())),
                new PostgreSqlStorageOptions
                {
                    SchemaName = "hangfire",
                    // Its idle polling is 150 transactions a second by default; ours only triggers once a minute.
                    QueuePollInterval = TimeSpan.FromSeconds(15),
                    InvisibilityTimeout = TimeSpan.FromMinutes(2),
                    UseSlidingInvisibilityTimeout = true,
                    EnableLongPolling = true,
                }));
        return services;
    }

    /// <summary>The sweeps alone, for tests that run them by hand.</summary>
    internal static IServiceCollection AddSweepsWithoutTimer(this IServiceCollection services)
    {
        foreach (var sweep in All) services.AddSingleton(typeof(ISweep), sweep);
        services.AddSingleton<SweepBook>();
        services.AddSingleton<ISweepReader>(provider => provider.GetRequiredService<SweepBook>());
        services.AddSingleton<IJobCollection, JobCollectionReader>();
        services.AddSingleton<SweepRunner>();
        services.AddSingleton<SweepWishes>();
        services.AddSingleton<SweepMetrics>();
        services.AddSingleton<ProtectedRefs>();
        services.AddSingleton<JobRecorder>();
        services.AddSingleton<JobWalk>();
        services.AddSingleton<ProjectList>();
        services.AddSingleton<JobsUnderWay>();
        return services;
    }

    private sealed class PortalConnections(NpgsqlDataSource source) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => source.CreateConnection();
    }
}
