namespace MigrationPortal.World;

/// <summary>The moving parts behind a world.</summary>
internal sealed class Engine
{
    private Engine(WorldOptions options)
    {
        Options = options;
        NowMs = WorldTime.Ms(options.Now) - (options.HistoryDays * WorldTime.Day);
        Code = new CodeHost(this);
        Truth = new TruthBook(this);
    }

    public WorldOptions Options { get; }

    public long NowMs { get; private set; }

    public Directory Directory { get; } = new();

    public Fleet Fleet { get; } = new();

    public JobStore Jobs { get; } = new();

    public CodeHost Code { get; }

    public EventFeed Events { get; } = new();

    public FaultBook Faults { get; } = new();

    public TruthBook Truth { get; }

    public static Engine Create(WorldOptions options)
    {
        var engine = new Engine(options);
        engine.Directory.Add(new User
        {
            Id = 1,
            Username = "mara",
            Name = "Mara Lindqvist",
            Email = "mara@example.org",
            IsAdmin = true,
            CreatedAt = WorldTime.From(engine.NowMs),
        });
        return engine;
    }

    public void RunUntil(long instant) => NowMs = Math.Max(NowMs, instant);

    public InputResult Apply(WorldInput input) => InputResult.No(RefusalKind.BadRequest, $"{input.GetType().Name} is not possible in this world");
}
