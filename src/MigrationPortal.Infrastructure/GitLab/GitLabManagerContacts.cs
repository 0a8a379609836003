using System.Net;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>A runner's managers by REST, in the operations' lane: somebody waits for them.</summary>
internal sealed class GitLabManagerContacts(GitLabClients clients, InstanceDirectory instances) : IManagerContacts
{
    public async Task<IReadOnlyList<RunnerManager>?> ReadAsync(RunnerId runner, CancellationToken cancel)
    {
        var channel = instances.Find(runner.Instance)?.CanWrite == true ? GitLabChannel.Changing : GitLabChannel.Looking;
        var response = await clients.For(runner.Instance, channel).ManagersAsync(runner.Number, Purposes.Operation, cancel).ConfigureAwait(false);
        response.Arrived(runner.Instance);
        if (response.StatusCode == HttpStatusCode.NotFound) return null;
        // REST does not name the executor; who waits for a contact does not ask.
        return [.. response.Required(runner.Instance).Select(one => new RunnerManager(one.SystemId ?? "", Executor.Unknown, one.Version, GitLabWords.Contact(one.Status), one.ContactedAt))];
    }
}
