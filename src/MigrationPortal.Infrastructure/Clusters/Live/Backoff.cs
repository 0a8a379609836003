namespace MigrationPortal.Infrastructure.Clusters.Live;

/// <summary>How long to wait after each failure in a row: doubling, with chance in it, so that a thousand watches which broke together do not come back together.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Func<double> chance)
{
    private int _failures;

    /// <param name="asked">The API server's own <c>Retry-After</c>: never sooner.</param>
    public TimeSpan Next(TimeSpan? asked)
    {
        var doubled = first * Math.Pow(2, Math.Min(_failures++, 16));
        var wait = (doubled < longest ? doubled : longest) * (0.5 + (chance() / 2));
        return asked is { } least && least > wait ? least * (1 + (chance() / 5)) : wait;
    }

    public void Reset() => _failures = 0;
}
