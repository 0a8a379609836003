using System.Text;
using System.Text.Json.Nodes;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;

namespace MigrationPortal.Infrastructure.Clusters.Apply;

/// <summary>Tokens into Secrets. Kubernetes' sentences are given on only when they do not hold the token.</summary>
internal sealed class KubernetesSecrets(ObjectWire wire) : IClusterSecrets
{
    private const string MarkLabel = "migration-portal.gitlab.com/registration";

    public Task<SecretAnswer> PutAsync(long cluster, TokenPlace place, string token, CancellationToken cancel) => PutAsync(cluster, place, token, "", cancel);

    public Task<SecretAnswer> TryAsync(long cluster, TokenPlace place, CancellationToken cancel) => PutAsync(cluster, place, "a-dry-run", "&dryRun=All", cancel);

    private async Task<SecretAnswer> PutAsync(long cluster, TokenPlace place, string token, string dryRun, CancellationToken cancel)
    {
        var key = KeyOf(place);
        var body = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject
            {
                ["name"] = place.Name,
                ["namespace"] = place.Namespace,
                ["labels"] = new JsonObject { [Rendering.ManagedBy] = IClusterObjects.FieldManager, [MarkLabel] = place.Mark },
            },
            ["type"] = "Opaque",
            ["data"] = new JsonObject(place.Keys.Select((name, index) => KeyValuePair.Create<string, JsonNode?>(name, index == 0 ? Convert.ToBase64String(Encoding.UTF8.GetBytes(token)) : ""))),
        };
        switch (await AskAsync(cluster, HttpMethod.Get, ObjectPaths.Of(key), null, key, null, cancel))
        {
            case ObjectAnswer.Missing or ObjectAnswer.Refused { Status: 403 }:
                // Made, never applied: a Secret that came at this moment is refused and not taken over.
                var made = await AskAsync(cluster, HttpMethod.Post, ObjectPaths.Of(key, $"?fieldManager={IClusterObjects.FieldManager}{dryRun}"), body, key, token, cancel);
                return made is ObjectAnswer.Refused { Status: 409 } ? new SecretAnswer.Foreign() : Of(made);
            case ObjectAnswer.Seen { Object: var live } when live.Label(MarkLabel) == place.Mark && live.Label(Rendering.ManagedBy) == IClusterObjects.FieldManager:
                // Only while it is the one that was looked at.
                body["metadata"]!["resourceVersion"] = live.Text("metadata", "resourceVersion");
                return Of(await AskAsync(cluster, HttpMethod.Put, $"{ObjectPaths.Of(key)}?fieldManager={IClusterObjects.FieldManager}{dryRun}", body, key, token, cancel));
            case ObjectAnswer.Seen:
                return new SecretAnswer.Foreign();
            case var other:
                return Of(other);
        }
    }

    public async Task<SecretAnswer> RemoveAsync(long cluster, TokenPlace place, CancellationToken cancel)
    {
        var key = KeyOf(place);
        var seen = await AskAsync(cluster, HttpMethod.Get, ObjectPaths.Of(key), null, key, null, cancel);
        if (seen is ObjectAnswer.Missing) return new SecretAnswer.Done();
        if (seen is not ObjectAnswer.Seen { Object: var live }) return Of(seen);
        if (live.Label(MarkLabel) != place.Mark || live.Label(Rendering.ManagedBy) != IClusterObjects.FieldManager) return new SecretAnswer.Done();
        var options = new JsonObject { ["kind"] = "DeleteOptions", ["apiVersion"] = "v1", ["preconditions"] = new JsonObject { ["uid"] = live.Uid } };
        var gone = await AskAsync(cluster, HttpMethod.Delete, ObjectPaths.Of(key), options, key, null, cancel);
        return gone is ObjectAnswer.Missing or ObjectAnswer.Refused { Status: 409 } ? new SecretAnswer.Done() : Of(gone);
    }

    private static ObjectKey KeyOf(TokenPlace place) => new("v1", "Secret", place.Namespace, place.Name);

    private async Task<ObjectAnswer> AskAsync(long cluster, HttpMethod method, string path, JsonObject? body, ObjectKey key, string? token, CancellationToken cancel)
    {
        try
        {
            return AnswerReading.Of(await wire.SendAsync(cluster, method, path, body?.ToJsonString(), body is null ? null : "application/json", cancel), key) switch
            {
                ObjectAnswer.Refused no when Holds(no.Message, token) => no with { Message = "The cluster says no, in words that hold the token.", Causes = [] },
                ObjectAnswer.Unknown no when Holds(no.Sentence, token) => no with { Sentence = "The cluster answered with a fault, in words that hold the token." },
                var answer => answer,
            };
        }
        catch (ClusterUnavailableException fault)
        {
            return KubernetesObjects.Unknown(fault);
        }
    }

    private static bool Holds(string text, string? token) =>
        token is not null && (text.Contains(token, StringComparison.Ordinal) || text.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(token)), StringComparison.Ordinal));

    private static SecretAnswer Of(ObjectAnswer answer) => answer switch
    {
        ObjectAnswer.Seen or ObjectAnswer.Missing => new SecretAnswer.Done(),
        ObjectAnswer.Refused no => new SecretAnswer.Refused(no.Message),
        ObjectAnswer.Unknown(var why, var again) => new SecretAnswer.Unknown(why, again),
        _ => new SecretAnswer.Unknown("The cluster's answer makes no sense.", null),
    };
}
