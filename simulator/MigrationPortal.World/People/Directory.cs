namespace MigrationPortal.World;

/// <summary>Who and what there is: users, groups, projects, memberships, instance variables, broadcast messages.</summary>
public sealed class Directory
{
    private readonly List<User> users = [];
    private readonly List<Group> groups = [];
    private readonly List<Project> projects = [];
    private readonly Dictionary<int, Project> projectsById = [];
    private readonly Dictionary<string, Project> projectsByPath = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(int User, int Group), AccessLevel> inGroups = [];
    private readonly Dictionary<(int User, int Project), AccessLevel> inProjects = [];
    private readonly List<Membership> memberships = [];

    internal Directory()
    {
    }

    /// <summary>By id, ascending.</summary>
    public IReadOnlyList<User> Users => users;

    /// <summary>By id, ascending.</summary>
    public IReadOnlyList<Group> Groups => groups;

    /// <summary>By id, ascending.</summary>
    public IReadOnlyList<Project> Projects => projects;

    public IReadOnlyList<Membership> Memberships => memberships;

    public IReadOnlyList<CiVariable> InstanceVariables => InstanceVariableList;

    public IReadOnlyList<BroadcastMessage> Broadcasts => BroadcastList;

    internal List<CiVariable> InstanceVariableList { get; } = [];

    internal List<BroadcastMessage> BroadcastList { get; } = [];

    public User? FindUser(int id) => id >= 1 && id <= users.Count ? users[id - 1] : null;

    public User? FindUser(string username) =>
        users.Find(u => string.Equals(u.Username, username, StringComparison.OrdinalIgnoreCase));

    public Group? FindGroup(int id) => groups.Find(g => g.Id == id);

    public Group? FindGroup(string fullPath) =>
        groups.Find(g => string.Equals(g.FullPath, fullPath, StringComparison.OrdinalIgnoreCase));

    public Project? FindProject(int id) => projectsById.GetValueOrDefault(id);

    public Project? FindProject(string fullPath) => projectsByPath.GetValueOrDefault(fullPath);

    /// <summary>The highest level by direct or inherited membership. Administrators get no bonus here.</summary>
    public AccessLevel AccessTo(User user, Project project)
    {
        var own = inProjects.GetValueOrDefault((user.Id, project.Id));
        var inherited = AccessTo(user, project.Namespace);
        return own > inherited ? own : inherited;
    }

    /// <summary>The highest level in this group or one above it.</summary>
    public AccessLevel AccessTo(User user, Group group)
    {
        var best = AccessLevel.None;
        foreach (var g in group.SelfAndAncestors())
        {
            var level = inGroups.GetValueOrDefault((user.Id, g.Id));
            best = level > best ? level : best;
        }

        return best;
    }

    /// <summary>Everyone with a level in the project, inherited ones included, by user id.</summary>
    public IEnumerable<(User User, AccessLevel Level)> MembersOf(Project project) =>
        users.Select(u => (u, AccessTo(u, project))).Where(m => m.Item2 > AccessLevel.None);

    /// <summary>Everyone with a level in the group, inherited ones included, by user id.</summary>
    public IEnumerable<(User User, AccessLevel Level)> MembersOf(Group group) =>
        users.Select(u => (u, AccessTo(u, group))).Where(m => m.Item2 > AccessLevel.None);

    internal void Add(User user) => users.Add(user);

    internal void Add(Group group) => groups.Add(group);

    internal void Add(Project project)
    {
        projects.Add(project);
        projectsById.Add(project.Id, project);
        projectsByPath.Add(project.FullPath, project);
    }

    internal void Join(User user, Group group, AccessLevel level)
    {
        inGroups[(user.Id, group.Id)] = level;
        memberships.Add(new Membership(user, group, null, level));
    }

    internal void Join(User user, Project project, AccessLevel level)
    {
        inProjects[(user.Id, project.Id)] = level;
        memberships.Add(new Membership(user, null, project, level));
    }
}
