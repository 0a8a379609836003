using Microsoft.AspNetCore.Authorization;
using MigrationPortal.Domain.Access;

namespace MigrationPortal.Web.Access;

/// <summary>Who may come in. Whatever names no policy is for administrators.</summary>
public static class Policies
{
    /// <summary>Administrators of the GitLab instance, by session.</summary>
    public const string Admin = "admin";

    /// <summary>Everybody who signed in; a page or route then shows only what is theirs.</summary>
    public const string SignedIn = "signed-in";

    public static IServiceCollection AddPortalPolicies(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationHandler, ScopeHandler>();
        services.AddAuthorizationBuilder()
            .AddPolicy(Admin, policy => policy.RequireAuthenticatedUser().RequireRole(PortalClaims.AdminRole))
            .AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser())
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole(PortalClaims.AdminRole).Build())
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(IsAdminOrNowhere).Build());
        return services;
    }

    // Where no route leads there is nothing to guard: whoever is known hears that it is not there.
    private static bool IsAdminOrNowhere(AuthorizationHandlerContext context) =>
        context.User.IsInRole(PortalClaims.AdminRole)
        || (context.Resource is HttpContext http && (http.GetEndpoint() is null or { Metadata.Count: 0 }));

    /// <summary>The route needs one of these scopes; of several, the first is the one named in a refusal.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder route, params TokenScope[] anyOf)
        where TBuilder : IEndpointConventionBuilder =>
        route
            .RequireAuthorization(policy => policy.RequireAuthenticatedUser().AddRequirements(new ScopeRequirement(anyOf)))
            .WithMetadata(new ScopeRequirement(anyOf));
}

/// <param name="AnyOf">Never empty.</param>
public sealed record ScopeRequirement(IReadOnlyList<TokenScope> AnyOf) : IAuthorizationRequirement;

internal sealed class ScopeHandler : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (requirement.AnyOf.Any(context.User.Holds)) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
