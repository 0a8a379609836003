using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <summary>One runner: managers, last jobs, history of changes, and what the admins decided about it.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class RunnerPage
{
    private RunnerLine? line;
    private IReadOnlyList<JobRow> jobs = [];
    private IReadOnlyList<RunnerChangeSeen> changes = [];

    [Inject]
    private IFleetStore Fleet { get; set; } = null!;

    [Inject]
    private IJobReader Jobs { get; set; } = null!;

    [Inject]
    private IRunnerHistory History { get; set; } = null!;

    [Parameter]
    public long Number { get; set; }

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Fleet, PortalTopic.Jobs];

    private string GitLabUrl => Instances.Find(Instance)!.Url;

    private string Says => line!.Contact.Kind switch
    {
        VerdictKind.Pass => $"takes {(line.Observed.Attributes.RunUntagged ? "untagged jobs and " : "")}jobs by {Words.Count(line.Observed.Attributes.Tags.Count, "tag")}",
        VerdictKind.Wait => "is paused",
        _ => $"is {line.Contact.Word}",
    };

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        var snapshot = await Fleet.LatestAsync(Instance, cancel);
        var runner = snapshot?.Runners.FirstOrDefault(one => one.Id.Number == Number);
        if (runner is null)
        {
            line = null;
            return;
        }

        var hours = await Jobs.PerRunnerAsync(Instance, TimeWindow.Last(TimeSpan.FromHours(24), Now), cancel);
        jobs = await Jobs.FindAsync(new JobFilter(Instance, Runner: Number), 50, null, cancel);
        changes = await History.ChangesAsync(Instance, Number, 50, null, cancel);
        line = new RunnerLine(runner, snapshot!.TakenAt, hours.GetValueOrDefault(runner.Id, []));
    }
}
