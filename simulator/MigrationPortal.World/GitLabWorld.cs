namespace MigrationPortal.World;

/// <summary>One simulated GitLab instance. Pure and deterministic: the same options and the same inputs at the same world
/// times give the same world, event by event. It has no clock; <see cref="AdvanceTo"/> moves it. Not thread-safe.</summary>
public sealed class GitLabWorld
{
    private readonly Engine engine;
    private readonly List<RecordedInput> log = [];

    /// <summary>Builds the world and lives its history up to <see cref="WorldOptions.Now"/>.</summary>
    public GitLabWorld(WorldOptions options)
    {
        Options = options;
        engine = Engine.Create(options);
        engine.RunUntil(WorldTime.Ms(options.Now));
    }

    public WorldOptions Options { get; }

    public DateTimeOffset Now => WorldTime.From(engine.NowMs);

    public Directory Directory => engine.Directory;

    public Fleet Fleet => engine.Fleet;

    public JobStore Jobs => engine.Jobs;

    public CodeHost Code => engine.Code;

    public EventFeed Events => engine.Events;

    public FaultBook Faults => engine.Faults;

    public TruthBook Truth => engine.Truth;

    /// <summary>Every accepted input so far, in order: with <see cref="Options"/> and <see cref="Now"/> all one must store.</summary>
    public IReadOnlyList<RecordedInput> InputLog => log;

    /// <summary>The world of these options after these inputs, at that time.</summary>
    public static GitLabWorld Replay(WorldOptions options, IEnumerable<RecordedInput> inputs, DateTimeOffset now)
    {
        var world = new GitLabWorld(options);
        foreach (var recorded in inputs)
        {
            world.AdvanceTo(recorded.At);
            world.Apply(recorded.Input);
        }

        world.AdvanceTo(now);
        return world;
    }

    /// <summary>Lives on to this instant. An instant not after <see cref="Now"/> changes nothing.</summary>
    public void AdvanceTo(DateTimeOffset instant) => engine.RunUntil(WorldTime.Ms(instant));

    /// <summary>Does it at <see cref="Now"/>. A refused input changes nothing and is not logged.</summary>
    public InputResult Apply(WorldInput input)
    {
        var result = engine.Apply(input);
        if (result.Ok)
        {
            log.Add(new RecordedInput(Now, input));
        }

        return result;
    }
}
