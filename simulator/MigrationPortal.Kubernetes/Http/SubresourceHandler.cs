using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MigrationPortal.Kubernetes;

/// <summary>Scale, logs, the proxy of pods, tokens and a namespace's end.</summary>
internal sealed class SubresourceHandler(ObjectStore store, ObjectWriter writer, Tokens tokens, PodLogs logs, PodProxy proxy, TimeProvider time)
{
    public Task RunAsync(ApiRequest call) => (call.Kind.Plural, call.Subresource, call.Verb) switch
    {
        (_, "scale", _) when call.Kind.HasScale => ScaleAsync(call),
        ("pods", "log", "get") => LogAsync(call),
        ("pods", "proxy", "get") => ProxyAsync(call),
        ("serviceaccounts", "token", "create") => TokenAsync(call),
        ("namespaces", "finalize", "update") => FinalizeAsync(call),
        _ => throw StatusException.NoSuchPath(),
    };

    private async Task ScaleAsync(ApiRequest call)
    {
        var options = WriteOptions.Of(call);
        if (call.Verb == "get")
        {
            await StatusWriter.WriteAsync(call.Http, 200, ScaleOf(Find(call).Read()));
            return;
        }

        var body = BodyReader.Node(await BodyReader.TextAsync(call.Http.Request));
        var changed = writer.Change(options, live =>
        {
            var scale = call.Verb == "update" ? body as JsonObject : Patched(call, ScaleOf(live), body);
            if (scale.Text("metadata", "resourceVersion") is { Length: > 0 } asked && asked != live.Text("metadata", "resourceVersion"))
            {
                throw StatusException.Stale(call.Kind, call.Name);
            }

            live["spec"]!["replicas"] = scale.Map("spec").Whole("replicas") ?? 0;
            return live;
        }, patched: true);
        await StatusWriter.WriteAsync(call.Http, 200, ScaleOf(changed.Read()));
    }

    private static JsonObject Patched(ApiRequest call, JsonObject scale, JsonNode? patch) => patch switch
    {
        JsonArray operations => JsonPatch.Apply(scale, operations),
        JsonObject map => MergePatch.Apply(scale, map),
        _ => throw StatusException.BadRequest($"the patch of {call.Kind.Plural}/scale is not an object"),
    };

    private static JsonObject ScaleOf(JsonObject item)
    {
        var metadata = new JsonObject();
        foreach (var field in (string[])["name", "namespace", "uid", "resourceVersion", "creationTimestamp"])
        {
            metadata[field] = item["metadata"]![field]?.DeepClone();
        }

        var labels = item.Map("spec", "selector", "matchLabels") ?? [];
        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject { ["replicas"] = item.Map("spec").Whole("replicas") ?? 1 },
            ["status"] = new JsonObject
            {
                ["replicas"] = item.Map("status").Whole("replicas") ?? 0,
                ["selector"] = string.Join(',', labels.Select(one => $"{one.Key}={one.Value}")),
            },
        };
    }

    private async Task LogAsync(ApiRequest call)
    {
        var pod = Find(call).Read();
        var containers = pod.Items("spec", "containers").Select(one => one.Text("name") ?? "").ToArray();
        var container = call.Query("container") ?? (containers.Length == 1
            ? containers[0]
            : throw StatusException.BadRequest(
                $"a container name must be specified for pod {call.Name}, choose one of: [{string.Join(' ', containers)}]"));
        if (!containers.Contains(container) && !pod.Items("spec", "initContainers").Any(one => one.Text("name") == container))
        {
            throw StatusException.BadRequest($"container {container} is not valid for pod {call.Name}");
        }

        var text = logs.Read(call.Namespace!, call.Name, container, call.Number("tailLines"));
        call.Http.Response.ContentType = "text/plain";
        await call.Http.Response.WriteAsync(text, call.Http.RequestAborted);
    }

    private async Task ProxyAsync(ApiRequest call)
    {
        _ = Find(call);
        var answer = proxy.Answer?.Invoke(new PodCall(call.Namespace!, call.Name, call.Proxied.Port, call.Proxied.Path));
        if (answer is null)
        {
            throw new StatusException(503, "ServiceUnavailable", $"error trying to reach service: dial tcp: connect: connection refused", []);
        }

        call.Http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await call.Http.Response.WriteAsync(answer, call.Http.RequestAborted);
    }

    private async Task TokenAsync(ApiRequest call)
    {
        _ = Find(call);
        var asked = BodyReader.Object(await BodyReader.TextAsync(call.Http.Request));
        var seconds = asked.Map("spec").Whole("expirationSeconds") ?? 3600;
        var token = $"{call.Namespace}.{call.Name}.{Guid.NewGuid():N}";
        tokens.Add(token, Caller.OfServiceAccount(call.Namespace!, call.Name));
        await StatusWriter.WriteAsync(call.Http, 201, new JsonObject
        {
            ["kind"] = "TokenRequest",
            ["apiVersion"] = "authentication.k8s.io/v1",
            ["metadata"] = new JsonObject { ["name"] = call.Name, ["namespace"] = call.Namespace },
            ["spec"] = asked["spec"]?.DeepClone() ?? new JsonObject(),
            ["status"] = new JsonObject { ["token"] = token, ["expirationTimestamp"] = Times.Of(time.GetUtcNow().AddSeconds(seconds)) },
        });
    }

    private async Task FinalizeAsync(ApiRequest call)
    {
        var body = BodyReader.Object(await BodyReader.TextAsync(call.Http.Request));
        var item = writer.Change(WriteOptions.Of(call) with { Subresource = "" }, live =>
        {
            live["spec"] = body["spec"]?.DeepClone();
            return live;
        }, patched: true);
        await StatusWriter.WriteAsync(call.Http, 200, item, call.Kind);
    }

    private StoredObject Find(ApiRequest call) =>
        store.Of(call.Kind).Find(WriteOptions.Of(call).Key) ?? throw StatusException.NotFound(call.Kind, call.Name);
}
