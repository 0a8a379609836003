using System.Text.Json.Serialization;

namespace MigrationPortal.Simulator;

/// <param name="Lost">Share of deliveries that never leave, 0 to 1.</param>
/// <param name="Doubled">Share of deliveries sent twice under one <c>Idempotency-Key</c>, 0 to 1; with <paramref name="Lost"/> at most 1.</param>
/// <param name="Seed">Another seed, other luck.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DeliveryRule(double Lost = 0, double Doubled = 0, int Seed = 1)
{
    /// <summary>
    /// How often this event is sent. Drawn from the event alone, so that the same events meet the same fate in whatever
    /// order and at whatever speed they come.
    /// </summary>
    public int Times(int hookId, long jobId, int status)
    {
        var z = Mix(Mix(Mix((ulong)(uint)Seed) ^ (ulong)hookId) ^ ((ulong)jobId << 4 | (uint)status));
        var draw = (z >> 11) * (1.0 / (1UL << 53));
        return draw < Lost ? 0 : draw < Lost + Doubled ? 2 : 1;
    }

    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>What becomes of job events on their way to hooks: the rule in force, and counts since the start.</summary>
internal sealed class DeliveryFaults
{
    private long events;
    private long lost;
    private long doubled;
    private long overflowed;
    private long answered;
    private long failed;

    public DeliveryRule Rule { get; set; } = new();

    /// <summary>Draws for one event and counts it.</summary>
    public int Times(int hookId, long jobId, int status)
    {
        var times = Rule.Times(hookId, jobId, status);
        Interlocked.Increment(ref events);
        if (times != 1)
        {
            Interlocked.Increment(ref times == 0 ? ref lost : ref doubled);
        }

        return times;
    }

    /// <summary>The queue was full: nobody will send this one.</summary>
    public void Overflow() => Interlocked.Increment(ref overflowed);

    public void Sent(bool taken) => Interlocked.Increment(ref taken ? ref answered : ref failed);

    /// <param name="waiting">Deliveries still under way.</param>
    public object Told(int waiting) => new { Rule.Lost, Rule.Doubled, Rule.Seed, counts = new { events, lost, doubled, overflowed, answered, failed, waiting } };
}
