using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>Projects, groups and protected refs by REST.</summary>
internal sealed class GitLabProjects(GitLabClients clients)
{
    /// <param name="page">Of the first page, or what the page before answered.</param>
    /// <returns>The page, and the parameters of the next; null at the end.</returns>
    public async Task<(IReadOnlyList<ProjectDto> Projects, Dictionary<string, string>? Next)> ProjectsAsync(InstanceId instance, IDictionary<string, string> page, CancellationToken cancel)
    {
        var response = await clients.For(instance, GitLabChannel.Monitoring).ProjectsAsync(page, Purposes.Projects, cancel);
        return (response.Required(instance), Paging.Next(response));
    }

    /// <inheritdoc cref="ProjectsAsync"/>
    public async Task<(IReadOnlyList<GroupDto> Groups, Dictionary<string, string>? Next)> GroupsAsync(InstanceId instance, IDictionary<string, string> page, CancellationToken cancel)
    {
        var response = await clients.For(instance, GitLabChannel.Monitoring).GroupsAsync(page, Purposes.Projects, cancel);
        return (response.Required(instance), Paging.Next(response));
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
