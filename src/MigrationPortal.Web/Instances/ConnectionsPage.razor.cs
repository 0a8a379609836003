using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Instances;

/// <summary>Each configured GitLab: reachable, version, tokens with scopes and expiry, sources read, budget.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class ConnectionsPage
{
    private readonly Dictionary<InstanceId, ConnectionHealth> health = [];
    private readonly Dictionary<InstanceId, BudgetUse> budgets = [];
    private readonly Dictionary<InstanceId, HistoryProgress?> pasts = [];
    private readonly Dictionary<InstanceId, IReadOnlyList<SweepState>> sweeps = [];

    [Inject]
    private IInstanceStore Store { get; set; } = null!;

    [Inject]
    private ReadBudget Budget { get; set; } = null!;

    [Inject]
    private IJobCollection Collection { get; set; } = null!;

    [Inject]
    private ISweepReader Sweeps { get; set; } = null!;

    [Inject]
    private TimeProvider RealClock { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Instances, PortalTopic.Jobs];

    private string Headline => health.Values.SelectMany(one => one.Problems).Count() switch
    {
        _ when health.Count == 0 => "Connections have not been checked yet",
        0 => $"{Words.Count(health.Count, "GitLab instance answers", "GitLab instances answer")}",
        var problems => $"{Words.Count(problems, "problem")} with GitLab",
    };

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        foreach (var one in Instances.All)
        {
            if (await Store.HealthAsync(one.Id, cancel) is { } known) health[one.Id] = known;
            budgets[one.Id] = await Budget.RunAsync(one.Id, cancel);
            pasts[one.Id] = (await Collection.ReadAsync(one.Id, cancel)).Past;
            sweeps[one.Id] = await Sweeps.LastRunsAsync(one.Id, cancel);
        }
    }
}
