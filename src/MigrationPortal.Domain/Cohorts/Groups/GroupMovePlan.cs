using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Groups;

/// <summary>What a group's variable does to one job. Order is that of the page: what changes first.</summary>
public enum GroupJobKind
{
    /// <summary>Would fail on Kubernetes and be moved there: in the way of the whole group.</summary>
    Blocked,

    /// <summary>Would find no runner with the tags that the variable gives: in the way too.</summary>
    Stuck,

    /// <summary>Gets other tags.</summary>
    Moves,

    /// <summary>Asks for that already.</summary>
    There,

    /// <summary>A variable of the project, or of a group nearer to it, wins.</summary>
    Shadowed,

    /// <summary>Its tags do not come from the variable.</summary>
    Untouched,
}

/// <param name="Tags">As its CI file writes them.</param>
/// <param name="To">What it asks for afterwards; null where the variable has no say.</param>
/// <param name="Why">Why it is not moved; null when it is.</param>
public sealed record GroupJob(string Name, IReadOnlyList<string> Tags, TagSet? To, GroupJobKind Kind, string? Why)
{
    public bool IsInTheWay => Kind is GroupJobKind.Blocked or GroupJobKind.Stuck;

    public bool IsLed => Kind is GroupJobKind.Moves or GroupJobKind.There or GroupJobKind.Blocked or GroupJobKind.Stuck;
}

/// <param name="Shadow">Where the variable is set nearer to the jobs, such as <c>the project itself</c>; null: the group's wins.</param>
/// <param name="Own">The place in the migration that it keeps; null: it has none, or one by a group.</param>
public sealed record GroupProject(ProjectId Project, string FullPath, IReadOnlyList<GroupJob> Jobs, string? Shadow, EnrollmentState? Own)
{
    /// <summary>The variable decides about at least one of its jobs.</summary>
    public bool IsLed => Jobs.Any(job => job.IsLed);
}

/// <param name="Job">Null: the project as a whole.</param>
/// <param name="CanPin">A variable of the project's own keeps it where it is, and out of the way.</param>
public sealed record GroupObstacle(ProjectId Project, string FullPath, string? Job, string Sentence, bool CanPin);

/// <summary>A project of the group as the plan needs it.</summary>
/// <param name="Jobs">Name and tags as written; null: its CI file was not looked at yet.</param>
/// <param name="Blocked">Jobs that will fail on Kubernetes.</param>
/// <param name="Served">Whether a Kubernetes runner would take a job of it with these tags.</param>
public sealed record GroupSubject(
    ProjectId Project, string FullPath, IReadOnlyList<(string Name, IReadOnlyList<string> Tags)>? Jobs, IReadOnlySet<string> Blocked, string? Shadow, EnrollmentState? Own, Func<TagSet, bool> Served);

/// <summary>
/// What setting a group's variable does to every job of every project below the group. One value for all: it is offered only
/// when no job that it leads would fail or be stuck. A pure function of what was scanned and of what stands.
/// </summary>
/// <param name="To">What the variable is to give; null: it has no counterpart on Kubernetes.</param>
/// <param name="InTheWay">Everything that must be settled first; a project without own answer counts once a job.</param>
public sealed record GroupMovePlan(string Variable, TagSet? To, IReadOnlyList<GroupProject> Projects, IReadOnlyList<GroupObstacle> InTheWay)
{
    public int Moving => Projects.Sum(one => one.Jobs.Count(job => job.Kind == GroupJobKind.Moves));

    public IEnumerable<GroupProject> Led => Projects.Where(one => one.IsLed);

    public bool IsOffered => To is not null && InTheWay.Count == 0 && Moving > 0;

    /// <param name="now">What the variable gives today: what is replaced, never added to.</param>
    public static GroupMovePlan Of(string variable, TagSet now, MoveTags tags, IEnumerable<GroupSubject> subjects)
    {
        var (to, inTheWay) = Target(now, tags);
        var (projects, obstacles) = (new List<GroupProject>(), new List<GroupObstacle>());
        foreach (var one in subjects)
        {
            if (one.Jobs is null)
            {
                if (one.Shadow is null) obstacles.Add(new(one.Project, one.FullPath, null, $"{one.FullPath}: its CI file was not looked at yet, so nobody knows what the variable does to it. Look at it first.", CanPin: false));
                continue;
            }

            var jobs = one.Jobs.Select(job => Job(job, one, variable, now, to, inTheWay)).ToList();
            var project = new GroupProject(one.Project, one.FullPath, [.. jobs.OrderBy(job => job.Kind)], one.Shadow, one.Own);
            projects.Add(project);
            if (one.Own == EnrollmentState.Waitlisted && jobs.Exists(job => job.Kind == GroupJobKind.Moves))
                obstacles.Add(new(one.Project, one.FullPath, null, $"{one.FullPath} waits for its turn, so that projects that moved can be compared with those that wait. It may move when its turn comes.", CanPin: false));
            obstacles.AddRange(jobs.Where(job => job.IsInTheWay).Select(job => new GroupObstacle(one.Project, one.FullPath, job.Name, $"{one.FullPath}: {job.Name} {job.Why}", CanPin: job.Tags is [['$', ..]])));
        }

        return new(variable, to, projects, obstacles);
    }

    private static GroupJob Job((string Name, IReadOnlyList<string> Tags) job, GroupSubject of, string variable, TagSet now, TagSet? to, string? inTheWay)
    {
        GroupJob As(GroupJobKind kind, TagSet? asks, string? why) => new(job.Name, job.Tags, asks, kind, why);
        if (!TagVariable.NamesIn(job.Tags).Contains(variable)) return As(GroupJobKind.Untouched, null, "Its tags do not come from the variable.");
        if (of.Shadow is { } shadow) return As(GroupJobKind.Shadowed, null, $"{variable} is set in {shadow}, which wins.");
        if (to is null) return As(GroupJobKind.Stuck, null, $"asks for the tag {inTheWay} now, which has no counterpart on Kubernetes yet. An administrator decides what it becomes.");
        if (TagVariable.Expand(job.Tags, variable, to) is not { } asks) return As(GroupJobKind.Stuck, null, "takes its tags from other variables too, so nobody knows what it would ask for. Give the project a variable of its own first.");
        if (TagVariable.Expand(job.Tags, variable, now) == asks) return As(GroupJobKind.There, asks, null);
        if (of.Blocked.Contains(job.Name)) return As(GroupJobKind.Blocked, asks, "will not work on Kubernetes as it is. Keep the project on docker by a variable of its own first, or mend the job.");
        return of.Served(asks) ? As(GroupJobKind.Moves, asks, null) : As(GroupJobKind.Stuck, asks, $"would ask for {asks}, which no Kubernetes runner takes at the moment.");
    }

    private static (TagSet? To, string? InTheWay) Target(TagSet now, MoveTags tags) =>
        !now.IsEmpty && now.IsSubsetOf(tags.ToKubernetes) ? (now, null) : tags.Translate(now);
}
