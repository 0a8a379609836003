using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Promotion;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Clusters.Rights;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Cohorts.Graduation;
using MigrationPortal.Domain.Cohorts.Groups;
using MigrationPortal.Domain.Cohorts.Help;
using MigrationPortal.Domain.Cohorts.Offers;
using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Domain.Cohorts.Templates;
using MigrationPortal.Domain.Cohorts.TwinRuns;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Access;
using MigrationPortal.Infrastructure.Audit;
using MigrationPortal.Infrastructure.Clusters;
using MigrationPortal.Infrastructure.Clusters.Apply;
using MigrationPortal.Infrastructure.Clusters.Promotion;
using MigrationPortal.Infrastructure.Clusters.Smoke;
using MigrationPortal.Infrastructure.Clusters.Surges;
using MigrationPortal.Infrastructure.Cohorts;
using MigrationPortal.Infrastructure.Fleet;
using MigrationPortal.Infrastructure.Gates;
using MigrationPortal.Infrastructure.Insights;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Notices;
using MigrationPortal.Infrastructure.Phases;
using MigrationPortal.Infrastructure.Plans;
using MigrationPortal.Infrastructure.Readiness;
using MigrationPortal.Infrastructure.RunnerConfig;
using Npgsql;

namespace MigrationPortal.Infrastructure.Store;

public static class StoreServices
{
    /// <summary>
    /// Every port that PostgreSQL fills, the Data Protection keys and the hub for live updates. Call
    /// <see cref="StoreMigrator.MigrateAsync"/> before the host starts.
    /// </summary>
    /// <param name="connectionString">As in <c>ConnectionStrings:Portal</c>; PostgreSQL 15 to 18.</param>
    public static IServiceCollection AddPortalStore(this IServiceCollection services, string connectionString) =>
        // Hours and days are UTC, wherever the server thinks it is.
        services.AddPortalStore(_ => NpgsqlDataSource.Create(WithDefaults(new NpgsqlConnectionStringBuilder(connectionString) { Timezone = "UTC" })));

    // A server that vanished without a word (a cut cable) must be noticed by those who only listen.
    private static NpgsqlConnectionStringBuilder WithDefaults(NpgsqlConnectionStringBuilder settings)
    {
        if (settings.KeepAlive == 0) settings.KeepAlive = 15;
        return settings;
    }

