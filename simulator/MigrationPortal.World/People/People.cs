namespace MigrationPortal.World;

/// <summary>GitLab's access levels, by their numbers on the wire.</summary>
public enum AccessLevel
{
    None = 0,
    Minimal = 5,
    Guest = 10,
    Planner = 15,
    Reporter = 20,
    Developer = 30,
    Maintainer = 40,
    Owner = 50,
}

public enum UserState
{
    Active,
    Blocked,
}

public sealed class User
{
    public required int Id { get; init; }

    public required string Username { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public bool IsAdmin { get; internal set; }

    public UserState State { get; internal set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a group says about instance runners in its projects (<c>shared_runners_setting</c>).</summary>
public enum SharedRunnersSetting
{
    Enabled,
    DisabledAndOverridable,
    DisabledAndUnoverridable,
}

public sealed class Group
{
    public required int Id { get; init; }

    public Group? Parent { get; init; }

    public required string Name { get; init; }

    public required string Path { get; init; }

    public string FullPath => Parent is null ? Path : $"{Parent.FullPath}/{Path}";

    public string FullName => Parent is null ? Name : $"{Parent.FullName} / {Name}";

    public SharedRunnersSetting SharedRunners { get; internal set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>CI/CD variables of the group itself, in order of creation.</summary>
    public IReadOnlyList<CiVariable> Variables => VariableList;

    internal List<CiVariable> VariableList { get; } = [];

    /// <summary>This group first, then its parent, up to the top.</summary>
    public IEnumerable<Group> SelfAndAncestors()
    {
        for (var group = this; group is not null; group = group.Parent)
        {
            yield return group;
        }
    }
}

/// <summary>A direct membership in exactly one group or one project.</summary>
public sealed record Membership(User User, Group? Group, Project? Project, AccessLevel Level);
