namespace MigrationPortal.Web.Hosting;

/// <summary>The use-cases of the Domain: plain classes that live as long as the portal and see the world through ports.</summary>
internal static class UseCases
{
    public static IServiceCollection AddPortalUseCases(this IServiceCollection services)
    {
        services.AddSingleton<Domain.Fleet.SetRole>();
        services.AddSingleton<Domain.Fleet.ConfirmRoles>();
        services.AddSingleton<Domain.Fleet.ProposeRoles>();
        return services;
    }
}
