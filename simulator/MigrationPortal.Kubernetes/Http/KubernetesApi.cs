using Microsoft.AspNetCore.Http;

namespace MigrationPortal.Kubernetes;

/// <summary>The way of a request: fault, caller, path, access, handler. Whatever is refused leaves as a <c>Status</c>.</summary>
internal sealed class KubernetesApi(
    KindTable kinds, Tokens tokens, Authorizer authorizer, Discovery discovery, ResourceCalls calls, Faults faults)
{
    private static readonly string[] Health = ["/readyz", "/livez", "/healthz"];

    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            if (await faults.HitAsync(http))
            {
                return;
            }

            await AnswerAsync(http);
        }
        catch (StatusException refusal) when (!http.Response.HasStarted)
        {
            await StatusWriter.WriteAsync(http, refusal);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has left.
        }
        catch (Exception wrong) when (wrong is FieldTypeException or InvalidOperationException or FormatException && !http.Response.HasStarted)
        {
            await StatusWriter.WriteAsync(http, new StatusException(500, "InternalError", $"Internal error occurred: {wrong.Message}"));
        }
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        var caller = tokens.Identify(http.Request);
        if (Health.Contains(path))
        {
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync("ok", http.RequestAborted);
            return;
        }

        if (ApiPath.Parse(path) is not { } parsed || kinds.Find(parsed.Group, parsed.Version, parsed.Plural) is not { } kind)
        {
            await OtherAsync(http, path, caller);
            return;
        }

        var call = new ApiRequest(http, kind, parsed, VerbOf(http, parsed), caller);
        faults.Count(call.Verb, kind.Plural);
        var question = new AccessQuestion(call.Verb, kind.Group,
            call.Subresource.Length == 0 ? kind.Plural : $"{kind.Plural}/{call.Subresource}",
            kind is { Kind: "Namespace", Group: "" } && call.Name.Length > 0 ? call.Name : call.Namespace,
            call.Name.Length > 0 ? call.Name : SelectedName(call));
        if (!caller.Groups.Contains("system:masters") && !authorizer.Allows(caller, question))
        {
            throw StatusException.Forbidden(kind, call.Name, question.Shown(caller));
        }

        await calls.RunAsync(call);
    }

    private async Task OtherAsync(HttpContext http, string path, Caller caller)
    {
        if (!authorizer.AllowsPath(caller, http.Request.Method.ToLowerInvariant(), path))
        {
            throw new StatusException(403, "Forbidden",
                $"forbidden: User \"{caller.Name}\" cannot {http.Request.Method.ToLowerInvariant()} path \"{path}\"", []);
        }

        await StatusWriter.WriteAsync(http, 200, discovery.Answer(path) ?? throw StatusException.NoSuchPath());
    }

    // Who lists one object by its name asks for that object: rules with resource names count.
    private static string SelectedName(ApiRequest call) =>
        call.Query("fieldSelector") is { } selector && selector.StartsWith("metadata.name=", StringComparison.Ordinal)
        && !selector.Contains(',', StringComparison.Ordinal) ? selector[14..].TrimStart('=') : "";

    private static string VerbOf(HttpContext http, ApiPath path) => http.Request.Method switch
    {
        "GET" or "HEAD" when path.Name is not null => "get",
        "GET" or "HEAD" => http.Request.Query["watch"] is [.., "true" or "1"] ? "watch" : "list",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => path.Name is null ? "deletecollection" : "delete",
        _ => throw StatusException.MethodNotAllowed(),
    };
}
