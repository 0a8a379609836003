using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Live;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Clusters.Rights;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>One cluster: its job pods live, managers, nodes, what the portal may do there, and how it is reached.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class ClusterPage
{
    private const string TabKey = "tab";
    private const int MostShown = 100;

    private ClusterLine? line;
    private PreflightReport? report;
    private IReadOnlyList<Application> applications = [];
    private IReadOnlyList<ClusterRegistration> registrations = [];
    private IReadOnlyList<DriftRecord> drift = [];
    private IReadOnlyDictionary<long, string> configurations = new Dictionary<long, string>();
    private IDisposable? live;
    private long subscribed;

    [Inject]
    private IClusterLive Live { get; set; } = null!;

    [Inject]
    private ReadClusters Clusters { get; set; } = null!;

    [Inject]
    private IPreflightStore Preflights { get; set; } = null!;

    [Inject]
    private IApplicationStore Applications { get; set; } = null!;

    [Inject]
    private IRegistrationStore Registrations { get; set; } = null!;

    [Inject]
    private IDriftStore Drifts { get; set; } = null!;

    [Inject]
    private IConfigStore Configurations { get; set; } = null!;

    [Parameter]
    public long Id { get; set; }

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Clusters];

    private string Tab => Url[TabKey] ?? "live";

    private string GitLabUrl => Instances.Find(line!.Cluster.Instance)?.Url ?? "";

    private string Says => line!.View is not { } view ? "is not watched yet"
        : line.IsInTrouble ? "cannot be watched"
        : $"runs {Words.Count(view.Pods.Running, "job")}, {Words.Count(view.Pods.Pending)} waiting to start";

    private IReadOnlyList<TabLink> Tabs =>
    [
        Link("live", "Live", line!.View is { } view ? Words.Count(view.Pods.Pending + view.Pods.Running) : null),
        Link("managers", "Managers", line.View?.Look?.Managers is { } managers ? Words.Count(managers.Count) : null),
        Link("nodes", "Nodes", line.View?.Look?.Nodes is { } nodes ? Words.Count(nodes.Count) : null),
        Link("applications", "Applications", null),
        Link("drift", "Drift", drift.Sum(one => one.Report.Fields.Count) is > 0 and var differ ? Words.Count(differ) : null),
        Link("permissions", "Permissions", line.Missing is { } missing && missing.View + missing.Apply + missing.Operator is > 0 and var lacks ? $"{lacks} missing" : null),
        Link("connection", "Connection", null),
    ];

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        line = await Clusters.FindAsync(Id, cancel);
        if (line is null) return;
        ShowInstance(line.Cluster.Instance);
        drift = await Drifts.ListAsync(Id, null, cancel);
        if (Tab == "applications") (applications, registrations) = (await Applications.ListAsync(Id, null, MostShown, null, cancel), await Registrations.ListAsync(Id, MostShown, null, cancel));
        if (Tab == "drift") configurations = (await Configurations.ListAsync(line.Cluster.Instance, cancel)).ToDictionary(one => one.Id, one => one.Name);
        report = Tab == "permissions" ? await Preflights.LastAsync(Id, cancel) : null;
        if (live is not null && subscribed == Id) return;
        live?.Dispose();
        (live, subscribed) = (Live.Subscribe(Id, TimeSpan.FromSeconds(1), LookAgainAsync), Id);
        Leaving.Register(live.Dispose);
    }

    // What the watch sees is in memory: the database need not be asked for it.
    private Task LookAgainAsync() => InvokeAsync(() =>
    {
        if (line is null || Live.Find(Id) is not { } view) return;
        line = line with { View = view };
        StateHasChanged();
    });

    private TabLink Link(string key, string title, string? count) => new(title, Url.With(TabKey, key == "live" ? null : key), Tab == key, count);
}
