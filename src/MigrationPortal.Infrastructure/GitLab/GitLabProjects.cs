using System.Collections.Frozen;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>Projects, groups and protected refs by REST.</summary>
internal sealed class GitLabProjects(GitLabClients clients)
{
    public IAsyncEnumerable<IReadOnlyList<ProjectDto>> ProjectsAsync(InstanceId instance, CancellationToken cancel)
    {
        var api = clients.For(instance, GitLabChannel.Monitoring);
        return Paging.PagesAsync(instance, Paging.Keyset("asc"), page => api.ProjectsAsync(page, Purposes.Projects, cancel), cancel);
    }

    public async Task<GroupTree> GroupsAsync(InstanceId instance, CancellationToken cancel)
    {
        var api = clients.For(instance, GitLabChannel.Monitoring);
        var all = new List<GroupDto>();
        await foreach (var page in Paging.PagesAsync(instance, Paging.Offset(("all_available", "true")), page => api.GroupsAsync(page, Purposes.Projects, cancel), cancel)) all.AddRange(page);
        return new GroupTree(all);
    }

    /// <returns>Names or <c>*</c> patterns; both null when the project is gone or its repository is switched off.</returns>
    public async Task<(IReadOnlyList<string>? Branches, IReadOnlyList<string>? Tags)> ProtectedAsync(ProjectId project, CancellationToken cancel)
    {
        var api = clients.For(project.Instance, GitLabChannel.Monitoring);
        try
        {
            var branches = await NamesAsync(project.Instance, page => api.ProtectedBranchesAsync(project.Number, page, Purposes.Projects, cancel), cancel);
            var tags = await NamesAsync(project.Instance, page => api.ProtectedTagsAsync(project.Number, page, Purposes.Projects, cancel), cancel);
            return (branches, tags);
        }
        catch (GitLabUnavailableException fault) when (fault.Status is 403 or 404)
        {
            return (null, null);
        }
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(
        InstanceId instance, Func<IDictionary<string, string>, Task<Refit.IApiResponse<List<ProtectedRefDto>>>> ask, CancellationToken cancel)
    {
        var names = new List<string>();
        await foreach (var page in Paging.PagesAsync(instance, Paging.Offset(), ask, cancel)) names.AddRange(page.Select(one => one.Name));
        return names;
    }
}

/// <summary>Which groups stand above which.</summary>
internal sealed class GroupTree(IReadOnlyList<GroupDto> groups)
{
    private readonly Dictionary<long, long?> _parents = groups.DistinctBy(group => group.Id).ToDictionary(group => group.Id, group => group.ParentId);

    /// <returns>The group and all of its ancestors; empty for a personal namespace.</returns>
    public IReadOnlySet<long> Above(NamespaceDto? home)
    {
        if (home is null || home.Kind == "user") return FrozenSet<long>.Empty;
        var found = new HashSet<long>();
        for (long? group = home.Id; group is { } id && found.Add(id);)
            group = _parents.TryGetValue(id, out var parent) ? parent : id == home.Id ? home.ParentId : null;
        return found;
    }
}
