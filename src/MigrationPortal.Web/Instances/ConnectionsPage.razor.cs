using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Instances;

/// <summary>Each configured GitLab: reachable, version, tokens with scopes and expiry, sources read, budget.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class ConnectionsPage
{
    private readonly Dictionary<InstanceId, ConnectionHealth> health = [];
    private readonly Dictionary<InstanceId, IReadOnlyList<BudgetSpending>> spending = [];
    private readonly Dictionary<InstanceId, IReadOnlyList<SweepState>> sweeps = [];

    [Inject]
    private IInstanceStore Store { get; set; } = null!;

    [Inject]
    private IBudgetStore Budget { get; set; } = null!;

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
            spending[one.Id] = await Budget.SpendingAsync(one.Id, BudgetSpending.LastMinutes(5, RealClock.GetUtcNow()), cancel);
            sweeps[one.Id] = await Sweeps.LastRunsAsync(one.Id, cancel);
        }
    }
}
