using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace MigrationPortal.Web.Hosting;

/// <summary><c>/metrics</c> for Prometheus: sums only, no names, so that a scraper needs no token.</summary>
internal static class MetricsHosting
{
    public static IServiceCollection AddPortalMetrics(this IServiceCollection services)
    {
        services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("migrationportal")).WithMetrics(metrics => metrics
            .AddMeter("MigrationPortal*", "Npgsql")
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation()
            .AddRuntimeInstrumentation()
            .AddPrometheusExporter());
        return services;
    }

    public static WebApplication MapPortalMetrics(this WebApplication app)
    {
        app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous();
        return app;
    }
}
