using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using Scalar.AspNetCore;

namespace MigrationPortal.Web.Hosting;

/// <summary>The document at <c>/openapi/v1.json</c>, from the code, and a reading page at <c>/docs</c> that loads nothing from elsewhere.</summary>
internal static class OpenApiHosting
{
    private const string Bearer = "bearer";
    private const string Session = "session";

    public static IServiceCollection AddPortalOpenApi(this IServiceCollection services) =>
        services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "MigrationPortal",
                    Version = "v1",
                    Description = "Moves a GitLab instance's CI jobs from docker runners to Kubernetes runners, in phases. Times are ISO 8601 UTC, durations seconds, rates fractions.",
                };
                document.Servers = [new OpenApiServer { Url = "/" }];
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "mp_...", Description = "An API token with scopes: read, selfservice, approve, operate, admin. 'admin' includes all." },
                    [Session] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "portal_session", Description = $"The browser's session; writes also send the header {SessionWrites.Header} from GET /api/v1/session." },
                };
                return Task.CompletedTask;
            });
            options.AddOperationTransformer(Describe);
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
        }).AllowAnonymous();
        return app;
    }

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        operation.Responses ??= [];
        var needed = context.Description.ActionDescriptor.EndpointMetadata.OfType<ScopeRequirement>().FirstOrDefault();
        if (needed is null) return Task.CompletedTask;
        var words = string.Join(" or ", needed.AnyOf.Select(scope => $"`{scope.Word()}`"));
        operation.Description = $"{operation.Description}{(string.IsNullOrEmpty(operation.Description) ? "" : "\n\n")}Needs the scope {words}.";
        operation.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [.. needed.AnyOf.Select(scope => scope.Word())] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Session, context.Document)] = [] },
        ];
        Add(operation, "401", "Nobody, or an unknown token: problem details.");
        Add(operation, "403", "The missing scope is named in `missingScope`: problem details.");
        if (context.Description.HttpMethod == "POST")
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = Idempotency.Header,
                In = ParameterLocation.Header,
                Description = "The same key and body give the same answer; another body is refused with 422.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
            });
        }

        return Task.CompletedTask;
    }

    private static void Add(OpenApiOperation operation, string status, string what) =>
        operation.Responses!.TryAdd(status, new OpenApiResponse { Description = what });
}
