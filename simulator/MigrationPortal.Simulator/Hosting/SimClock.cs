using System.Diagnostics;

namespace MigrationPortal.Simulator;

/// <summary>Moves both worlds together. One mover at a time: the ticker or an explicit step.</summary>
internal sealed class SimClock(IReadOnlyList<Instance> instances, Journal journal) : IDisposable
{
    public const double MaxSpeed = 3600;

    // The longest a request should find the lock taken by time itself.
    private static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(12);

    private readonly SemaphoreSlim mover = new(1, 1);
    private TimeSpan slice = TimeSpan.FromSeconds(30);
    private double speed;

    /// <summary>After each slice of an instance: where events are handed on.</summary>
    public Action<Instance>? Moved { get; set; }

    /// <summary>Before the first slice, and after each slice of both instances.</summary>
    public Func<Task>? Stepped { get; set; }

    /// <summary>What a slice should not jump over; null: nothing.</summary>
    public Func<DateTimeOffset?>? Due { get; set; }

    public double Speed
    {
        get => Volatile.Read(ref speed);
        set => Volatile.Write(ref speed, Math.Clamp(value, 0, MaxSpeed));
    }

    public DateTimeOffset Now => instances[0].Do(w => w.Now);

    /// <summary>Lives on for this long.</summary>
    /// <param name="ahead">How much further the journal may promise, so that it need not be asked on each tick.</param>
    /// <param name="cancellation">Stops between two slices.</param>
    public async Task AdvanceAsync(TimeSpan by, TimeSpan ahead, CancellationToken cancellation)
    {
        await mover.WaitAsync(cancellation);
        try
        {
            var target = Now + by;
            await journal.PromiseAsync(target, ahead, cancellation);
            await (Stepped?.Invoke() ?? Task.CompletedTask);
            for (var now = Now; now < target;)
            {
                now = End(now, target);
                await StepAsync(now, cancellation);
            }
        }
        finally
        {
            mover.Release();
        }
    }

    public void Dispose() => mover.Dispose();

    private DateTimeOffset End(DateTimeOffset now, DateTimeOffset target)
    {
        var end = now + slice < target ? now + slice : target;
        return Due?.Invoke() is { } due && due > now && due < end ? due : end;
    }

    private async Task StepAsync(DateTimeOffset instant, CancellationToken cancellation)
    {
        foreach (var instance in instances)
        {
            var started = Stopwatch.GetTimestamp();
            instance.Advance(instant);
            var held = Stopwatch.GetElapsedTime(started);
            slice = held > LongestHold ? Max(slice / 2, TimeSpan.FromSeconds(1))
                : held < LongestHold / 4 ? Min(slice * 1.5, TimeSpan.FromMinutes(20))
                : slice;
            Moved?.Invoke(instance);
            cancellation.ThrowIfCancellationRequested();
            while (instance.Wanted)
            {
                await Task.Delay(1, cancellation);
            }
        }

        await (Stepped?.Invoke() ?? Task.CompletedTask);
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
