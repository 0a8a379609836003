using System.Collections.Concurrent;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab.Desk;
using Refit;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>Hands out the typed client of an instance and channel.</summary>
internal sealed class GitLabClients(IHttpClientFactory clients)
{
    /// <summary>A client without a token of its own, for requests that carry a person's.</summary>
    public const string PersonChannel = "Person";

    private readonly ConcurrentDictionary<(InstanceId, GitLabChannel), IGitLabApi> _apis = new();
    private readonly ConcurrentDictionary<(InstanceId, string), IGitLabDeskApi> _desks = new();

    public static string HttpName(InstanceId instance, string channel) => $"gitlab:{instance}:{channel}";

    /// <exception cref="InvalidOperationException">The instance is not configured.</exception>
    public IGitLabApi For(InstanceId instance, GitLabChannel channel) =>
        _apis.GetOrAdd((instance, channel), key => RestService.ForGenerated<IGitLabApi>(Http(key.Item1, key.Item2.ToString()), GitLabJson.Settings));

    /// <param name="channel">The name of a <see cref="GitLabChannel"/>, or <see cref="PersonChannel"/>.</param>
    /// <exception cref="InvalidOperationException">The instance is not configured.</exception>
    public IGitLabDeskApi Desk(InstanceId instance, string channel) =>
        _desks.GetOrAdd((instance, channel), key => RestService.ForGenerated<IGitLabDeskApi>(Http(key.Item1, key.Item2), GitLabJson.Settings));

    public HttpClient Http(InstanceId instance, string channel)
    {
        var client = clients.CreateClient(HttpName(instance, channel));
        return client.BaseAddress is null ? throw new InvalidOperationException($"No GitLab instance is named '{instance}'.") : client;
    }
}
