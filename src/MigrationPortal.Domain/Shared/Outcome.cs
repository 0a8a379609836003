using System.Diagnostics.CodeAnalysis;

namespace MigrationPortal.Domain.Shared;

/// <summary>What a use-case answers: its result, or the refusal that says why not.</summary>
public abstract record Outcome<T>
{
    private Outcome()
    {
    }

    public sealed record Done(T Result) : Outcome<T>;

    public sealed record Refused(Refusal Refusal) : Outcome<T>;

    public static implicit operator Outcome<T>(T result) => new Done(result);

    public static implicit operator Outcome<T>(Refusal refusal) => new Refused(refusal);

    /// <summary>For a use-case that goes on with the result and answers with the refusal.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T result, [NotNullWhen(false)] out Refusal? refusal)
    {
        (result, refusal) = this is Done ok ? (ok.Result, (Refusal?)null) : (default, ((Refused)this).Refusal);
        return refusal is null;
    }

    public TOut Match<TOut>(Func<T, TOut> done, Func<Refusal, TOut> refused)
    {
        ArgumentNullException.ThrowIfNull(done);
        ArgumentNullException.ThrowIfNull(refused);
        return this is Done ok ? done(ok.Result) : refused(((Refused)this).Refusal);
    }
}
