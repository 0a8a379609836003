using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>One field's problem, in the words of the API machinery.</summary>
/// <param name="Reason">Such as <c>FieldValueInvalid</c>.</param>
internal sealed record FieldProblem(string Reason, string Field, string Message)
{
    public static FieldProblem Required(string field, string detail = "") =>
        new("FieldValueRequired", field, detail.Length == 0 ? "Required value" : $"Required value: {detail}");

    public static FieldProblem Invalid(string field, JsonNode? value, string detail) =>
        new("FieldValueInvalid", field, $"Invalid value: {value?.ToJsonString() ?? "null"}: {detail}");

    public static FieldProblem TypeInvalid(string field, string shown, string detail) =>
        new("FieldValueTypeInvalid", field, $"Invalid value: {shown}: {detail}");

    public static FieldProblem NotSupported(string field, JsonNode? value, IEnumerable<string> supported) =>
        new("FieldValueNotSupported", field,
            $"Unsupported value: {value?.ToJsonString() ?? "null"}: supported values: {string.Join(", ", supported.Select(one => $"\"{one}\""))}");

    public static FieldProblem Forbidden(string field, string detail) => new("FieldValueForbidden", field, $"Forbidden: {detail}");

    public static FieldProblem Duplicate(string field, JsonNode? value) =>
        new("FieldValueDuplicate", field, $"Duplicate value: {value?.ToJsonString() ?? "null"}");

    public static FieldProblem TooLong(string field, int limit) =>
        new("FieldValueTooLong", field, $"Too long: may not be more than {limit} bytes");

    public static FieldProblem NotFound(string field, string value) => new("FieldValueNotFound", field, $"Not found: \"{value}\"");
}

/// <summary>A refusal as the API server words it: what becomes of it on the wire is a <c>Status</c>.</summary>
internal sealed class StatusException(int code, string reason, string message, JsonObject? details = null) : Exception(message)
{
    public int Code => code;

    public string Reason => reason;

    public JsonObject? Details => details;

    /// <summary>Seconds, for the header.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Where a list that has expired can go on, inconsistently.</summary>
    public string? Continue { get; init; }

    public JsonObject ToJson()
    {
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = Continue is null ? [] : new JsonObject { ["continue"] = Continue },
            ["status"] = "Failure",
            ["message"] = Message,
        };
        if (reason.Length > 0)
        {
            status["reason"] = reason;
        }

        if (details is not null)
        {
            status["details"] = details.DeepClone();
        }

        status["code"] = code;
        return status;
    }

    public static StatusException NotFound(ResourceKind kind, string name) =>
        new(404, "NotFound", $"{kind.Qualified} \"{name}\" not found", About(kind, name));

    public static StatusException NoSuchPath() =>
        new(404, "NotFound", "the server could not find the requested resource", []);

    public static StatusException AlreadyExists(ResourceKind kind, string name) =>
        new(409, "AlreadyExists", $"{kind.Qualified} \"{name}\" already exists", About(kind, name));

    public static StatusException Conflict(ResourceKind kind, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {kind.Qualified} \"{name}\": {why}", About(kind, name));

    public static StatusException Stale(ResourceKind kind, string name) => Conflict(kind, name,
        "the object has been modified; please apply your changes to the latest version and try again");

    public static StatusException Forbidden(ResourceKind kind, string name, string why) =>
        new(403, "Forbidden", name.Length == 0 ? $"{kind.Qualified} is forbidden: {why}" : $"{kind.Qualified} \"{name}\" is forbidden: {why}",
            About(kind, name));

    public static StatusException Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    public static StatusException BadRequest(string message) => new(400, "BadRequest", message);

    public static StatusException MethodNotAllowed() =>
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", []);

    public static StatusException UnsupportedMedia(string supported) => new(415, "UnsupportedMediaType",
        $"the body of the request was in an unknown format - accepted media types include: {supported}", []);

    public static StatusException Expired(string message) => new(410, "Expired", message);

    public static StatusException Invalid(ResourceKind kind, string name, IReadOnlyCollection<FieldProblem> problems)
    {
        var texts = problems.Select(one => $"{one.Field}: {one.Message}").Distinct(StringComparer.Ordinal).ToArray();
        var details = Named(name, kind.Group, kind.Kind);
        details["causes"] = Causes(problems.Select(one => (one.Reason, one.Message, one.Field)));
        var what = kind.Group.Length == 0 ? kind.Kind : $"{kind.Kind}.{kind.Group}";
        return new(422, "Invalid", $"{what} \"{name}\" is invalid: {(texts.Length == 1 ? texts[0] : $"[{string.Join(", ", texts)}]")}", details);
    }

    public static StatusException Conflicts(IReadOnlyList<FieldConflict> conflicts)
    {
        var text = conflicts.Count == 1
            ? $"Apply failed with 1 conflict: conflict with {conflicts[0].Manager.Shown}: {conflicts[0].Path}"
            : $"Apply failed with {conflicts.Count} conflicts: " + string.Join('\n', conflicts.GroupBy(one => one.Manager.Shown)
                .SelectMany(some => some.Select(one => $"- {one.Path}").Prepend($"conflicts with {some.Key}:")));
        return new(409, "Conflict", text, new JsonObject
        {
            ["causes"] = Causes(conflicts.Select(one => ("FieldManagerConflict", $"conflict with {one.Manager.Shown}", one.Path))),
        });
    }

    private static JsonArray Causes(IEnumerable<(string Reason, string Message, string Field)> causes) =>
        new([.. causes.Select(JsonNode? (one) => new JsonObject { ["reason"] = one.Reason, ["message"] = one.Message, ["field"] = one.Field })]);

    private static JsonObject About(ResourceKind kind, string name) => Named(name, kind.Group, kind.Plural);

    private static JsonObject Named(string name, string group, string kind)
    {
        var details = new JsonObject();
        if (name.Length > 0)
        {
            details["name"] = name;
        }

        if (group.Length > 0)
        {
            details["group"] = group;
        }

        details["kind"] = kind;
        return details;
    }
}
