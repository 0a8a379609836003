using System.Net;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using Refit;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>Changes runners with the write token in the lane of operations; waiting out 429 and retrying 5xx is below, in HTTP.</summary>
internal sealed class GitLabRunnerGateway(GitLabClients clients, InstanceDirectory instances, GitLabOptions options) : IRunnerGateway
{
    private static readonly TimeSpan TokenRestoredWithin = TimeSpan.FromSeconds(15);

    public Task<GitLabAnswer> ReadAsync(RunnerId runner, CancellationToken cancel)
    {
        var channel = CanWrite(runner) ? GitLabChannel.Changing : GitLabChannel.Looking;
        return AskAsync(runner, api => api.RunnerAsync(runner.Number, Purposes.Operation, cancel), channel);
    }

    public Task<GitLabAnswer> WriteAsync(RunnerId runner, RunnerAttributes attributes, string? maintenanceNote, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        var update = new RunnerUpdateDto([.. attributes.Tags], attributes.RunUntagged, attributes.Paused, maintenanceNote);
        return CanWrite(runner)
            ? AskAsync(runner, api => api.UpdateRunnerAsync(runner.Number, update, Purposes.Operation, cancel), GitLabChannel.Changing)
            : Task.FromResult<GitLabAnswer>(ObserveMode(runner));
    }

    public async Task<GitLabAnswer> DeleteAsync(RunnerId runner, CancellationToken cancel)
    {
        if (!CanWrite(runner)) return ObserveMode(runner);
        try
        {
            var response = await clients.For(runner.Instance, GitLabChannel.Changing).DeleteRunnerAsync(runner.Number, Purposes.Operation, cancel).ConfigureAwait(false);
            response.Arrived(runner.Instance);
            // 404: gone already, by the attempt before this one or by somebody else. The wish is fulfilled.
            return response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotFound ? new GitLabAnswer.Gone() : Refused(runner.Instance, GitLabChannel.Changing, response);
        }
        catch (GitLabUnavailableException fault)
        {
            return new GitLabAnswer.Unavailable(fault.Message, fault.RetryAfter);
        }
    }

    public async Task<long> RunningJobsAsync(RunnerId runner, CancellationToken cancel)
    {
        var page = new Dictionary<string, string> { ["status"] = "running", ["per_page"] = "100" };
        var response = await clients.For(runner.Instance, CanWrite(runner) ? GitLabChannel.Changing : GitLabChannel.Looking)
            .RunnerJobsAsync(runner.Number, page, Purposes.Operation, cancel).ConfigureAwait(false);
        response.Arrived(runner.Instance);
        // Gone already, and its jobs with it.
        return response.StatusCode == HttpStatusCode.NotFound ? 0 : response.Required(runner.Instance).Count;
    }

    private async Task<GitLabAnswer> AskAsync(RunnerId runner, Func<IGitLabApi, Task<IApiResponse<RunnerDto>>> ask, GitLabChannel channel)
    {
        try
        {
            var response = await ask(clients.For(runner.Instance, channel)).ConfigureAwait(false);
            response.Arrived(runner.Instance);
            if (response.StatusCode == HttpStatusCode.NotFound) return new GitLabAnswer.Gone();
            if (!response.IsSuccessStatusCode) return Refused(runner.Instance, channel, response);
            var seen = response.Required(runner.Instance);
            return new GitLabAnswer.Runner(Attributes(seen), string.IsNullOrEmpty(seen.MaintenanceNote) ? null : seen.MaintenanceNote);
        }
        catch (GitLabUnavailableException fault)
        {
            return new GitLabAnswer.Unavailable(fault.Message, fault.RetryAfter);
        }
    }

    private bool CanWrite(RunnerId runner) => instances.Find(runner.Instance)?.CanWrite == true;

    private static RunnerAttributes Attributes(RunnerDto runner) => new(
        TagSet.Of(runner.TagList ?? []),
        runner.RunUntagged ?? false,
        runner.Paused ?? !(runner.Active ?? true),
        GitLabWords.Access(runner.AccessLevel));

    // 401 says nothing about the runner: once the token is accepted again, the same call succeeds.
    private GitLabAnswer Refused(InstanceId instance, GitLabChannel channel, IApiResponse response) => response.StatusCode == HttpStatusCode.Unauthorized
        ? new GitLabAnswer.Unavailable(options.NotAccepted(instance, channel == GitLabChannel.Changing ? nameof(GitLabInstanceOptions.WriteToken) : nameof(GitLabInstanceOptions.ReadToken)), TokenRestoredWithin)
        : new GitLabAnswer.Refused((int?)response.StatusCode ?? 0, response.Message());

    private static GitLabAnswer.Refused ObserveMode(RunnerId runner) =>
        new(403, $"'{runner.Instance}' is in observe mode: no WriteToken is configured for it.");
}
