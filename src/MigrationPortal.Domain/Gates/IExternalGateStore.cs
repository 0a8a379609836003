using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <param name="Message">The sender's id of it: the same is taken once.</param>
/// <param name="SentAt">As its signature says; real time.</param>
/// <param name="At">When it came; the instance's time.</param>
/// <param name="ExpiresAt">The instance's time.</param>
public sealed record ExternalAnswer(string Message, GateVerdict Verdict, string Sentence, DateTimeOffset SentAt, DateTimeOffset At, DateTimeOffset ExpiresAt);

/// <summary>External gates and the answers that were posted; secrets are encrypted at rest and leave the store for use alone.</summary>
public interface IExternalGateStore
{
    /// <summary>In the order of their names.</summary>
    Task<IReadOnlyList<ExternalGate>> ListAsync(InstanceId instance, CancellationToken cancel);

    Task<ExternalGate?> FindAsync(InstanceId instance, string name, CancellationToken cancel);

    /// <returns>Null when it has none, or there is no such gate.</returns>
    /// <exception cref="SecretLostException">It cannot be decrypted any more.</exception>
    Task<string?> SecretAsync(long id, CancellationToken cancel);

    /// <returns>With its id and version; null when another one has that name.</returns>
    Task<ExternalGate?> AddAsync(ExternalGate gate, string? secret, CancellationToken cancel);

    /// <param name="secret">Null: it stays; empty: it is taken away.</param>
    /// <returns>With its new version; null when it has another version meanwhile, or is gone.</returns>
    Task<ExternalGate?> SaveAsync(ExternalGate gate, string? secret, CancellationToken cancel);

    /// <summary>With its answer.</summary>
    /// <returns>False when it was not there.</returns>
    Task<bool> RemoveAsync(long id, CancellationToken cancel);

    /// <summary>Takes an answer once. An older one than the last changes nothing.</summary>
    /// <returns>False when this message was taken before.</returns>
    Task<bool> AnswerAsync(ExternalGate gate, ExternalAnswer answer, CancellationToken cancel);

    /// <summary>The last one; null: none yet.</summary>
    Task<ExternalAnswer?> LastAnswerAsync(long id, CancellationToken cancel);
}

/// <summary>Asks Prometheus. Never throws for what it answers: trouble is part of the answer.</summary>
public interface IPrometheus
{
    /// <param name="token">Sent as bearer; null: none.</param>
    Task<PromFacts> AskAsync(PromQuery query, string? token, CancellationToken cancel);
}

/// <summary>A stored secret was encrypted with a key that is gone: it must be entered or made again.</summary>
public sealed class SecretLostException : Exception
{
    public SecretLostException()
    {
    }

    public SecretLostException(string message) : base(message)
    {
    }

    public SecretLostException(string message, Exception inner) : base(message, inner)
    {
    }
}
