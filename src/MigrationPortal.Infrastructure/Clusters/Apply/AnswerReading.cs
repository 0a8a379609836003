using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MigrationPortal.Domain.Clusters.Apply;

namespace MigrationPortal.Infrastructure.Clusters.Apply;

/// <summary>What a call was answered, as the portal's own words.</summary>
internal static partial class AnswerReading
{
    private const int LongestSentence = 2000;

    public static ObjectAnswer Of(WireAnswer answer, ObjectKey key)
    {
        var status = (int)answer.Status;
        if (status is >= 200 and < 300)
            return answer.Body is { } body ? new ObjectAnswer.Seen(new LiveObject(Hidden(body)), answer.Warnings) : new ObjectAnswer.Unknown("What answered is no API server of Kubernetes.", null);
        var (reason, message) = (answer.Body?["reason"]?.ToString() ?? "", Sentence(answer));
        switch (answer.Status)
        {
            case HttpStatusCode.NotFound when answer.Body is null || message.Contains("could not find the requested resource", StringComparison.Ordinal):
                return new ObjectAnswer.Refused(404, "NotFound", "the server could not find the requested resource", []);
            case HttpStatusCode.NotFound when IsAbout(answer, key, message):
                return new ObjectAnswer.Missing();
            case HttpStatusCode.Unauthorized:
                return new ObjectAnswer.Unknown("The API server does not accept the credentials: they are wrong, have expired or were withdrawn. Enter new ones.", null);
            case HttpStatusCode.TooManyRequests:
                return new ObjectAnswer.Unknown("The API server asks for fewer requests.", answer.RetryAfter);
            case HttpStatusCode.Conflict when Causes(answer).Where(cause => cause.Reason == "FieldManagerConflict").ToList() is { Count: > 0 } held:
                return new ObjectAnswer.Conflict([.. held.Select(cause => new HeldField(cause.Field, Manager(cause.Message), null))]);
            case >= HttpStatusCode.InternalServerError when !message.Contains("typed patch", StringComparison.Ordinal):
                return new ObjectAnswer.Unknown($"The API server answered {status}: {message}", answer.RetryAfter);
            case < HttpStatusCode.BadRequest:
                return new ObjectAnswer.Unknown($"What answered leads elsewhere ({status}), which is not followed: give the API server's own address.", null);
            default:
                return new ObjectAnswer.Refused(status, reason, message, Causes(answer));
        }
    }

    /// <summary>The values of a Secret are taken out before anybody sees it: which keys it has, and whether they are empty, is left.</summary>
    public static JsonObject Hidden(JsonObject body)
    {
        if (body["kind"]?.ToString() != "Secret") return body;
        foreach (var part in (string[])["data", "stringData"])
            if (body[part] is JsonObject values)
                foreach (var key in values.Select(one => one.Key).ToList())
                    values[key] = values[key]?.ToString() is { Length: > 0 } ? "(hidden)" : "";
        // What kubectl apply leaves behind holds them once more.
        (body["metadata"]?["annotations"] as JsonObject)?.Remove("kubectl.kubernetes.io/last-applied-configuration");
        return body;
    }

    // Also said of a namespace that is not there, when something is to be made in it.
    private static bool IsAbout(WireAnswer answer, ObjectKey key, string message) =>
        answer.Body!["details"] is JsonObject details && details["name"]?.ToString() == key.Name && (key.Kind == "Namespace" || !message.StartsWith("namespaces \"", StringComparison.Ordinal));

    private static string Sentence(WireAnswer answer)
    {
        var message = answer.Body?["message"]?.ToString() is { Length: > 0 } said ? said.Trim() : $"The API server answered {(int)answer.Status}.";
        return message.Length > LongestSentence ? $"{message[..LongestSentence]}…" : message;
    }

    private static IReadOnlyList<AnswerCause> Causes(WireAnswer answer) =>
    [
        .. (answer.Body?["details"]?["causes"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(cause => new AnswerCause(cause["reason"]?.ToString() ?? "", cause["field"]?.ToString() ?? "", cause["message"]?.ToString() ?? "")),
    ];

    private static string Manager(string message) => Quoted().Match(message) is { Success: true } found ? found.Groups[1].Value : message;

    // conflict with "kubectl-client-side-apply" using apps/v1
    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();
}
