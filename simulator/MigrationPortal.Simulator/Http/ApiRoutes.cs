using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Where the endpoint groups hang their routes: path below <c>/api/v4</c>, handler, and scopes besides the usual.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder routes, ApiPipeline pipeline)
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    public void Get(string path, Func<ApiCall, ApiAnswer> handler, params string[] scopes) =>
        Map(Reading, path, handler, [Scopes.Api, Scopes.ReadApi, .. scopes], false);

    /// <summary>Callers without a token are let in; the handler shows them what is public.</summary>
    public void GetPublic(string path, Func<ApiCall, ApiAnswer> handler) =>
        Map(Reading, path, handler, [Scopes.Api, Scopes.ReadApi], true);

    public void Post(string path, Func<ApiCall, ApiAnswer> handler, params string[] scopes) =>
        Map(["POST"], path, handler, [Scopes.Api, .. scopes], false);

    public void Put(string path, Func<ApiCall, ApiAnswer> handler, params string[] scopes) =>
        Map(["PUT"], path, handler, [Scopes.Api, .. scopes], false);

    public void Delete(string path, Func<ApiCall, ApiAnswer> handler, params string[] scopes) =>
        Map(["DELETE"], path, handler, [Scopes.Api, .. scopes], false);

    private void Map(string[] methods, string path, Func<ApiCall, ApiAnswer> handler, string[] scopes, bool anonymous)
    {
        var route = new ApiRoute(handler, scopes, anonymous);
        routes.MapMethods("/api/v4" + path, methods, (RequestDelegate)(http => pipeline.RunAsync(http, route)));
    }
}

internal sealed record ApiRoute(Func<ApiCall, ApiAnswer> Handler, IReadOnlyList<string> Scopes, bool Anonymous);

/// <summary>What every REST call goes through: token, scopes, parameters, the handler inside the world's lock, the journal,
/// and only then the answer.</summary>
internal sealed class ApiPipeline(Authenticator authenticator, Journal journal, AppLimiter limiter, HookPump hooks)
{
    public async Task RunAsync(HttpContext http, ApiRoute route)
    {
        var instance = http.Instance();
        var identity = authenticator.Identify(http, instance);
        var answer = identity.Refusal ?? Admit(identity.Token, route) ?? limiter.Check(http, identity.Token);
        if (answer is null)
        {
            answer = await ParametersReader.ReadAsync(http.Request) is { } parameters
                ? await HandleAsync(http, instance, parameters, identity.Token, route)
                : ApiAnswer.Error(400, "The provided params are not valid JSON");
        }

        await AnswerWriter.WriteAsync(http, answer);
    }

    private async Task<ApiAnswer> HandleAsync(
        HttpContext http, Instance instance, Parameters parameters, AccessToken? token, ApiRoute route)
    {
        var (answer, changed) = instance.Do(world =>
        {
            var call = new ApiCall(http, instance, world, parameters, token);
            return (Admit(call) ?? route.Handler(call), call.Changed);
        });
        if (changed)
        {
            await journal.FlushAsync(instance);
            hooks.Collect(instance);
        }

        return answer;
    }

    private static ApiAnswer? Admit(AccessToken? token, ApiRoute route)
    {
        if (token is null)
        {
            return route.Anonymous ? null : ApiAnswer.Unauthorized;
        }

        return token.Scopes.Intersect(route.Scopes, StringComparer.Ordinal).Any() ? null : new ApiAnswer(403, new
        {
            error = "insufficient_scope",
            error_description = "The request requires higher privileges than provided by the access token.",
            scope = string.Join(' ', route.Scopes),
        });
    }

    private static ApiAnswer? Admit(ApiCall call) => call switch
    {
        { Token: null } => null,
        { Caller: null } => ApiAnswer.Unauthorized,
        { Caller.State: UserState.Blocked } => ApiAnswer.Forbidden("Your account has been blocked."),
        _ => null,
    };
}
