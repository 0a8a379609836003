using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Jobs;

/// <summary>Jobs that wait for a runner, the longest first, and whether anybody can take them.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class PendingPage
{
    private const int Shown = 200;

    private IReadOnlyList<PendingJob> jobs = [];
    private long count;
    private int unserved;

    [Inject]
    private IJobReader Jobs { get; set; } = null!;

    [Inject]
    private IFleetStore Fleet { get; set; } = null!;

    [Inject]
    private IProjectStore Projects { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Jobs, PortalTopic.Fleet];

    private string GitLabUrl => Instances.Find(Instance)!.Url;

    private string Headline => unserved > 0
        ? $"{Words.Count(unserved, "pending job")} can be taken by no runner"
        : count == 0 ? "No job is pending" : count == 1 ? "1 job is pending, a runner can take it" : $"{Words.Count(count)} jobs are pending, a runner can take each";

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        count = await Jobs.PendingCountAsync(Instance, cancel);
        var rows = await Jobs.PendingAsync(Instance, Shown, cancel);
        var projects = await Projects.FindAsync([.. rows.Select(row => row.Project).Distinct()], cancel);
        var fleet = await Fleet.LatestAsync(Instance, cancel);
        jobs = [.. rows.Select(row => PendingJob.Of(row, fleet, projects.GetValueOrDefault(row.Project)?.Access))];
        unserved = jobs.Count(job => job.Servers is { Count: 0 });
    }
}
