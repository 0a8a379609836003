using System.Net;
using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>Jobs are cancelled one by one, in their projects; one that has ended meanwhile is as good.</summary>
internal sealed class GitLabLentJobs(GitLabClients clients, IAuditTrail audit, IWorldClock clock) : ILentJobs
{
    public async Task<Outcome<int>> CancelAsync(RunnerId runner, string why, CancellationToken cancel)
    {
        try
        {
            var api = clients.For(runner.Instance, GitLabChannel.Changing);
            var running = await api.RunnerJobsAsync(runner.Number, new Dictionary<string, string> { ["status"] = "running", ["per_page"] = "100" }, Purposes.Operation, cancel).ConfigureAwait(false);
            running.Arrived(runner.Instance);
            if (running.StatusCode == HttpStatusCode.NotFound || running.Required(runner.Instance) is not { Count: > 0 } jobs) return 0;
            var shown = JsonSerializer.Serialize(new { jobs = jobs.Select(one => one.Id) });
            await audit.AppendAsync(new AuditEntry(clock.Now(runner.Instance), runner.Instance, Actor.Portal, "job.cancel", $"runner/{runner.Number}", why, null, shown), cancel).ConfigureAwait(false);
            foreach (var job in jobs)
            {
                if (job.Project is not { } project) continue;
                var answer = await api.CancelJobAsync(project.Id, job.Id, Purposes.Operation, cancel).ConfigureAwait(false);
                answer.Arrived(runner.Instance);
                if (answer.StatusCode is HttpStatusCode.Unauthorized) return Refusal.Of("gitlab-refused", $"GitLab does not let the portal cancel job {job.Id}.");
            }

            return jobs.Count;
        }
        catch (GitLabUnavailableException fault)
        {
            return Refusal.Of("gitlab-unavailable", fault.Message) with { RetryAfter = fault.RetryAfter };
        }
    }
}
