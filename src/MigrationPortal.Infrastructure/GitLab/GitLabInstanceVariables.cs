using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>Keys of instance variables by REST; their values are in GitLab's answer and are not read out of it.</summary>
internal sealed class GitLabInstanceVariables(GitLabClients clients) : IInstanceVariables
{
    public async Task<Outcome<IReadOnlyList<(string Key, bool Protected)>>> ReadAsync(InstanceId instance, CancellationToken cancel)
    {
        var api = clients.For(instance, GitLabChannel.Looking);
        var found = new List<(string, bool)>();
        try
        {
            await foreach (var page in Paging.PagesAsync<InstanceVariableDto>(instance, Paging.Offset(), page => api.InstanceVariablesAsync(page, Purposes.Operation, cancel), cancel).ConfigureAwait(false))
                found.AddRange(page.Select(one => (one.Key, one.Protected ?? false)));
            return found;
        }
        catch (GitLabUnavailableException fault) when (fault.Status is 403 or 404)
        {
            return Refusal.Of("gitlab-refused", fault.Message);
        }
    }
}
