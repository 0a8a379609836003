using System.Net;
using System.Text.Json.Nodes;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;

namespace MigrationPortal.Infrastructure.Clusters.Apply;

/// <summary>Objects by the REST API of Kubernetes.</summary>
internal sealed class KubernetesObjects(ObjectWire wire) : IClusterObjects
{
    private const string ApplyPatch = "application/apply-patch+yaml";
    private const int PageSize = 500;
    private const int MostPages = 20;

    public Task<ObjectAnswer> ApplyAsync(long cluster, ObjectKey key, JsonObject body, bool force, bool dryRun, CancellationToken cancel)
    {
        if (key.Kind == "Secret") throw new InvalidOperationException("Secrets are written elsewhere.");
        return AskAsync(cluster, HttpMethod.Patch, $"{ObjectPaths.Of(key)}?fieldManager={IClusterObjects.FieldManager}&force={(force ? "true" : "false")}{(dryRun ? "&dryRun=All" : "")}", body.ToJsonString(), ApplyPatch, key, cancel);
    }

    public Task<ObjectAnswer> GetAsync(long cluster, ObjectKey key, CancellationToken cancel) => AskAsync(cluster, HttpMethod.Get, ObjectPaths.Of(key), null, null, key, cancel);

    public async Task<ObjectAnswer> DeleteAsync(long cluster, ObjectKey key, string uid, CancellationToken cancel)
    {
        var options = new JsonObject { ["kind"] = "DeleteOptions", ["apiVersion"] = "v1", ["propagationPolicy"] = "Background", ["preconditions"] = new JsonObject { ["uid"] = uid } };
        // What is gone is answered with a Status; what finalizers hold, with the object itself.
        return await AskAsync(cluster, HttpMethod.Delete, ObjectPaths.Of(key), options.ToJsonString(), "application/json", key, cancel) is var answer && answer is ObjectAnswer.Seen { Object: { IsGoing: false } or { Finalizers.Count: 0 } } ? new ObjectAnswer.Missing() : answer;
    }

    public async Task<IReadOnlyList<ObjectAnswer>> ListAsync(long cluster, ObjectKey like, string selector, CancellationToken cancel)
    {
        var found = new List<ObjectAnswer>();
        var next = "";
        for (var page = 0; page < MostPages; page++)
        {
            var query = $"?limit={PageSize}{(selector.Length == 0 ? "" : $"&labelSelector={Uri.EscapeDataString(selector)}")}{(next.Length == 0 ? "" : $"&continue={Uri.EscapeDataString(next)}")}";
            WireAnswer answer;
            try
            {
                answer = await wire.SendAsync(cluster, HttpMethod.Get, ObjectPaths.Of(like, query), null, null, cancel);
            }
            catch (ClusterUnavailableException fault)
            {
                return [Unknown(fault)];
            }

            if (answer.Status != HttpStatusCode.OK || answer.Body is not { } body) return [AnswerReading.Of(answer, like)];
            // Items of a list do not say what they are.
            foreach (var item in (body["items"] as JsonArray ?? []).OfType<JsonObject>().Select(one => (JsonObject)one.DeepClone()))
            {
                (item["apiVersion"], item["kind"]) = (like.ApiVersion, like.Kind);
                found.Add(new ObjectAnswer.Seen(new LiveObject(AnswerReading.Hidden(item)), []));
            }

            next = body["metadata"]?["continue"]?.ToString() ?? "";
            if (next.Length == 0) break;
        }

        return found;
    }

    internal static ObjectAnswer.Unknown Unknown(ClusterUnavailableException fault) => new(fault.Trouble.Sentence, fault.RetryAfter);

    private async Task<ObjectAnswer> AskAsync(long cluster, HttpMethod method, string path, string? body, string? mediaType, ObjectKey key, CancellationToken cancel)
    {
        try
        {
            return AnswerReading.Of(await wire.SendAsync(cluster, method, path, body, mediaType, cancel), key);
        }
        catch (ClusterUnavailableException fault)
        {
            return Unknown(fault);
        }
    }
}
