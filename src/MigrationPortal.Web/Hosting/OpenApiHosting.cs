using Microsoft.OpenApi;
using MigrationPortal.Web.Access;
using Scalar.AspNetCore;

namespace MigrationPortal.Web.Hosting;

/// <summary>The document at <c>/openapi/v1.json</c>, from the code, and a reading page at <c>/docs</c> that loads nothing from elsewhere.</summary>
internal static class OpenApiHosting
{
    public static IServiceCollection AddPortalOpenApi(this IServiceCollection services) =>
        services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer((document, context, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "MigrationPortal",
                    Version = "v1",
                    Description = "Moves a GitLab instance's CI jobs from docker runners to Kubernetes runners, in phases. Times are ISO 8601 UTC, durations seconds, rates fractions.",
                };
                document.Servers = [new OpenApiServer { Url = context.ApplicationServices.GetRequiredService<PortalSettings>().PathBase is { Length: > 0 } root ? root : "/" }];
                document.Components ??= new OpenApiComponents();
                document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
                document.Components.Schemas[OpenApiOperations.Problem] = OpenApiOperations.ProblemSchema();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    [OpenApiOperations.Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "mp_...", Description = "An API token with scopes: read, selfservice, approve, operate, admin. 'admin' includes all." },
                    [OpenApiOperations.Session] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "portal_session", Description = $"The browser's session; writes also send the header {SessionWrites.Header} from GET /api/v1/session." },
                };
                return Task.CompletedTask;
            });
            options.AddOperationTransformer(OpenApiOperations.DescribeAsync);
        });

    public static WebApplication MapPortalOpenApi(this WebApplication app)
    {
        // The contract is public knowledge: no names, ids or figures of this installation are in it.
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/docs", options =>
        {
            options.WithTitle("MigrationPortal API").WithOpenApiRoutePattern("/openapi/{documentName}.json");
            options.DefaultFonts = false;
            options.Telemetry = false;
            // They would send the document to the maker's servers.
            options.HideDeveloperTools().DisableAgent().DisableMcp().HideClientButton();
        }).AllowAnonymous();
        return app;
    }
}
