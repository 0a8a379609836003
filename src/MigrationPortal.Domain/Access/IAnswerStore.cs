namespace MigrationPortal.Domain.Access;

/// <summary>Answers already given to requests with an idempotency key, so that a repeated request changes nothing.</summary>
public interface IAnswerStore
{
    /// <summary>Claims the key for this request, unless it is already there.</summary>
    /// <param name="expired">Answers claimed before this instant count as never given.</param>
    /// <returns>Null when claimed now; else what is there.</returns>
    Task<GivenAnswer?> ClaimAsync(AnswerKey key, byte[] requestHash, DateTimeOffset now, DateTimeOffset expired, CancellationToken cancel);

    Task KeepAsync(AnswerKey key, GivenAnswer answer, CancellationToken cancel);

    /// <summary>Frees a claimed key, because the request failed without an effect.</summary>
    Task ReleaseAsync(AnswerKey key, CancellationToken cancel);
}

/// <param name="Caller">Keys of different callers never meet.</param>
public readonly record struct AnswerKey(string Caller, string Key);

/// <param name="Status">HTTP status; null while the first request is still under way.</param>
public sealed record GivenAnswer(byte[] RequestHash, int? Status, string? ContentType, string? Location, byte[]? Body);
