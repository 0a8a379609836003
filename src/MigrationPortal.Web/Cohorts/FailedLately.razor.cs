using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>The failed jobs of one project, on its card: why each failed, once its people ask. Read apart from the page, which does not wait for it.</summary>
public sealed partial class FailedLately
{
    private const int Few = 2;

    private IReadOnlyList<FailedJob> failed = [];
    private (JobId Job, string Text)? said;
    private bool busy;

    [Inject]
    private ExplainFailures Explain { get; set; } = null!;

    [Inject]
    private FailureActs Acts { get; set; } = null!;

    [Parameter, EditorRequired]
    public required ProjectId Project { get; set; }

    [Parameter, EditorRequired]
    public required string FullPath { get; set; }

    /// <summary>Whose project it is.</summary>
    [Parameter, EditorRequired]
    public required ClaimsPrincipal Person { get; set; }

    /// <summary>What else can be done about a failed job, beside its explanation.</summary>
    [Parameter]
    public RenderFragment<FailedJob>? Help { get; set; }

    protected override InstanceId Instance => Project.Instance;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Jobs, PortalTopic.Readiness];

    /// <summary>Finished jobs come in all the time, and nobody stares at this list.</summary>
    protected override TimeSpan Pause => TimeSpan.FromSeconds(20);

    private string GitLabUrl => Instances.Find(Project.Instance)!.Url;

    protected override async Task ReadAsync(CancellationToken cancel) => failed = await Explain.LatelyAsync(Project, cancel);

    private RenderFragment? HelpOf(FailedJob one) => Help?.Invoke(one);

    private string? SaidOf(FailedJob one) => said is { } told && told.Job == one.Job.Id ? told.Text : null;

    private async Task ExplainAsync(FailedJob one)
    {
        if (busy) return;
        (busy, said) = (true, null);
        try
        {
            if ((await Acts.ExplainAsync(Person, Project, one.Job.Id.Number, Leaving)).TryGet(out var told, out var no)) failed = [.. failed.Select(old => old.Job.Id == told.Job.Id ? told : old)];
            else said = (one.Job.Id, string.Join(" ", no.Reasons));
        }
        catch (GitLabUnavailableException fault)
        {
            said = (one.Job.Id, $"{fault.Message} Try again later; nothing of the job is lost.");
        }
        finally
        {
            busy = false;
        }
    }
}
