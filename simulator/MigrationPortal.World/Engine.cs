namespace MigrationPortal.World;

/// <summary>The moving parts behind a world, and the loop that moves them.</summary>
internal sealed class Engine
{
    private readonly Desks desks;

    private Engine(WorldOptions options)
    {
        Options = options;
        NowMs = WorldTime.Ms(options.Now) - (options.HistoryDays * WorldTime.Day);
        Code = new CodeHost(this);
        Truth = new TruthBook(this);
        Dispatcher = new Dispatcher(Fleet, Scheduler);
        Outcomes = new OutcomeModel(options, Faults, Smoke);
        Configs = new CiConfigs(Directory);
        Variables = new CiVariableScope(Directory);
        Life = new JobLife(this);
        Pipelines = new PipelineLife(this);
        Rush = new Rush(this);
        Habits = new Habits(this);
        Darkness = new Darkness(this);
        Repositories = new RepositoryDesk(this);
        desks = new Desks(this);
    }

    public WorldOptions Options { get; }

    public long NowMs { get; private set; }

    public Scheduler Scheduler { get; } = new();

    public Directory Directory { get; } = new();

    public Fleet Fleet { get; } = new();

    public JobStore Jobs { get; } = new();

    public EventFeed Events { get; } = new();

    public FaultBook Faults { get; } = new();

    public SmokeBook Smoke { get; } = new();

    public CodeHost Code { get; }

    public TruthBook Truth { get; }

    public Dispatcher Dispatcher { get; }

    public OutcomeModel Outcomes { get; }

    public CiConfigs Configs { get; }

    public CiVariableScope Variables { get; }

    public JobLife Life { get; }

    public PipelineLife Pipelines { get; }

    public Habits Habits { get; }

    public Rush Rush { get; }

    public Darkness Darkness { get; }

    public RepositoryDesk Repositories { get; }

    public static Engine Create(WorldOptions options)
    {
        var engine = new Engine(options);
        new WorldBuilder(engine).Build();
        return engine;
    }

    public void RunUntil(long instant)
    {
        while (Scheduler.TryNext(instant, out var at, out var planned))
        {
            NowMs = Math.Max(NowMs, at);
            Happen(planned);
        }

        NowMs = Math.Max(NowMs, instant);
    }

    public InputResult Apply(WorldInput input) => desks.Apply(input);

    private void Happen(Planned planned)
    {
        switch (planned.What)
        {
            case Happening.Wake:
                var manager = (RunnerManager)planned.Subject;
                if (manager.WakeAt == NowMs)
                {
                    manager.WakeAt = long.MaxValue;
                    Life.Poll(manager);
                }

                break;
            case Happening.Push:
                Habits.Push((ProjectActivity)planned.Subject);
                break;
            case Happening.ExtraPush:
                Habits.PushMore((ProjectActivity)planned.Subject, planned.Version);
                break;
            case Happening.Schedule:
                var (project, schedule) = ((Project, PipelineSchedule))planned.Subject;
                Habits.RunSchedule(project, schedule);
                break;
            case Happening.MergeDecision:
                Repositories.Review((MergeRequest)planned.Subject);
                break;
            case Happening.LightReturns:
                Darkness.End((ComeBack)planned.Subject, planned.Version);
                break;
            default:
                JobMoment((Job)planned.Subject, planned);
                break;
        }
    }

    private void JobMoment(Job job, Planned planned)
    {
        if (job.Version != planned.Version)
        {
            return;
        }

        switch (planned.What)
        {
            case Happening.JobEnds:
                Life.End(job);
                break;
            case Happening.StuckCheck:
                Life.CheckStuck(job);
                break;
            case Happening.JobLost:
                Life.Lose(job);
                break;
            case Happening.UserCancel:
                Life.Cancel(job);
                break;
            case Happening.UserRetry when !job.Retried && !job.Project.Archived:
                Pipelines.Retry(job, job.User);
                break;
            case Happening.UserPlay when !job.Project.Archived:
                Life.Queue(job);
                Pipelines.Refresh(job.Pipeline);
                break;
        }
    }
}
