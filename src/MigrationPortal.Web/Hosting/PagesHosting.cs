using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Instances;
using MigrationPortal.Web.Jobs;
using MigrationPortal.Web.Phases;
using MigrationPortal.Web.Plans;
using MigrationPortal.Web.Shared;
using MudBlazor.Services;

namespace MigrationPortal.Web.Hosting;

/// <summary>Blazor Server, MudBlazor and the visual kit.</summary>
public static class PagesHosting
{
    public static IServiceCollection AddPortalPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddScoped<AuthenticationStateProvider, CircuitSession>();
        services.AddCascadingAuthenticationState();
        services.AddAuthorizationCore();
        return services.AddVisualKit();
    }

    /// <summary>What components of the kit ask for; enough to render them in a test.</summary>
    public static IServiceCollection AddVisualKit(this IServiceCollection services)
    {
        services.AddMudServices(options => options.SnackbarConfiguration.PositionClass = "mud-snackbar-location-bottom-right");
        services.AddOptions<ShellParts>().Configure(parts =>
            (parts.Feed, parts.Automation, parts.Banner, parts.UserMenu) = (typeof(ShellFeed), typeof(AutomationSwitch), typeof(StateBanner), typeof(UserMenu)));
        services.AddTransient<ReadOverview>();
        services.AddTransient<ReadPlanSheet>();
        services.AddTransient<ValueNames>();
        services.AddTransient<CountJobs>();
        services.AddTransient<ReadRates>();
        services.AddTransient<ReadCompleteness>();
        services.AddTransient<TagGrounds>();
        services.AddSingleton(PageCatalog.OfPortal);
        services.AddScoped<Browser>();
        services.AddScoped<ThemeState>();
        services.AddScoped<ShellState>();
        services.AddScoped<JumpState>();
        services.AddScoped<PageClock>();
        services.AddScoped<UrlState>();
        return services;
    }

    /// <summary>After authentication and authorization. Style sheets, fonts and scripts need no sign-in; pages say themselves what they need.</summary>
    public static WebApplication MapPortalPages(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapGet("/tokens.css", (HttpResponse response) =>
        {
            // The link carries DesignTokens.Version, so a changed value is a changed address.
            response.Headers.CacheControl = "public,max-age=31536000,immutable";
            return TypedResults.Text(DesignTokens.Css, "text/css");
        }).AllowAnonymous().ExcludeFromDescription();
        if (app.Environment.IsDevelopment())
            app.MapGet("/dev/kit", () => new RazorComponentResult<DevKitDocument>()).AllowAnonymous().ExcludeFromDescription();
        // The circuit is for everybody who signed in; each page says for itself who may see it.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization(Policies.SignedIn);
        return app;
    }
}
