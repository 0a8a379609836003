using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Audit;
using MigrationPortal.Web.Clusters;
using MigrationPortal.Web.Clusters.Rollout;
using MigrationPortal.Web.Clusters.Smoke;
using MigrationPortal.Web.Clusters.Surges;
using MigrationPortal.Web.Cohorts;
using MigrationPortal.Web.Fleet;
using MigrationPortal.Web.Gates;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Jobs;
using MigrationPortal.Web.Notices;
using MigrationPortal.Web.Phases;
using MigrationPortal.Web.Plans;
using MigrationPortal.Web.Readiness;
using MigrationPortal.Web.RunnerConfig;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Hosting;

/// <summary>What all routes of the API share: JSON, problems, antiforgery for sessions, the document.</summary>
internal static class ApiHosting
{
    public static IServiceCollection AddPortalApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
            options.SerializerOptions.Converters.Add(new PlainText());
            options.SerializerOptions.Converters.Add(new PlainElement());
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        });
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddProblemDetails();
        services.AddExceptionHandler<FaultAnswers>();
        services.AddAntiforgery(options =>
        {
            options.HeaderName = SessionWrites.Header;
            options.Cookie.Name = "portal_antiforgery";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddSingleton<TagRows>();
        services.AddSingleton<ReadClusters>();
        services.AddSingleton<ReadRollout>();
        services.AddPortalOpenApi();
        return services;
    }

    public static WebApplication MapPortalApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").AddEndpointFilter<SessionWrites>().AddEndpointFilter<CsvLists>().WithMetadata(new RequestSizeLimitAttribute(PlainRequests.LongestBody));
        api.MapSession();
        api.MapTokens();
        api.MapStatus();
        api.MapPhases();
        api.MapSchedule();
        api.MapGates();
        api.MapCalendar();
        api.MapTags();
        api.MapPlans();
        api.MapOperations();
        api.MapMatch();
        api.MapRunners();
        api.MapRegistration();
        api.MapDrain();
        api.MapHandOver();
        api.MapRunnerPair();
        api.MapMyRunners();
        api.MapProjects();
        api.MapCohorts();
        api.MapPins();
        api.MapGraduation();
        api.MapUnanswered();
        api.MapScan();
        api.MapReadiness();
        api.MapEnrollment();
        api.MapFailures();
        api.MapTwins();
        api.MapGroups();
        api.MapHelp();
        api.MapTemplates();
        api.MapCampaign();
        api.MapInsights();
        api.MapJobs();
        api.MapInterval();
        api.MapSampleSize();
        api.MapCompare();
        api.MapClassify();
        api.MapConfigChecks();
        api.MapConversion();
        api.MapRunnerConfigs();
        api.MapVerifications();
        api.MapPromotions();
        api.MapJobHooks();
        api.MapNotices();
        api.MapWordings();
        api.MapChannels();
        api.MapClusters();
        api.MapApply();
        api.MapExports();
        api.MapClusterRegistrations();
        api.MapSurges();
        api.MapActivity();
        api.MapAudit();
        app.MapHooks();
        app.MapExternalAnswers();
        app.MapPortalOpenApi();
        return app;
    }
}
