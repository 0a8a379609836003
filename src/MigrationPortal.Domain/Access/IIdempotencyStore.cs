namespace MigrationPortal.Domain.Access;

/// <summary>Answers of POSTs by <c>Idempotency-Key</c>, so that a repeated request is answered, not repeated.</summary>
public interface IIdempotencyStore
{
    /// <summary>Claims a key for one caller and route, or says what became of it.</summary>
    /// <param name="caller">Whose key: keys of different callers never meet.</param>
    /// <param name="bodyHash">Of the request's body; another body under the same key is a <see cref="IdempotencyClaim.OtherBody"/>.</param>
    Task<IdempotencyClaim> ClaimAsync(string caller, string route, string key, string bodyHash, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Writes the answer under a claimed key.</summary>
    Task AnswerAsync(string caller, string route, string key, StoredAnswer answer, CancellationToken cancel);

    /// <summary>Gives a claimed key back: the request failed and may be tried again.</summary>
    Task ForgetAsync(string caller, string route, string key, CancellationToken cancel);

    /// <returns>How many keys claimed before that were removed; they may be used anew.</returns>
    Task<int> RemoveAsync(DateTimeOffset before, CancellationToken cancel);
}

public sealed record StoredAnswer(int Status, string Body, string? Location);

public abstract record IdempotencyClaim
{
    private IdempotencyClaim()
    {
    }

    /// <summary>Go on, then answer or forget. A claim left unanswered for two minutes may be claimed again.</summary>
    public sealed record Yours : IdempotencyClaim;

    public sealed record Answered(StoredAnswer Answer) : IdempotencyClaim;

    /// <summary>The first request is still running.</summary>
    public sealed record UnderWay : IdempotencyClaim;

    public sealed record OtherBody : IdempotencyClaim;
}
