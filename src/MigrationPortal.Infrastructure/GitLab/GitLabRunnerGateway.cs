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

    public int Concurrency(InstanceId instance) => options.Instances.Single(one => one.Id == instance).OperationsConcurrency;

    public async Task<IReadOnlyList<GitLabAnswer>> ReadAsync(IReadOnlyList<RunnerId> runners, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(runners);
        var answers = await Task.WhenAll(runners.Chunk(RunnerLook.AtOnce).Select(chunk => chunk.Length == 1 ? OneAsync(chunk[0], cancel) : SomeAsync(chunk, cancel))).ConfigureAwait(false);
        return [.. answers.SelectMany(chunk => chunk)];
    }

    private async Task<GitLabAnswer[]> OneAsync(RunnerId runner, CancellationToken cancel) =>
        [await AskAsync(runner, api => api.RunnerAsync(runner.Number, Purposes.Operation, cancel), Reading(runner)).ConfigureAwait(false)];

    private async Task<GitLabAnswer[]> SomeAsync(RunnerId[] runners, CancellationToken cancel)
    {
        IReadOnlyDictionary<long, RunnerNode> seen;
        try
        {
            var response = await clients.For(runners[0].Instance, Reading(runners[0])).RunnersAsync(RunnerLook.Query(runners), Purposes.Operation, cancel).ConfigureAwait(false);
            response.Arrived(runners[0].Instance);
            seen = RunnerLook.Seen(response.Content?.Data);
        }
        catch (GitLabUnavailableException fault)
        {
            return [.. runners.Select(_ => new GitLabAnswer.Unavailable(fault.Message, fault.RetryAfter))];
        }
        var answers = new GitLabAnswer[runners.Length];
        for (var at = 0; at < runners.Length; at++)
        {
            // GraphQL is silent about what is gone, what one may not see and why it refuses: REST says it.
            answers[at] = seen.TryGetValue(runners[at].Number, out var node) ? Shown(node.Attributes(), node.MaintenanceNote) : (await OneAsync(runners[at], cancel).ConfigureAwait(false))[0];
            if (seen.Count == 0 && answers[at] is GitLabAnswer.Refused or GitLabAnswer.Unavailable) return [.. runners.Select(_ => answers[at])];
        }
        return answers;
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
        var response = await clients.For(runner.Instance, Reading(runner))
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
            return Shown(Attributes(seen), seen.MaintenanceNote);
        }
        catch (GitLabUnavailableException fault)
        {
            return new GitLabAnswer.Unavailable(fault.Message, fault.RetryAfter);
        }
    }

    private GitLabChannel Reading(RunnerId runner) => CanWrite(runner) ? GitLabChannel.Changing : GitLabChannel.Looking;

    private static GitLabAnswer.Runner Shown(RunnerAttributes attributes, string? note) => new(attributes, string.IsNullOrEmpty(note) ? null : note);

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
