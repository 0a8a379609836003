using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Instances;

namespace MigrationPortal.Web.Access;

/// <summary>Who calls: an API token when one is sent, else the browser's session; strangers' browsers go to the sign-in page.</summary>
internal static class SignInHosting
{
    private const string Either = "TokenOrSession";

    /// <param name="backchannel">How the portal itself reaches GitLab while somebody signs in.</param>
    public static IServiceCollection AddPortalSignIn(this IServiceCollection services, Func<IServiceProvider, HttpMessageHandler> backchannel)
    {
        services.AddSingleton<SessionTickets>();
        services.AddSingleton<SessionTurns>();
        services.AddSingleton<UserSessions>();
        services.AddSingleton(provider => new ActingSessions(
            provider.GetRequiredService<SessionTickets>(), provider.GetRequiredService<SessionTurns>(), provider.GetRequiredService<IGitLabIdentity>(), provider.GetRequiredService<IAuditTrail>(),
            provider.GetRequiredService<IOptions<SignInOptions>>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ActingSessions>>()));
        services.AddSingleton<PeopleNames>();
        services.AddSingleton<Cohorts.ProjectDoor>();
        services.AddSingleton<Cohorts.EnrollmentReading>();
        services.AddSingleton<Fleet.RunnerPairReading>();
        services.AddSingleton<Fleet.MyRunnersReading>();
        services.AddSingleton<Cohorts.MyProjectsReading>();
        services.AddScoped<InOwnName>();
        services.AddScoped<Cohorts.MoveActs>();
        services.AddScoped<Cohorts.MoveManyActs>();
        services.AddSingleton<Cohorts.HelpDoor>();
        services.AddSingleton(provider => new Cohorts.FailureActs(provider.GetRequiredService<Domain.Cohorts.Failures.ExplainFailures>(), provider.GetRequiredService<UserSessions>()));
        services.AddSingleton<Cohorts.GroupDoor>();
        services.AddScoped<Cohorts.GroupActs>();
        services.AddSingleton<Cohorts.TemplateDoor>();
        services.AddSingleton<Cohorts.TemplateHand>();
        services.AddScoped<Cohorts.TemplateActs>();
        services.AddScoped<Cohorts.TwinActs>();
        services.AddSingleton(provider => new OwnGroups(
            provider.GetRequiredService<UserSessions>(), provider.GetRequiredService<Domain.Cohorts.IGroupReader>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new OwnProjects(
            provider.GetRequiredService<UserSessions>(), provider.GetRequiredService<IGitLabIdentity>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<SessionEvents>();
        services.AddScoped<GitLabSignIn>();
        services.AddScoped<GitLabConsent>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
        services.AddPortalPolicies();
        services
            .AddAuthentication(options =>
            {
                options.DefaultScheme = Either;
                options.DefaultChallengeScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                options.DefaultForbidScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                options.DefaultSignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            })
            .AddPolicyScheme(Either, null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 ? BearerTokens.SchemeName : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, BearerTokens>(BearerTokens.SchemeName, null)
            .AddCookie()
            // First, because both come back to one address, the only one that GitLab's application need know: it lets pass what it did not begin.
            .AddOpenIdConnect(GitLabConsent.SchemeName, null, _ => { })
            .AddOpenIdConnect();
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<SessionTickets, IOptions<SignInOptions>>(Session);
        foreach (var scheme in (string[])[GitLabConsent.SchemeName, OpenIdConnectDefaults.AuthenticationScheme])
            services.AddOptions<OpenIdConnectOptions>(scheme)
                .Configure<IOptions<SignInOptions>, InstanceDirectory>(GitLab)
                .Configure<IServiceProvider>((options, provider) => options.BackchannelHttpHandler = backchannel(provider));
        services.AddOptions<OpenIdConnectOptions>(GitLabConsent.SchemeName).Configure(Consent);
        return services;
    }

    private static void Session(CookieAuthenticationOptions options, SessionTickets tickets, IOptions<SignInOptions> signIn)
    {
        options.Cookie.Name = "portal_session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        // In closed networks the portal may be served over plain http.
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = signIn.Value.SessionLifetime;
        options.SlidingExpiration = true;
        options.LoginPath = "/account/sign-in";
        options.LogoutPath = "/account/sign-out";
        options.AccessDeniedPath = "/account/denied";
        options.ReturnUrlParameter = "returnUrl";
        options.SessionStore = tickets;
        options.EventsType = typeof(SessionEvents);
    }

    private static void GitLab(OpenIdConnectOptions options, IOptions<SignInOptions> signIn, InstanceDirectory instances)
    {
        options.Authority = signIn.Value.Authority is { Length: > 0 } authority ? authority.TrimEnd('/') : instances.Production.Url;
        options.RequireHttpsMetadata = options.Authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        options.ClientId = signIn.Value.ClientId;
        options.ClientSecret = signIn.Value.ClientSecret;
        options.ResponseType = "code";
        options.ResponseMode = "query";
        options.UsePkce = true;
        options.PushedAuthorizationBehavior = PushedAuthorizationBehavior.Disable;
        options.CallbackPath = "/account/callback";
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = false;
        options.DisableTelemetry = true;
        options.Scope.Clear();
        foreach (var scope in (string[])["openid", "profile", "email", "read_user", "read_api"]) options.Scope.Add(scope);
        // A cookie that must come back over plain http from GitLab's redirect: SameSite=None would need https.
        options.CorrelationCookie.SecurePolicy = options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.EventsType = typeof(GitLabSignIn);
    }

    private static void Consent(OpenIdConnectOptions options)
    {
        options.SkipUnrecognizedRequests = true;
        options.Scope.Clear();
        foreach (var scope in (string[])["openid", "api"]) options.Scope.Add(scope);
        options.EventsType = typeof(GitLabConsent);
    }
}
