using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>The small entities that many answers carry.</summary>
internal static class Entities
{
    public static object? UserBasic(User? user, string baseUrl) => user is null ? null : new
    {
        user.Id,
        user.Username,
        PublicEmail = (string?)null,
        user.Name,
        State = user.State == UserState.Active ? "active" : "blocked",
        Locked = false,
        AvatarUrl = (string?)null,
        WebUrl = $"{baseUrl}/{user.Username}",
    };

    public static object Commit(Commit commit, Project project, string baseUrl) => new
    {
        Id = commit.Sha,
        ShortId = commit.Sha[..Math.Min(8, commit.Sha.Length)],
        CreatedAt = commit.At,
        ParentIds = commit.ParentSha is { } parent ? [parent] : Array.Empty<string>(),
        commit.Title,
        commit.Message,
        commit.AuthorName,
        commit.AuthorEmail,
        AuthoredDate = commit.At,
        CommitterName = commit.AuthorName,
        CommitterEmail = commit.AuthorEmail,
        CommittedDate = commit.At,
        WebUrl = $"{baseUrl}/{project.FullPath}/-/commit/{commit.Sha}",
    };

    /// <summary><c>BasicProjectDetails</c>, as runners list their projects.</summary>
    public static object ProjectBasic(Project project, string baseUrl) => new
    {
        project.Id,
        project.Description,
        project.Name,
        NameWithNamespace = project.FullName,
        project.Path,
        PathWithNamespace = project.FullPath,
        project.CreatedAt,
        project.DefaultBranch,
        TagList = project.Topics,
        project.Topics,
        SshUrlToRepo = $"git@gitlab.example.org:{project.FullPath}.git",
        HttpUrlToRepo = $"{baseUrl}/{project.FullPath}.git",
        WebUrl = $"{baseUrl}/{project.FullPath}",
        ReadmeUrl = $"{baseUrl}/{project.FullPath}/-/blob/{project.DefaultBranch}/README.md",
        ForksCount = 0,
        AvatarUrl = (string?)null,
        StarCount = 0,
        project.LastActivityAt,
        Visibility = project.Visibility.Of(),
        Namespace = Namespace(project.Namespace, baseUrl),
    };

    public static object Namespace(Group group, string baseUrl) => new
    {
        group.Id,
        group.Name,
        group.Path,
        Kind = "group",
        group.FullPath,
        ParentId = group.Parent?.Id,
        AvatarUrl = (string?)null,
        WebUrl = $"{baseUrl}/groups/{group.FullPath}",
    };

    /// <summary>The short form inside <c>GET /runners/:id/jobs</c>.</summary>
    public static object ProjectIdentity(Project project) => new
    {
        project.Id,
        project.Description,
        project.Name,
        NameWithNamespace = project.FullName,
        project.Path,
        PathWithNamespace = project.FullPath,
        project.CreatedAt,
    };
}

/// <summary>Enums of the world in GitLab's words.</summary>
internal static class Wire
{
    public static string Of(this RunnerType type) => type switch
    {
        RunnerType.Instance => "instance_type",
        RunnerType.Group => "group_type",
        _ => "project_type",
    };

    public static string Of(this ContactStatus status) => status switch
    {
        ContactStatus.Online => "online",
        ContactStatus.Offline => "offline",
        ContactStatus.Stale => "stale",
        _ => "never_contacted",
    };

    public static string Of(this Visibility visibility) => visibility.ToString().ToLowerInvariant();
}