    internal static IServiceCollection AddPortalStore(this IServiceCollection services, Func<IServiceProvider, NpgsqlDataSource> source)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(source);
        services.AddDbContextFactory<PortalDbContext>((provider, options) => options.UsePortalStore(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddDataProtection().SetApplicationName("MigrationPortal").PersistKeysToDbContext<PortalDbContext>();
        services.AddSingleton(provider => new StoreMigrator(
            provider.GetRequiredService<IDbContextFactory<PortalDbContext>>(),
            provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<ILogger<StoreMigrator>>()));
        services.AddSingleton<Database>();
        services.AddSingleton<InstanceNumbers>();
        services.AddSingleton<StoreTrouble>();
        services.AddSingleton<PortalEvents>();
        services.AddSingleton<IPortalEvents>(provider => provider.GetRequiredService<PortalEvents>());
        services.AddHostedService(provider => provider.GetRequiredService<PortalEvents>());

        services.AddSingleton<JobWords>();
        services.AddSingleton<JobPartitions>();
        services.AddSingleton<JobRetention>();
        services.AddSingleton<IJobStore, JobStore>();
        services.AddSingleton<IJobReader, JobReader>();
        services.AddSingleton<ITagReader, TagReader>();
        services.AddSingleton<IPendingReader, PendingReader>();
        services.AddSingleton<IJobHookStore, JobHookStore>();
        services.AddSingleton<IInsightReader, InsightReader>();
        services.AddSingleton<IDurationReader, DurationReader>();
        services.AddSingleton<DigestDays>();
        services.AddSingleton<PlaceSums>();
        services.AddSingleton<ClassSums>();
        services.AddSingleton<DigestRetention>();
        services.AddSingleton<DigestReach>();
        services.AddSingleton<MoveStore>();
        services.AddSingleton<IMoveReader, MoveReader>();
        services.AddSingleton<IStragglerReader, StragglerReader>();
        services.AddSingleton<IFleetStore, FleetStore>();
        services.AddSingleton<IRunnerHistory, RunnerHistory>();
        services.AddSingleton<IDrainedRunners, DrainedRunners>();
        services.AddSingleton<IOwnerNames, OwnerNames>();
        services.AddSingleton<GroupStore>();
        services.AddSingleton<IUnmanagedDays, UnmanagedDays>();
        services.AddSingleton<IOwnerAnswers, OwnerAnswers>();
        services.AddSingleton<IRunnerUse, RunnerUses>();
        services.AddSingleton<IProjectStore, ProjectStore>();
        services.AddSingleton<IPlanStore, PlanStore>();
        services.AddSingleton<IApprovalStore, ApprovalStore>();
        services.AddSingleton<IOperationStore, OperationStore>();
        services.AddSingleton<IMigrationStore, MigrationStore>();
        services.AddSingleton<IScheduleStore, ScheduleStore>();
        services.AddSingleton<IGateStore, GateStore>();
        services.AddSingleton<GateRetention>();
        services.AddSingleton<IGateFacts, GateFactsReader>();
        services.AddSingleton<IFreezeCalendar, FreezeCalendar>();
        services.AddSingleton<IFreezeStore, FreezeStore>();
        services.AddSingleton<IExternalGateStore, ExternalGateStore>();
        services.AddSingleton<IGuardStore, GuardStore>();
        services.AddSingleton<IScanStore, ScanStore>();
        services.AddSingleton<IPredictedFailures, PredictedFailureReader>();
        services.AddSingleton<ITriedFindings, TriedFindingReader>();
        services.AddSingleton<IProjectRuns, ProjectRunsReader>();
        services.AddSingleton<GuardQueueReader>();
        services.AddSingleton<IGuardFacts, GuardFactsReader>();
        services.AddSingleton<IBrownoutReader, BrownoutReader>();
        services.AddSingleton<ITagsAway, BrownoutTags>();
        services.AddSingleton<IActReader, ActReader>();
        services.AddSingleton<ICohortStore, CohortStore>();
        services.AddSingleton<IEnrollmentStore, EnrollmentStore>();
        services.AddSingleton<IGroupLists, GroupLists>();
        services.AddSingleton<IGroupMoveStore, GroupMoveStore>();
        services.AddSingleton<ITemplateStore, TemplateStore>();
        services.AddSingleton<ITemplateMoveStore, TemplateMoveStore>();
        services.AddSingleton<IStragglerStore, StragglerStore>();
        services.AddSingleton<IInvitations, InvitationStore>();
        services.AddSingleton<IOfferStore, OfferStore>();
        services.AddSingleton<IGraduationStore, GraduationStore>();
        services.AddSingleton<ICandidates, CandidateReader>();
        services.AddSingleton<IRanJobs, RanJobsReader>();
        services.AddSingleton<IVerdictStore, VerdictStore>();
        services.AddSingleton<IJobHistory, JobHistoryReader>();
        services.AddSingleton<IRecentTags, RecentTags>();
        services.AddSingleton<ILogSamples, LogSampleStore>();
        services.AddSingleton<IHelpStore, HelpStore>();
        services.AddSingleton<ITwinStore, TwinStore>();
        services.AddSingleton<IProjectMembers, MaintainerReader>();
        services.AddSingleton<IConfigStore, ConfigStore>();
        services.AddSingleton<IAuditTrail, AuditTrail>();
        services.AddSingleton<INotices, Outbox>();
        services.AddSingleton<INoticeStore, NoticeStore>();
        services.AddSingleton<IDeliveryStore, DeliveryStore>();
        services.AddSingleton<IChannelStore, ChannelStore>();
        services.AddSingleton<IPersonMails, PersonMailStore>();
        services.AddSingleton<IWordings, WordingStore>();
        services.AddSingleton<IClusterStore, ClusterStore>();
        services.AddSingleton<ClusterHealthStore>();
        services.AddSingleton<IClusterHealthStore>(provider => provider.GetRequiredService<ClusterHealthStore>());
        services.AddSingleton<IPreflightStore>(provider => provider.GetRequiredService<ClusterHealthStore>());
        services.AddSingleton<IVerificationStore, VerificationStore>();
        services.AddSingleton<IPromotionStore, PromotionStore>();
        services.AddSingleton<IClusterFailures, ClusterFailures>();
        services.AddSingleton<IApplicationStore, ApplicationStore>();
        services.AddSingleton<IDriftStore, DriftStore>();
        services.AddSingleton<IRegistrationStore, RegistrationStore>();
        services.AddSingleton<ISurgeStore, SurgeStore>();
        services.AddSingleton<SurgeRetention>();
        services.AddSingleton<ISurgeFacts, SurgeFactsReader>();
        services.AddSingleton<ITokenStore, TokenStore>();
        services.AddSingleton<IUserDirectory, UserDirectory>();
        services.AddSingleton<ISessionStore, SessionStore>();
        services.AddSingleton<IIdempotencyStore, IdempotencyStore>();
        services.AddSingleton<IInstanceStore, InstanceStore>();
        services.AddSingleton<ILeaseStore, LeaseStore>();
        services.AddSingleton<IBudgetStore, BudgetStore>();
        return services;
    }
}
