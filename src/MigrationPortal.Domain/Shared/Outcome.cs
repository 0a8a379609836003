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

    public TOut Match<TOut>(Func<T, TOut> done, Func<Refusal, TOut> refused)
    {
        ArgumentNullException.ThrowIfNull(done);
        ArgumentNullException.ThrowIfNull(refused);
        return this is Done ok ? done(ok.Result) : refused(((Refused)this).Refusal);
    }
}
