using GraphQL;
using GraphQL.SystemTextJson;
using GraphQL.Transport;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary><c>POST /api/graphql</c>. 200 with <c>errors</c> for whatever is wrong with a query; 401 only for a bad token.</summary>
internal sealed class GraphQLEndpoint(Authenticator authenticator, Journal journal)
{
    private const int MaxQueryLength = 10_000;

    private readonly DocumentExecuter executer = new();
    private readonly GraphQLSerializer serializer = new();
    private readonly ISchema schema = GitLabSchema.Build();

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/graphql", (RequestDelegate)RunAsync);

    private async Task RunAsync(HttpContext http)
    {
        var instance = http.Instance();
        var (token, refusal) = authenticator.Identify(http, instance);
        if (refusal is not null || (token is not null && !token.Scopes.Any(s => s is Scopes.Api or Scopes.ReadApi)))
        {
            await AnswerWriter.WriteAsync(http, new ApiAnswer(401, new { errors = new[] { new { message = "Invalid token" } } }));
            return;
        }

        var parameters = await ParametersReader.ReadAsync(http.Request);
        var request = parameters is null ? null : Read(parameters);
        if (parameters is null || request is null)
        {
            await WriteErrorAsync(http, "Unexpected end of document", 400);
            return;
        }

        await ExecuteAsync(http, instance, parameters, token, request);
    }

    private async Task ExecuteAsync(HttpContext http, Instance instance, Parameters parameters, AccessToken? token, GraphQLRequest request)
    {
        GraphQLDocument document;
        try
        {
            document = Parser.Parse(request.Query!);
        }
        catch (GraphQLSyntaxErrorException e)
        {
            await WriteErrorAsync(http, $"Parse error: {e.Description}", 200);
            return;
        }

        var operation = document.Definitions.OfType<GraphQLOperationDefinition>()
            .FirstOrDefault(o => string.IsNullOrEmpty(request.OperationName) || o.Name?.StringValue == request.OperationName);
        if (operation is null)
        {
            await WriteErrorAsync(http, $"No operation named \"{request.OperationName}\"", 200);
            return;
        }

        var cost = Complexity.Of(document, operation, request.Variables ?? Inputs.Empty);
        var (result, problem, changed) = instance.Do(world =>
        {
            var call = new ApiCall(http, instance, world, parameters, token);
            var limit = call.Caller is null ? Complexity.AnonymousLimit : call.IsAdmin ? Complexity.AdminLimit : Complexity.UserLimit;
            return TooCostly(call, cost, limit) is { } no ? (null, no, false) : Run(call, request, document, cost.Score, limit);
        });
        if (changed)
        {
            await journal.FlushAsync(instance);
        }

        if (result is null)
        {
            await WriteErrorAsync(http, problem!, 200);
            return;
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        await serializer.WriteAsync(http.Response.Body, result, http.RequestAborted);
    }

    // Every resolver answers at once, so nothing of this leaves the lock.
    private (ExecutionResult? Result, string? Problem, bool Changed) Run(
        ApiCall call, GraphQLRequest request, GraphQLDocument document, int score, int limit)
    {
        if (call.Token is not null && call.Caller is null or { State: UserState.Blocked })
        {
            return (null, "Invalid token", false);
        }

        var run = executer.ExecuteAsync(options =>
        {
            options.Schema = schema;
            options.Document = document;
            options.Query = request.Query;
            options.OperationName = request.OperationName;
            options.Variables = request.Variables;
            options.UserContext = new GraphCall(call, score, limit);
            options.ThrowOnUnhandledException = true;
        });
        return run.IsCompleted
            ? (run.GetAwaiter().GetResult(), null, call.Changed)
            : throw new InvalidOperationException("A resolver waited for something.");
    }

    private static string? TooCostly(ApiCall call, (int Score, int Depth) cost, int limit)
    {
        var deepest = call.Caller is null ? Complexity.AnonymousDepth : Complexity.UserDepth;
        return cost.Score > limit ? $"Query has complexity of {cost.Score}, which exceeds max complexity of {limit}"
            : cost.Depth > deepest ? $"Query has depth of {cost.Depth}, which exceeds max depth of {deepest}"
            : null;
    }

    private GraphQLRequest? Read(Parameters parameters)
    {
        var query = parameters.Text("query");
        if (string.IsNullOrWhiteSpace(query) || query.Length > MaxQueryLength)
        {
            return null;
        }

        var variables = parameters.Node("variables")?.ToJsonString();
        return new GraphQLRequest
        {
            Query = query,
            OperationName = parameters.Text("operationName"),
            Variables = variables is null or "\"\"" ? null : serializer.Deserialize<Inputs>(variables),
        };
    }

    private static Task WriteErrorAsync(HttpContext http, string message, int status) =>
        AnswerWriter.WriteAsync(http, new ApiAnswer(status, new { errors = new[] { new { message } } }));
}
