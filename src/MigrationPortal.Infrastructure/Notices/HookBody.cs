using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationPortal.Domain.Notices;

namespace MigrationPortal.Infrastructure.Notices;

/// <summary>The body of a generic webhook: type, timestamp and data, as standardwebhooks.com advises. A promise: fields are only ever added.</summary>
internal static class HookBody
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    public static byte[] Of(Message message) => JsonSerializer.SerializeToUtf8Bytes(
        new Envelope(
            message.Notice.Kind.Name, message.Notice.At.UtcDateTime,
            new Content(message.Stored.Id, message.Notice.Instance.Name, message.Severity, message.Notice.Sentence, message.Notice.Numbers, message.Link, message.TakenBy)),
        Form);

    private sealed record Envelope(string Type, DateTime Timestamp, Content Data);

    private sealed record Content(long Id, string Instance, string Severity, string Sentence, IReadOnlyList<NoticeNumber> Numbers, string? Link, string? TakenBy);
}
