using Microsoft.AspNetCore.HttpOverrides;
using MigrationPortal.Infrastructure.Clusters;
using MigrationPortal.Infrastructure.Clusters.Apply;
using MigrationPortal.Infrastructure.GitLab;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Notices;
using MigrationPortal.Infrastructure.Store;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using Serilog;
using Serilog.Events;

namespace MigrationPortal.Web.Hosting;

/// <summary>Puts the portal together: the one place where rooms, pages and the outside world meet.</summary>
public static class PortalHost
{
    /// <exception cref="StartRefusedException">Settings are missing or wrong; all of them are listed.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? change = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        change?.Invoke(builder);
        var (settings, problems) = PortalSettings.Read(builder.Configuration);
        if (problems.Count > 0) throw new StartRefusedException(problems);

        builder.Host.UseSerilog((context, logging) => logging
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Warning)
            // What fails there is thrown as well, and logged once by whoever cannot go on.
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Database.Command", LogEventLevel.Fatal)
            // Polled every few seconds: the answer itself holds the reasons.
            .MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LogEventLevel.Fatal)
            .MinimumLevel.Override("Microsoft.AspNetCore.Antiforgery", LogEventLevel.Error)
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .MinimumLevel.Override("Hangfire", LogEventLevel.Warning)
            // Each try is logged where it is made, with the instance's name.
            .MinimumLevel.Override("Polly", LogEventLevel.Error)
            .ReadFrom.Configuration(context.Configuration)
            .WriteTo.Console(outputTemplate: "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffK} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}", formatProvider: null));
        Compose(builder, settings);
        var app = builder.Build();
        Pipeline(app, settings);
        return app;
    }

    /// <summary>The database first: keys, tokens and sweeps live in it.</summary>
    public static async Task StartAsync(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        await app.Services.GetRequiredService<DatabaseStart>().TryOnceAsync();
        await app.StartAsync();
    }

    private static void Compose(WebApplicationBuilder builder, PortalSettings settings)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(settings.SignIn));
        services.AddSingleton(settings.Help);
        services.AddPortalStore(settings.ConnectionString);
        services.AddPortalGitLab(builder.Configuration);
        services.AddSingleton(provider => new DatabaseFaults(StoreFault.Explain, () => provider.GetRequiredService<StoreTrouble>().Now));
        services.AddPortalInbox();
        services.AddPortalNotices(builder.Configuration);
        services.AddPortalClusters(builder.Configuration);
        services.AddPortalApply();
        services.AddPortalUseCases();
        services.AddPortalSweeps();
        services.AddPortalSignIn(provider => GitLabBackchannel.Handler(provider.GetRequiredService<GitLabOptions>()));
        services.AddPortalPages();
        services.AddPortalApi();
        services.AddPortalHealth();
        services.AddPortalMetrics();
        services.AddSingleton<DatabaseStart>();
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseStart>());
        services.Configure<HostOptions>(options => options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            foreach (var network in settings.KnownNetworks) options.KnownIPNetworks.Add(network);
        });
    }

    private static void Pipeline(WebApplication app, PortalSettings settings)
    {
        app.UseForwardedHeaders();
        if (settings.PathBase.Length > 0)
        {
            app.UsePathBase(settings.PathBase);
            app.UseMiddleware<BasePathAnswers>();
        }
        app.UseExceptionHandler();
        app.UseMiddleware<SecurityHeaders>();
        app.UsePortalHealth();
        app.UseMiddleware<UntilDatabase>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<PlainRequests>();
        app.UseMiddleware<Idempotency>();
        app.UseStatusCodePages(MissingRoutes.AnswerAsync);
        app.MapAccount();
        app.MapPortalApi();
        app.MapPortalMetrics();
        app.MapPortalPages();
    }
}
