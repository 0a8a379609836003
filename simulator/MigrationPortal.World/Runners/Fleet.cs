namespace MigrationPortal.World;

/// <summary>All runners and their managers.</summary>
public sealed class Fleet
{
    private readonly List<Runner> runners = [];
    private readonly Dictionary<int, Runner> byId = [];

    internal Fleet()
    {
    }

    /// <summary>By id, ascending. Deleted ones are gone.</summary>
    public IReadOnlyList<Runner> Runners => runners;

    public Runner? Find(int id) => byId.GetValueOrDefault(id);

    public Runner? FindByToken(string token) => runners.Find(r => r.Token == token);

    public RunnerManager? FindManager(int id) =>
        runners.SelectMany(r => r.ManagerList).FirstOrDefault(m => m.Id == id);

    /// <summary>What <c>GET /projects/:id/runners</c> lists: its own, those of ancestor groups, instance ones when enabled.</summary>
    public IEnumerable<Runner> UsableBy(Project project) => runners.Where(r => Matching.Reaches(r, project));

    /// <summary>Group runners of the group and its ancestors, then instance runners.</summary>
    public IEnumerable<Runner> UsableBy(Group group) => runners.Where(r => r.Type switch
    {
        RunnerType.Instance => group.SharedRunners != SharedRunnersSetting.DisabledAndUnoverridable,
        RunnerType.Group => group.SelfAndAncestors().Contains(r.Group),
        _ => false,
    });

    /// <summary>Whether this runner could take this job by GitLab's rules, free or not, paused or not.</summary>
    public static bool Matches(Runner runner, Job job) =>
        Matching.Matches(runner, job.Definition.Tags, job.Protected, job.Project);

    internal int LastRunnerId { get; set; }

    internal int LastManagerId { get; set; }

    internal void Add(Runner runner)
    {
        LastRunnerId = Math.Max(LastRunnerId, runner.Id);
        runners.Add(runner);
        byId.Add(runner.Id, runner);
    }

    internal void Remove(Runner runner)
    {
        runner.Deleted = true;
        runners.Remove(runner);
        byId.Remove(runner.Id);
    }
}
