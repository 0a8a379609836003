namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>For what the portal shows once its sweeps have read it: asked again until it is so.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>Asks until the answer is as it should be; after that the last answer is shown.</summary>
    public static async Task<T> BeAsync<T>(Func<Task<T>> read, Func<T, bool> right, CancellationToken cancellation, TimeSpan? patience = null)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        var seen = await read();
        while (!right(seen) && waited.Elapsed < (patience ?? Patience))
        {
            await Task.Delay(Pause, cancellation);
            seen = await read();
        }

        right(seen).ShouldBeTrue($"After {waited.Elapsed.TotalSeconds:0} s: {seen}");
        return seen;
    }

    /// <summary>Reads until it equals what is true, in any order; after that the difference is shown as it last was.</summary>
    /// <returns>What was read.</returns>
    public static async Task<IReadOnlyList<T>> EqualAsync<T>(Func<Task<IReadOnlyList<T>>> read, IReadOnlyList<T> truth, CancellationToken cancellation)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        var seen = await read();
        while (!seen.ToHashSet().SetEquals(truth) && waited.Elapsed < Patience)
        {
            await Task.Delay(Pause, cancellation);
            seen = await read();
        }

        seen.ShouldBe(truth, ignoreOrder: true);
        return seen;
    }
}
