using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <summary>All runners of the instance with their managers: managed ones, and unmanaged ones apart.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class RunnersPage
{
    private const string OpenKey = "open";

    private FleetSnapshot? snapshot;
    private IReadOnlyList<RunnerLine> lines = [];

    [Inject]
    private IFleetStore Fleet { get; set; } = null!;

    [Inject]
    private IJobReader Jobs { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Fleet, PortalTopic.Jobs];

    private RunnerFilter Filter => RunnerFilter.Of(Url);

    private List<RunnerLine> Shown => [.. lines.Where(Filter.Takes)];

    private List<RunnerLine> Unconfirmed => [.. lines.Where(line => line.Runner.Standing is { Role: not null, Managed: true, RoleConfirmed: false })];

    private int ManagedCount => lines.Count(line => line.Runner.Standing.Managed);

    private string Headline => snapshot is null ? "Runners" : $"{ManagedCount} of {lines.Count} runners are managed";

    private string Said
    {
        get
        {
            if (snapshot is null) return "Runners come from GitLab; the portal changes only managed ones, and only by plans.";
            var managers = lines.SelectMany(line => line.Observed.Managers).ToList();
            var silent = lines.Count(line => line.Runner.Standing.Managed && line.Contact.Kind is VerdictKind.Attention or VerdictKind.Unknown);
            return $"{Words.Count(silent, "managed runner")} without contact for 5 min or more. {Words.Count(managers.Count, "manager")}, {managers.Count(manager => manager.Status == RunnerStatus.Stale)} stale. "
                + $"Read from GitLab {Words.Ago(snapshot.TakenAt, Now)}.";
        }
    }

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        snapshot = await Fleet.LatestAsync(Instance, cancel);
        if (snapshot is null) return;
        var hours = await Jobs.PerRunnerAsync(Instance, TimeWindow.Last(TimeSpan.FromHours(24), Now), cancel);
        lines =
        [
            .. snapshot.Runners
                .Select(runner => new RunnerLine(runner, snapshot.TakenAt, hours.GetValueOrDefault(runner.Id, [])))
                .OrderBy(line => line.Runner.Standing.Role != RunnerRole.Kubernetes)
                .ThenBy(line => line.Runner.Id.Number),
        ];
    }
}
