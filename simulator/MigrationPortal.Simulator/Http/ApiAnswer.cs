using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>What an endpoint answers: made inside the world's lock, so the body holds values only, nothing of the world.</summary>
internal sealed record ApiAnswer(int Status, object? Body = null)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Set for answers that are not JSON.</summary>
    public string? ContentType { get; init; }

    public static ApiAnswer Ok(object? body) => new(200, body);

    public static ApiAnswer Created(object? body) => new(201, body);

    public static ApiAnswer NoContent { get; } = new(204);

    public static ApiAnswer Text(string text, string contentType = "text/plain") => new(200, text) { ContentType = contentType };

    /// <summary><c>{"message":...}</c>: rights, lookups and services refuse like this.</summary>
    public static ApiAnswer Message(int status, object message) => new(status, new { message });

    /// <summary><c>{"error":...}</c>: parameters and routes are refused like this.</summary>
    public static ApiAnswer Error(int status, string error) => new(status, new { error });

    public static ApiAnswer Unauthorized { get; } = Message(401, "401 Unauthorized");

    public static ApiAnswer Forbidden(string? reason = null) =>
        Message(403, reason is null ? "403 Forbidden" : $"403 Forbidden - {reason}");

    public static ApiAnswer NotFound(string what) => Message(404, $"404 {what} Not Found");

    /// <summary>400 with <c>{"message":{field:[text]}}</c>: the model refuses.</summary>
    public static ApiAnswer Invalid(string field, string text) =>
        Message(400, new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [text] });

    public static ApiAnswer Of(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.NotFound => Message(404, refusal.Message),
        RefusalKind.Invalid => Invalid(refusal.Field ?? "base", refusal.Message),
        RefusalKind.Forbidden when refusal.Message.StartsWith("403", StringComparison.Ordinal) => Message(403, refusal.Message),
        RefusalKind.Forbidden => Forbidden(refusal.Message),
        RefusalKind.Conflict => Message(409, refusal.Message),
        _ => Message(400, refusal.Message),
    };
}
