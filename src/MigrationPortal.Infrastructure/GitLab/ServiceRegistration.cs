using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Export;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Clusters;
using MigrationPortal.Infrastructure.Clusters.Smoke;
using MigrationPortal.Infrastructure.GitLab.Desk;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Readiness;

namespace MigrationPortal.Infrastructure.GitLab;

public static class ServiceRegistration
{
    /// <summary>The GitLab clients of all configured instances, their clock, budget and directory.</summary>
    /// <exception cref="ArgumentException">The configuration has problems; ask <see cref="GitLabOptionsCheck"/> first to list them.</exception>
    public static IServiceCollection AddPortalGitLab(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        var (options, problems) = GitLabOptionsCheck.Read(configuration);
        if (problems.Count > 0) throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(configuration));

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(options.ToDirectory());
        services.AddSingleton<GitLabMetrics>();
        services.AddSingleton<RequestBudget>();
        services.AddSingleton<GitLabClients>();
        services.AddSingleton<RunnerScopes>();
        services.AddSingleton<WorldClock>();
        services.AddSingleton<IWorldClock>(provider => provider.GetRequiredService<WorldClock>());
        services.AddSingleton<IFleetReader, GitLabFleetReader>();
        services.AddSingleton<IRunnerGateway, GitLabRunnerGateway>();
        services.AddSingleton<IRunnerRegistrar, GitLabRunnerRegistrar>();
        services.AddSingleton<IManagerContacts, GitLabManagerContacts>();
        services.AddSingleton<IInstanceVariables, GitLabInstanceVariables>();
        services.AddSingleton<ILentJobs, GitLabLentJobs>();
        services.AddSingleton<IBroadcasts, GitLabBroadcasts>();
        services.AddSingleton<IGitLabIdentity, GitLabIdentity>();
        services.AddSingleton<DeskCalls>();
        services.AddSingleton<IProjectReader, GitLabProjectReader>();
        services.AddSingleton<ICiFiles, CiFiles>();
        services.AddSingleton<IProjectDesk, GitLabProjectDesk>();
        services.AddSingleton<IMergeRequestDesk, GitLabMergeRequestDesk>();
        services.AddSingleton<IVariableDesk, GitLabVariableDesk>();
        services.AddSingleton<IRunnerDesk, GitLabRunnerDesk>();
        services.AddSingleton<IPipelineDesk, GitLabPipelineDesk>();
        services.AddSingleton<IJobLogs, GitLabJobLogs>();
        services.AddSingleton<IPortalHand, PortalHand>();
        services.AddSingleton<ISmokeDesk, GitLabSmokeDesk>();
        services.AddSingleton<IExportDesk, GitLabExportDesk>();
        services.AddSingleton<IGroupReader, GitLabGroupReader>();
        services.AddSingleton<ILadderReader, GitLabLadderReader>();
        services.AddSingleton<GitLabWebhook>();
        services.AddSingleton<GitLabHooks>();
        services.AddSingleton<IJobHookSettings>(provider => provider.GetRequiredService<GitLabHooks>());
        services.AddSingleton<GitLabJobs>();
        services.AddSingleton<GitLabProjects>();
        services.AddSingleton<ConnectionCheck>();
        services.AddHttpClient(WorldClock.HttpName, http => http.Timeout = TimeSpan.FromSeconds(3)).RemoveAllLoggers();
        foreach (var instance in options.Instances)
        {
            services.AddChannel(instance, nameof(GitLabChannel.Monitoring), RequestLane.Monitoring, instance.ReadToken);
            services.AddChannel(instance, nameof(GitLabChannel.Looking), RequestLane.Operations, instance.ReadToken);
            if (instance.CanWrite)
            {
                services.AddChannel(instance, nameof(GitLabChannel.Changing), RequestLane.Operations, instance.WriteToken);
                services.AddChannel(instance, nameof(GitLabChannel.Hooking), RequestLane.Monitoring, instance.WriteToken);
            }

            services.AddChannel(instance, GitLabClients.PersonChannel, RequestLane.Operations, null);
        }
        return services;
    }
}
