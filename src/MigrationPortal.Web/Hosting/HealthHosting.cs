using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MigrationPortal.Infrastructure.Store;
using MigrationPortal.Web.Instances;
using Npgsql;

namespace MigrationPortal.Web.Hosting;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work, else 503 with every reason.</summary>
internal static class HealthHosting
{
    private const string Ready = "ready";

    public static IServiceCollection AddPortalHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", HealthStatus.Unhealthy, [Ready], TimeSpan.FromSeconds(5))
            .AddCheck<GitLabCheck>("gitlab", HealthStatus.Unhealthy, [Ready], TimeSpan.FromSeconds(5))
            .AddCheck<SweepCheck>("sweeps", HealthStatus.Unhealthy, [Ready], TimeSpan.FromSeconds(5));
        return services;
    }

    /// <summary>Before anybody is asked who they are: tokens and sessions lie in the database that may be away.</summary>
    public static WebApplication UsePortalHealth(this WebApplication app)
    {
        app.UseHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        app.UseHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync });
        return app;
    }

    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(new
        {
            status = Word(report.Status),
            checks = report.Entries.Select(one => new
            {
                name = one.Key,
                status = Word(one.Value.Status),
                reasons = one.Value.Data.TryGetValue(HealthReasons.Key, out var reasons) ? (IReadOnlyList<string>)reasons
                    : one.Value.Status == HealthStatus.Healthy ? [] : [one.Value.Description ?? "No answer in time."],
            }),
        });
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ready",
        HealthStatus.Degraded => "ready-with-warnings",
        _ => "not-ready",
    };

    private sealed class DatabaseCheck(DatabaseStart start, NpgsqlDataSource source, StoreTrouble trouble) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            if (!start.Done.IsCompleted) return HealthReasons.NotReady([start.State]);
            try
            {
                await using var command = source.CreateCommand("SELECT 1");
                await command.ExecuteScalarAsync(cancellationToken);
                // A full disk still reads: those who could not write know.
                return trouble.Now is { } why ? HealthReasons.NotReady([why]) : HealthCheckResult.Healthy();
            }
            catch (Exception fault) when (StoreFault.Explain(fault) is not null)
            {
                return HealthReasons.NotReady([StoreFault.Explain(fault)!]);
            }
        }
    }
}
