using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab.Desk;

internal sealed class GitLabPipelineDesk(DeskCalls calls) : IPipelineDesk
{
    public Task<Outcome<StartedPipeline>> StartAsync(PersonToken person, ProjectId project, string reference, IReadOnlyDictionary<string, string> variables, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var wanted = new PipelineWriteDto(reference, [.. variables.Select(one => new PipelineVariableDto(one.Key, one.Value))]);
        return calls.As(project.Instance, person).AskAsync(
            (api, who, purpose) => api.StartPipelineAsync(project.Number, wanted, who, purpose, true, cancel), made => new StartedPipeline(made.Id, made.WebUrl ?? ""));
    }

    public Task<Outcome<StartedJob>> RetryAsync(PersonToken person, JobId job, ProjectId project, CancellationToken cancel) => RunAsync(person, job, project, "retry", cancel);

    public Task<Outcome<StartedJob>> PlayAsync(PersonToken person, JobId job, ProjectId project, CancellationToken cancel) => RunAsync(person, job, project, "play", cancel);

    private Task<Outcome<StartedJob>> RunAsync(PersonToken person, JobId job, ProjectId project, string act, CancellationToken cancel) =>
        calls.As(project.Instance, person).AskAsync(
            (api, who, purpose) => api.RunJobAsync(project.Number, job.Number, act, who, purpose, true, cancel),
            made => new StartedJob(new JobId(project.Instance, made.Id), made.Name ?? "", made.WebUrl ?? ""));
}
