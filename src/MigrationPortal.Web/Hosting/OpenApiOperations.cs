using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Gates;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Hosting;

/// <summary>What holds for every route and no handler says: who may come in, how "no" looks, and the headers that count.</summary>
internal static class OpenApiOperations
{
    public const string Bearer = "bearer";
    public const string Session = "session";
    public const string Problem = "Problem";

    private const string Api = "api/v1/";

    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var path = context.Description.RelativePath ?? "";
        var method = context.Description.HttpMethod ?? "GET";
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.OperationId = IdOf(method, path.Replace(Api, "", StringComparison.Ordinal));
        operation.Responses ??= [];
        operation.Parameters ??= [];
        if (path.StartsWith(ExternalAnswerEndpoint.Path, StringComparison.Ordinal))
        {
            DescribeAnswer(operation, context);
            return Task.CompletedTask;
        }

        if (!path.StartsWith(Api, StringComparison.Ordinal))
        {
            Take(operation, "X-Gitlab-Token", ParameterLocation.Header, "The secret of the webhook, where no signing token is configured.");
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Description = "The event as GitLab sends it.",
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } } },
            };
            Refuse(operation, context, ("400", "Not an event of GitLab."), ("415", "Not sent as application/json."), ("401", "Neither the secret nor a signature proves the event."), ("429", "More events wait than can be held; Retry-After says when to try again. The sweeps bring what is turned away."));
            return Task.CompletedTask;
        }

        Guard(operation, context, metadata.OfType<ScopeRequirement>().FirstOrDefault());
        foreach (var word in metadata.OfType<QueryWords>().SelectMany(one => one.Words))
            Take(operation, word, ParameterLocation.Query, WordOf(word));
        if (metadata.OfType<CompletenessSaid>().Any())
        {
            Say(operation, Completeness.SinceHeader, "Of CSV, as 'completeSince' of JSON: from when on every job of the window was read.");
            Say(operation, Completeness.UnreadHeader, "Of CSV, as 'unread' of JSON: parts of the window after that which are not read whole, as ISO 8601 intervals separated by commas; left out when there is none.");
        }

        if (method == "POST") Take(operation, Idempotency.Header, ParameterLocation.Header, "The same key and body give the same answer; another body is refused with 422.");
        if (operation.Parameters.Count > 0 || operation.RequestBody is not null) Refuse(operation, context, ("400", "Malformed; 'errors' holds every mistake with its field."));
        if (path.Contains('{', StringComparison.Ordinal)) Refuse(operation, context, ("404", "Not there."));
        if (method != "GET") Refuse(operation, context, ("409", "The state of the world says no; 'code' and 'reasons' say why."), ("422", "The wish itself cannot be fulfilled; 'code' and 'reasons' say why."));
        if (metadata.OfType<VersionTaken>().Any())
        {
            Take(operation, "If-Match", ParameterLocation.Header, "The ETag that was read; left out, the change is made in any case.");
            Refuse(operation, context, ("412", "It has changed since it was read; the header ETag holds its version."));
        }

        Refuse(operation, context, ("503", "The database or GitLab does not answer; Retry-After says when to try again."));
        return Task.CompletedTask;
    }

    private static void DescribeAnswer(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        Take(operation, "webhook-id", ParameterLocation.Header, "The sender's id of the message: the same is taken once.");
        Take(operation, "webhook-timestamp", ParameterLocation.Header, "Seconds since 1970, at most five minutes from now.");
        Take(operation, "webhook-signature", ParameterLocation.Header, "v1, and base64 of HMAC-SHA256 over id.timestamp.body with the gate's secret (standardwebhooks.com).");
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new()
                {
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Required = new HashSet<string> { "verdict", "expiresAt" },
                        Properties = new Dictionary<string, IOpenApiSchema> { ["verdict"] = Text("pass, fail, wait or unknown."), ["sentence"] = Text("Why, in one line for people."), ["expiresAt"] = Text("ISO 8601 in UTC, at most 31 days ahead; then the gate is unknown.") },
                    },
                },
            },
        };
        Refuse(operation, context, ("400", "No such instance."), ("401", "No signature proves the answer."), ("413", "The body is too long."), ("422", "The answer cannot be read; 'reasons' says why."));
    }

    public static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Every \"no\" of the API, as application/problem+json.",
        Required = new HashSet<string> { "type", "title", "status", "detail", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("urn:migrationportal:problem: and the code."),
            ["title"] = Text("The status in words."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = Text("What is wrong and what to do, for people."),
            ["code"] = Text("Stable, for programs, such as fleet-changed."),
            ["reasons"] = Texts("All reasons of a refusal."),
            ["errors"] = new OpenApiSchema { Type = JsonSchemaType.Object, Description = "Every mistake by its field.", AdditionalProperties = Texts("What is wrong with the field and the remedy.") },
            ["missingScope"] = Text("With 403: the scope that the caller does not hold."),
            ["traceId"] = Text("Finds the request in the portal's log."),
        },
    };

    private static void Guard(OpenApiOperation operation, OpenApiOperationTransformerContext context, ScopeRequirement? needed)
    {
        string[] scopes = [.. needed?.AnyOf.Select(scope => scope.Word()) ?? []];
        if (scopes.Length > 0)
            operation.Description = $"{operation.Description}{(string.IsNullOrEmpty(operation.Description) ? "" : "\n\n")}Needs the scope {string.Join(" or ", scopes.Select(word => $"`{word}`"))}.";
        operation.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [.. scopes] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Session, context.Document)] = [] },
        ];
        Refuse(operation, context, ("401", "Nobody, or an unknown token."));
        if (needed is not null) Refuse(operation, context, ("403", "The missing scope is named in 'missingScope'."));
    }

    private static void Refuse(OpenApiOperation operation, OpenApiOperationTransformerContext context, params (string Status, string Words)[] answers)
    {
        foreach (var (status, words) in answers)
            operation.Responses![status] = new OpenApiResponse
            {
                Description = words,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(Problem, context.Document) } },
            };
    }

    private static string WordOf(string word) => word switch
    {
        "format" => "csv or json; the header Accept: text/csv does the same.",
        "managed" => "true counts only what managed runners finished, as they are managed now: what executors are compared by.",
        _ => "Keeps only the jobs with this value.",
    };

    private static void Say(OpenApiOperation operation, string header, string words)
    {
        if (operation.Responses!["200"] is not OpenApiResponse answer) return;
        answer.Headers ??= new Dictionary<string, IOpenApiHeader>();
        answer.Headers[header] = new OpenApiHeader { Description = words, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
    }

    private static void Take(OpenApiOperation operation, string name, ParameterLocation where, string words) =>
        operation.Parameters!.Add(new OpenApiParameter { Name = name, In = where, Description = words, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });

    private static OpenApiSchema Text(string words) => new() { Type = JsonSchemaType.String, Description = words };

    private static OpenApiSchema Texts(string words) => new() { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String }, Description = words };

    // POST plans/{id}/apply is postPlansByIdApply: generators of clients name their methods so.
    private static string IdOf(string method, string path) => method.ToLowerInvariant() + string.Concat(path.Split('/', '-', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part[0] == '{' ? "By" + Upper(part.Trim('{', '}')) : Upper(part)));

    private static string Upper(string word) => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..];
}
