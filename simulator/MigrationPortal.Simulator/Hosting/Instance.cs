using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>One GitLab of the two: its world behind one lock. Holds of the lock are short: a request's answer is made
/// inside, written outside; time moves in small slices.</summary>
public sealed class Instance
{
    private readonly Lock gate = new();
    private int waiting;

    internal Instance(string name, string pathBase, GitLabWorld world)
    {
        Name = name;
        PathBase = pathBase;
        World = world;
        Settings = new InstanceSettings();
        HookLog = new HookLog();
    }

    /// <summary><c>production</c> or <c>qa</c>.</summary>
    public string Name { get; }

    /// <summary>Empty for production, <c>/qa</c> for QA.</summary>
    public string PathBase { get; }

    /// <summary>Where it is known to answer, without a trailing slash.</summary>
    internal string Address { get; set; } = "http://localhost";

    internal InstanceSettings Settings { get; }

    internal HookLog HookLog { get; }

    internal GitLabWorld World { get; }

    /// <summary>Somebody waits for the lock: whoever moves time should let them in.</summary>
    internal bool Wanted => Volatile.Read(ref waiting) > 0;

    /// <summary>Does something with the world alone in it. Return nothing that reads the world later.</summary>
    public T Do<T>(Func<GitLabWorld, T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Interlocked.Increment(ref waiting);
        lock (gate)
        {
            Interlocked.Decrement(ref waiting);
            return work(World);
        }
    }

    /// <summary>Moves time without counting as somebody who waits.</summary>
    internal void Advance(DateTimeOffset instant)
    {
        lock (gate)
        {
            World.AdvanceTo(instant);
        }
    }
}
