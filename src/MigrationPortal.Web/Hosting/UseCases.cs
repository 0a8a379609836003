using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Export;
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
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Cohorts.Offers;
using MigrationPortal.Domain.Cohorts.Pins;
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

namespace MigrationPortal.Web.Hosting;

/// <summary>The use-cases of the Domain: plain classes that live as long as the portal and see the world through ports.</summary>
internal static class UseCases
{
    public static IServiceCollection AddPortalUseCases(this IServiceCollection services)
    {
        services.AddSingleton<RecheckTokenOwners>();
        services.AddSingleton<WatchConnection>();
        services.AddSingleton<WishJobHooks>();
        services.AddSingleton<ReadBudget>();

        services.AddSingleton<WatchCluster>();

        services.AddSingleton<ProductionGuard>();
        services.AddSingleton<ReadRendering>();
        services.AddSingleton<ReadNamespaces>();
        services.AddSingleton<PreviewApply>();
        services.AddSingleton<ApplicationSteps>();
        services.AddSingleton<ApplyRevision>();
        services.AddSingleton<NoteBefore>();
        services.AddSingleton<DoStep>();
        services.AddSingleton<ReturnSteps>();
        services.AddSingleton<RollBackApplication>();
        services.AddSingleton<CompareWithCluster>();
        services.AddSingleton<RunApplications>();
        services.AddSingleton<ExportRevision>();
        services.AddSingleton<ExportRequests>();
        services.AddSingleton<FollowExport>();
        services.AddSingleton<CancelExport>();
        services.AddSingleton<WatchClusterDrift>();

        services.AddSingleton<RenewToken>();
        services.AddSingleton<WithdrawRunner>();
        services.AddSingleton<MarkedRunner>();
        services.AddSingleton<TokenNamespace>();
        services.AddSingleton<RegistrationSteps>();
        services.AddSingleton<RegistrationApply>();
        services.AddSingleton<HeldTokens>();
        services.AddSingleton<RegistrationForward>();
        services.AddSingleton<RegistrationBack>();
        services.AddSingleton<RunRegistrations>();
        services.AddSingleton<RegisterInCluster>();
        services.AddSingleton<UndoRegistration>();

        services.AddSingleton<TendRunner>();
        services.AddSingleton<SurgeReach>();
        services.AddSingleton<SurgeRights>();
        services.AddSingleton<PreviewSurge>();
        services.AddSingleton<SurgeSteps>();
        services.AddSingleton<StartSurge>();
        services.AddSingleton<EndSurge>();
        services.AddSingleton<SurgeManager>();
        services.AddSingleton<SurgeForward>();
        services.AddSingleton<SurgeLending>();
        services.AddSingleton<SurgeBack>();
        services.AddSingleton<RunSurges>();

        services.AddSingleton<ChangeCluster>();
        services.AddSingleton<RunPreflight>();

        services.AddSingleton<ChangeChannel>();
        services.AddSingleton<TestChannel>();
        services.AddSingleton<TakeNotice>();
        services.AddSingleton<DeliverNotices>();
        services.AddSingleton<DeliverPersonMails>();
        services.AddSingleton<ChangeWording>();

        services.AddSingleton<ScanProjects>();
        services.AddSingleton<AcknowledgeFinding>();
        services.AddSingleton<ChangeReadiness>();

        services.AddSingleton<ChangeConfiguration>();

        services.AddSingleton<SetRole>();
        services.AddSingleton<ConfirmRoles>();
        services.AddSingleton<ProposeRoles>();

        services.AddSingleton<FindIncidents>();
        services.AddSingleton<DiagnosePending>();
        services.AddSingleton<UnmanagedFleet>();
        services.AddSingleton<OwnedRunners>();
        services.AddSingleton<AnswerForRunner>();

        services.AddSingleton<FreshFleet>();
        services.AddSingleton<MakePlan>();
        services.AddSingleton<ApprovePlan>();
        services.AddSingleton<ApplyPlan>();
        services.AddSingleton<AbortOperation>();
        services.AddSingleton<ResumeOperation>();
        services.AddSingleton<RollBackOperation>();
        services.AddSingleton<RunOperation>();
        services.AddSingleton<EndOperation>();
        services.AddSingleton<RegisterRunner>();
        services.AddSingleton<IOperationEnded, RecordPhase>();
        services.AddSingleton<Baselines>();
        services.AddSingleton<IOperationBegins>(provider => provider.GetRequiredService<Baselines>());
        services.AddSingleton<IOperationBegins, AnnounceBrownout>();
        services.AddSingleton<AnnounceStep>();
        services.AddSingleton<IOperationBegins>(provider => provider.GetRequiredService<AnnounceStep>());
        services.AddSingleton<IOperationEnded>(provider => provider.GetRequiredService<AnnounceStep>());
        services.AddSingleton<IOperationEnded>(provider => provider.GetRequiredService<Baselines>());

        services.AddSingleton<ReadMigration>();
        services.AddSingleton<ChangeSettings>();
        services.AddSingleton<PlanPhase>();
        services.AddSingleton<DecideTag>();
        services.AddSingleton<SetTranslation>();
        services.AddSingleton<SetOptInTag>();
        services.AddSingleton<SetFallbackTag>();
        services.AddSingleton<SwitchAutomation>();
        services.AddSingleton<ScheduleFlip>();
        services.AddSingleton<RunDueFlips>();
        services.AddSingleton<WatchDrift>();
        services.AddSingleton<HealDrift>();
        services.AddSingleton<DriftMemory>();
        services.AddSingleton<DriftFreeze>();
        services.AddSingleton<ReadDrift>();
        services.AddSingleton<ReadAutomationNeeds>();
        services.AddSingleton<IProjectNews, ReadProjectNews>();
        services.AddSingleton<TellDigests>();
        services.AddSingleton<Evacuate>();
        services.AddSingleton<SetPhasePolicy>();
        services.AddSingleton<ReadFreezes>();
        services.AddSingleton<ChangeFreezes>();
        services.AddSingleton<AskExternalGates>();
        services.AddSingleton<ChangeExternalGates>();
        services.AddSingleton<TakeExternalAnswer>();
        services.AddSingleton<IStepFacts, FreezeFacts>();
        services.AddSingleton<ApprovalsOfStep>();
        services.AddSingleton<IStepFacts>(all => all.GetRequiredService<ApprovalsOfStep>());
        services.AddSingleton<IStepFacts, ExternalsOfStep>();
        services.AddSingleton<IStepFacts, GraduationOfStep>();
        services.AddSingleton<IStepFacts, PredictedOfStep>();
        services.AddSingleton<EvaluateGates>();
        services.AddSingleton<ReplayGates>();
        services.AddSingleton<IPlanGuard, GateGuard>();
        services.AddSingleton<ApprovalGuard>();
        services.AddSingleton<IPlanGuard>(provider => provider.GetRequiredService<ApprovalGuard>());
        services.AddSingleton<FlipWhenGatesPass>();
        services.AddSingleton<LastStep>();
        services.AddSingleton<EvaluateGuard>();
        services.AddSingleton<ActOnGuard>();
        services.AddSingleton<ReadComingActs>();

        services.AddSingleton<ICohortFacts, ReadCohortFacts>();
        services.AddSingleton<ReadExposure>();
        services.AddSingleton<CreateCohort>();
        services.AddSingleton<PreviewWave>();
        services.AddSingleton<SendWave>();
        services.AddSingleton<SendDueWaves>();
        services.AddSingleton<AnswerInvitation>();
        services.AddSingleton<ResizeCohort>();
        services.AddSingleton<EndWaitlist>();
        services.AddSingleton<ReadPins>();
        services.AddSingleton<PinNews>();
        services.AddSingleton<WatchPins>();
        services.AddSingleton<MailPinEnds>();
        services.AddSingleton<ChangePin>();
        services.AddSingleton<ReadUnanswered>();
        services.AddSingleton<SendOffers>();
        services.AddSingleton<OfferNews>();
        services.AddSingleton<ReadGraduation>();
        services.AddSingleton<GraduateProject>();
        services.AddSingleton<RunGraduation>();
        services.AddSingleton<ImportCohort>();

        services.AddSingleton<IMoveTags, ReadMoveTags>();
        services.AddSingleton<ProjectFiles>();
        services.AddSingleton<IMoveWay, MoveByMergeRequest>();
        services.AddSingleton<IMoveWay, MoveByVariable>();
        services.AddSingleton<IRunnerPair, ReadRunnerPair>();
        services.AddSingleton<SetRunnerPair>();
        services.AddSingleton<PairAssigning>();
        services.AddSingleton<IMoveWay, MoveByRunnerPair>();
        services.AddSingleton<EnrollmentSteps>();
        services.AddSingleton<ReadMove>();
        services.AddSingleton<MoveProject>();
        services.AddSingleton<ReturnProject>();
        services.AddSingleton<TakeBackShrunk>();
        services.AddSingleton<FollowMoves>();

        services.AddSingleton<ExplainFailures>();
        services.AddSingleton<SampleLogs>();

        services.AddSingleton<AskForHelp>();
        services.AddSingleton<AnswerHelp>();

        services.AddSingleton<ReadGroup>();
        services.AddSingleton<PreviewGroupMove>();
        services.AddSingleton<GroupVariableWrite>();
        services.AddSingleton<GroupMoveSteps>();
        services.AddSingleton<MoveGroup>();
        services.AddSingleton<ReturnGroup>();
        services.AddSingleton<Carrying>();

        services.AddSingleton<ReadTemplates>();
        services.AddSingleton<PreviewTemplateMove>();
        services.AddSingleton<TemplateRequests>();
        services.AddSingleton<TemplateMoveSteps>();
        services.AddSingleton<MoveTemplate>();
        services.AddSingleton<ReturnTemplate>();
        services.AddSingleton<FollowTemplates>();

        services.AddSingleton<PreviewTwin>();
        services.AddSingleton<TwinSteps>();
        services.AddSingleton<TwinBranches>();
        services.AddSingleton<StartTwin>();
        services.AddSingleton<StopTwin>();
        services.AddSingleton<FollowTwins>();
        services.AddSingleton<ReadTwins>();

        services.AddSingleton<ReadStragglers>();
        services.AddSingleton<ReadCampaign>();
        services.AddSingleton<ReadLadder>();
        services.AddSingleton<LookAtBranch>();
        services.AddSingleton<ChooseStragglers>();
        services.AddSingleton<PreviewCampaign>();
        services.AddSingleton<StartCampaign>();
        services.AddSingleton<ChangeStraggler>();
        services.AddSingleton<StragglerSteps>();
        services.AddSingleton<OpenStragglerRequests>();
        services.AddSingleton<FollowStragglers>();
        services.AddSingleton<AdvanceStragglers>();
        services.AddSingleton<RunCampaign>();

        services.AddSingleton<RevisionReader>();
        services.AddSingleton<VerificationSteps>();
        services.AddSingleton<VerificationBranches>();
        services.AddSingleton<ProbeRun>();
        services.AddSingleton<StartVerification>();
        services.AddSingleton<CancelVerification>();
        services.AddSingleton<FollowVerifications>();

        services.AddSingleton<ManagerHealth>();
        services.AddSingleton<IRollouts, ClusterRollouts>();
        services.AddSingleton<PromotionSteps>();
        services.AddSingleton<PromotionReturn>();
        services.AddSingleton<AdvancePromotions>();
        services.AddSingleton<StartPromotion>();
        services.AddSingleton<StopPromotion>();
        return services;
    }
}
