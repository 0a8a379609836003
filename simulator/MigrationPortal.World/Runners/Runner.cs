namespace MigrationPortal.World;

public enum RunnerType
{
    Instance,
    Group,
    Project,
}

/// <summary>The executors this world runs. Wire names by <see cref="ExecutorNames.Wire"/>.</summary>
public enum Executor
{
    Unknown,
    Shell,
    Docker,
    DockerMachine,
    DockerWindows,
    Kubernetes,
}

public static class ExecutorNames
{
    /// <summary>As GitLab's GraphQL says it, such as <c>docker+machine</c>.</summary>
    public static string Wire(this Executor executor) => executor switch
    {
        Executor.Shell => "shell",
        Executor.Docker => "docker",
        Executor.DockerMachine => "docker+machine",
        Executor.DockerWindows => "docker-windows",
        Executor.Kubernetes => "kubernetes",
        _ => "unknown",
    };
}

/// <summary>GitLab's own contact status: online within 2 hours, stale after 7 days.</summary>
public enum ContactStatus
{
    Online,
    Offline,
    Stale,
    NeverContacted,
}

public sealed class Runner
{
    public required int Id { get; init; }

    public string? Description { get; internal set; }

    public required RunnerType Type { get; init; }

    public bool Paused { get; internal set; }

    public bool Locked { get; internal set; }

    public bool RunUntagged { get; internal set; }

    /// <summary>Tags in the order they were given.</summary>
    public IReadOnlyList<string> TagList { get; internal set; } = [];

    public bool RefProtected { get; internal set; }

    /// <summary>In seconds, at least 600; null for none.</summary>
    public int? MaximumTimeout { get; internal set; }

    public string? MaintenanceNote { get; internal set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public User? CreatedBy { get; init; }

    /// <summary>Set for group runners.</summary>
    public Group? Group { get; init; }

    /// <summary>Projects of a project runner; the first one owns it.</summary>
    public IReadOnlyList<Project> Projects => ProjectList;

    public IReadOnlyList<RunnerManager> Managers => ManagerList;

    /// <summary>The authentication token (<c>glrt-t1_...</c>). Show it once, at creation or reset.</summary>
    public string Token { get; internal set; } = "";

    /// <summary>What names the runner in logs, pods and metrics: the nine characters that GraphQL calls its short SHA.</summary>
    public string ShortToken => Token[(Token.IndexOf('_', StringComparison.Ordinal) + 1)..] is { Length: >= 9 } text ? text[..9] : "t1xxxxxxx";

    public DateTimeOffset? ContactedAt(DateTimeOffset now) => ManagerList.Count == 0
        ? null
        : ManagerList.Max(m => m.ContactedAt(now));

    public ContactStatus Status(DateTimeOffset now) => ContactRule.Of(CreatedAt, ContactedAt(now), now);

    /// <summary>Jobs it runs at this moment.</summary>
    public int RunningJobs => ManagerList.Sum(m => m.RunningList.Count);

    internal TagSet Tags { get; set; } = TagSet.Empty;

    internal List<Project> ProjectList { get; } = [];

    internal List<RunnerManager> ManagerList { get; } = [];

    /// <summary>Every job it ever took, by id.</summary>
    internal List<Job> JobList { get; } = [];

    internal bool Deleted { get; set; }

    internal int TokenTurn { get; set; }
}

public sealed class RunnerManager
{
    public required int Id { get; init; }

    public required Runner Runner { get; init; }

    public required string SystemId { get; init; }

    public required Executor Executor { get; init; }

    public required string Version { get; init; }

    public string Revision { get; init; } = "d79f3e7b";

    public string Platform { get; init; } = "linux";

    public string Architecture { get; init; } = "amd64";

    public string? IpAddress { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Jobs it runs at once at most.</summary>
    public required int Slots { get; set; }

    /// <summary>The cluster it works in; null for all but Kubernetes.</summary>
    public string? Cluster { get; init; }

    /// <summary>Its process is up and can reach GitLab: it asks every three seconds.</summary>
    public bool IsPolling => Up && !Dark && !IsStopping;

    /// <summary>Its process is there, whether or not it asks for jobs.</summary>
    public bool IsUp => Up;

    /// <summary>It asks for no more jobs and goes when its last one has ended.</summary>
    public bool IsStopping { get; internal set; }

    /// <summary>Jobs it ever took.</summary>
    public int JobsTaken { get; internal set; }

    /// <summary>Its failed jobs by reason.</summary>
    public IReadOnlyDictionary<FailureReason, int> Failed => FailedByReason;

    public IReadOnlyCollection<Job> RunningJobs => RunningList;

    /// <summary>Its last call; for one that is up the last tick of its poll at or before <paramref name="now"/>.</summary>
    public DateTimeOffset? ContactedAt(DateTimeOffset now)
    {
        if (!Up || Dark)
        {
            return LastContactMs is { } last ? WorldTime.From(last) : null;
        }

        return WorldTime.From(PollGrid.LastTick(PhaseMs, WorldTime.Ms(now)));
    }

    public ContactStatus Status(DateTimeOffset now) => ContactRule.Of(CreatedAt, ContactedAt(now), now);

    internal bool Up { get; set; }

    internal bool Dark { get; set; }

    /// <summary>When the present or last darkness began.</summary>
    internal long DarkSinceMs { get; set; }

    internal long? LastContactMs { get; set; }

    /// <summary>Where in the three-second grid this manager asks.</summary>
    internal int PhaseMs { get; init; }

    internal List<Job> RunningList { get; } = [];

    internal SortedDictionary<FailureReason, int> FailedByReason { get; } = [];

    internal long WakeAt { get; set; } = long.MaxValue;
}

internal static class PollGrid
{
    public const int IntervalMs = 3000;

    public static long LastTick(int phase, long now) => now - Modulo(now - phase);

    /// <summary>The first tick at or after <paramref name="now"/>.</summary>
    public static long NextTick(int phase, long now)
    {
        var past = Modulo(now - phase);
        return past == 0 ? now : now + IntervalMs - past;
    }

    private static long Modulo(long value) => ((value % IntervalMs) + IntervalMs) % IntervalMs;
}

internal static class ContactRule
{
    public static readonly TimeSpan OnlineFor = TimeSpan.FromHours(2);
    public static readonly TimeSpan StaleAfter = TimeSpan.FromDays(7);

    public static ContactStatus Of(DateTimeOffset created, DateTimeOffset? contacted, DateTimeOffset now)
    {
        var newest = contacted is { } c && c > created ? c : created;
        return now - newest >= StaleAfter ? ContactStatus.Stale
            : contacted is null ? ContactStatus.NeverContacted
            : now - contacted.Value < OnlineFor ? ContactStatus.Online
            : ContactStatus.Offline;
    }
}
