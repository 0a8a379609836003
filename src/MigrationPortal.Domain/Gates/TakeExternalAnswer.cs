using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <summary>A message in the Standard Webhooks form (standardwebhooks.com): three headers and the body as it came.</summary>
public sealed record SignedPost(string Id, string Timestamp, string Signatures, ReadOnlyMemory<byte> Body);

/// <summary>Takes an answer that is posted for an external gate, once, if its signature proves it.</summary>
public sealed class TakeExternalAnswer(IExternalGateStore store, IAuditTrail audit, IWorldClock clock, TimeProvider time)
{
    public const string NotProvenCode = "not-proven";
    private const int LongestId = 200;

    /// <returns>
    /// False when the message was taken before: again it changes nothing. Refuses <c>not-proven</c> (also of a gate that is not
    /// there: names are nobody's business) and <c>invalid-answer</c>.
    /// </returns>
    public async Task<Outcome<bool>> RunAsync(InstanceId instance, string name, SignedPost post, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(post);
        if (await ProvenAsync(instance, name, post, cancel) is not { } gate) return NotProven;
        var (read, problems) = ExternalAnswerBody.Read(post.Body.Span, time.GetUtcNow());
        if (read is null) return new Refusal("invalid-answer", problems);

        // It is written in real time and lasts as long by the instance's clock, which in a demo runs faster.
        var now = clock.Now(instance);
        var answer = new ExternalAnswer(post.Id, read.Verdict, read.Sentence, MessageSignature.SentAt(post.Timestamp)!.Value, now, now + read.Lasts);
        return await audit.ChangeAsync<bool>(
            async () => await store.AnswerAsync(gate, answer, cancel)
                ? (true, new AuditEntry(now, instance, Actor.Portal, "gates.external.answer", $"gates/external/{name}", null, null, JsonSerializer.Serialize(new { verdict = answer.Verdict.ToString(), answer.Sentence, answer.ExpiresAt })))
                : (false, null),
            cancel);
    }

    private async Task<ExternalGate?> ProvenAsync(InstanceId instance, string name, SignedPost post, CancellationToken cancel)
    {
        if (post.Id.Length is 0 or > LongestId || await store.FindAsync(instance, name, cancel) is not { Query: null } gate) return null;
        try
        {
            return await store.SecretAsync(gate.Id, cancel) is { } secret && SigningSecret.Key(secret) is { } key
                && MessageSignature.IsSigned(key, post.Id, post.Timestamp, post.Signatures, post.Body.Span, time.GetUtcNow()) ? gate : null;
        }
        catch (SecretLostException)
        {
            return null;
        }
    }

    private static Refusal NotProven => Refusal.Of(
        NotProvenCode, $"No signature proves this: sign '{{id}}.{{timestamp}}.{{body}}' by HMAC-SHA256 with the gate's secret, as standardwebhooks.com says, at most {MessageSignature.Window.TotalMinutes:0} minutes before it is sent.");
}
