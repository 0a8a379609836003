using System.Text;
using System.Text.Json;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>
/// What the portal needs of a job event's some 3,000 bytes (gitlab-api.md 5.4), read in one pass: events come by the
/// thousand a second, and a general deserializer is half of what one costs.
/// </summary>
internal struct JobEventBody
{
    public bool IsJob { get; private set; }

    public long BuildId { get; private set; }

    public long ProjectId { get; private set; }

    public long? PipelineId { get; private set; }

    public long? RunnerId { get; private set; }

    public string? Name { get; private set; }

    public string? Stage { get; private set; }

    public string? Ref { get; private set; }

    public string? Status { get; private set; }

    public string? FailureReason { get; private set; }

    public DateTimeOffset? CreatedAt { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>Seconds.</summary>
    public double? QueuedDuration { get; private set; }

    public bool? AllowFailure { get; private set; }

    /// <exception cref="JsonException">It is no JSON, or a member is not of its type.</exception>
    public static JobEventBody Read(ReadOnlySpan<byte> body, SharedTexts texts)
    {
        var json = new Utf8JsonReader(body);
        var read = new JobEventBody();
        try
        {
            json.Read();
            if (json.TokenType == JsonTokenType.Null) return read;
            if (json.TokenType != JsonTokenType.StartObject) throw new JsonException("It is not an object.");
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName) read.Take(ref json, texts);
            // Refuses what may stand behind the end.
            json.Read();
            return read;
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("A text is not valid Unicode.");
        }
    }

    private void Take(ref Utf8JsonReader json, SharedTexts texts)
    {
        var name = json.ValueSpan;
        if (name.StartsWith("build_"u8))
        {
            TakeBuild(ref json, name["build_".Length..], texts);
            return;
        }

        if (name.SequenceEqual("object_kind"u8)) IsJob = Text(ref json, texts) == "build";
        else if (name.SequenceEqual("ref"u8)) Ref = Text(ref json, texts);
        else if (name.SequenceEqual("project_id"u8)) ProjectId = Number(ref json) ?? 0;
        else if (name.SequenceEqual("pipeline_id"u8)) PipelineId = Number(ref json);
        else if (name.SequenceEqual("runner"u8)) RunnerId = Id(ref json);
        else json.Skip();
    }

    private void TakeBuild(ref Utf8JsonReader json, ReadOnlySpan<byte> name, SharedTexts texts)
    {
        if (name.SequenceEqual("id"u8)) BuildId = Number(ref json) ?? 0;
        else if (name.SequenceEqual("name"u8)) Name = Text(ref json, texts);
        else if (name.SequenceEqual("stage"u8)) Stage = Text(ref json, texts);
        else if (name.SequenceEqual("status"u8)) Status = Text(ref json, texts);
        else if (name.SequenceEqual("failure_reason"u8)) FailureReason = Text(ref json, texts);
        else if (name.SequenceEqual("created_at"u8)) CreatedAt = Time(ref json);
        else if (name.SequenceEqual("started_at"u8)) StartedAt = Time(ref json);
        else if (name.SequenceEqual("finished_at"u8)) FinishedAt = Time(ref json);
        else if (name.SequenceEqual("queued_duration"u8)) QueuedDuration = Next(ref json, JsonTokenType.Number) ? json.GetDouble() : null;
        else if (name.SequenceEqual("allow_failure"u8)) AllowFailure = Flag(ref json);
        else json.Skip();
    }

    private static string? Text(ref Utf8JsonReader json, SharedTexts texts) => Next(ref json, JsonTokenType.String) ? texts.Read(ref json) : null;

    private static long? Number(ref Utf8JsonReader json)
    {
        if (!Next(ref json, JsonTokenType.Number)) return null;
        return json.TryGetInt64(out var number) ? number : throw new JsonException("A number is not whole.");
    }

    private static bool? Flag(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Null => null,
            _ => throw new JsonException("'build_allow_failure' is neither true nor false."),
        };
    }

    private static long? Id(ref Utf8JsonReader json)
    {
        if (!Next(ref json, JsonTokenType.StartObject)) return null;
        long? id = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("id"u8)) id = Number(ref json);
            else json.Skip();
        }

        return id;
    }

    private static DateTimeOffset? Time(ref Utf8JsonReader json)
    {
        if (!Next(ref json, JsonTokenType.String)) return null;
        return json.ValueIsEscaped ? EventTime.Read(Encoding.UTF8.GetBytes(json.GetString()!)) : EventTime.Read(json.ValueSpan);
    }

    /// <returns>False for null.</returns>
    private static bool Next(ref Utf8JsonReader json, JsonTokenType wanted)
    {
        var name = json.ValueSpan;
        json.Read();
        if (json.TokenType == wanted) return true;
        if (json.TokenType == JsonTokenType.Null) return false;
        throw new JsonException($"'{Encoding.UTF8.GetString(name)}' is a {json.TokenType} and not a {wanted}.");
    }
}
