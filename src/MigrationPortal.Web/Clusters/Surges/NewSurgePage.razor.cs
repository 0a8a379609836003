using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Clusters.Surges;

/// <summary>The way to a surge: who, as what and how long, what becomes reachable, yes.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class NewSurgePage
{
    private static readonly (int Minutes, string Word)[] Spans = [(15, "15 minutes"), (60, "1 hour"), (240, "4 hours"), (480, "8 hours"), (1440, "1 day"), (4320, "3 days"), (10080, "7 days"), (20160, "14 days")];
    private static readonly (int Minutes, string Word)[] Drains = [(0, "no time: they end at once"), (15, "15 minutes"), (60, "1 hour"), (240, "4 hours"), (1440, "1 day")];

    private IReadOnlyList<Cluster> clusters = [];
    private IReadOnlyList<StoredConfiguration> configurations = [];
    private List<Row> rows = [];
    private IReadOnlyList<string> problems = [];
    private SurgePreview? seen;
    private RunnerRole role = RunnerRole.Kubernetes;
    private int minutes = 240;
    private int drainMinutes = 60;
    private string reason = "";
    private string vouch = "";
    private bool allOpened;
    private bool readIt;
    private bool removeThem;
    private bool busy;

    [Inject]
    private IClusterStore Clusters { get; set; } = null!;

    [Inject]
    private IConfigStore Configurations { get; set; } = null!;

    [Inject]
    private IFleetStore Fleet { get; set; } = null!;

    [Inject]
    private IApplicationStore Applications { get; set; } = null!;

    [Inject]
    private PreviewSurge Preview { get; set; } = null!;

    [Inject]
    private StartSurge Start { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [];

    protected override InstanceId Instance => Instances.Production.Id;

    private bool MayBegin => readIt && removeThem && !string.IsNullOrWhiteSpace(reason) && (seen is { Unverified.Count: 0 } || !string.IsNullOrWhiteSpace(vouch));

    private (string Title, string Text, string Href, string Link)? Missing =>
        !Instances.All.Any(one => one.Kind == InstanceKind.Qa) ? ("There is no QA instance", "Only runners of a second GitLab, set up as QA, are lent.", "health", "Connections")
        : clusters.Count == 0 ? ("No cluster of QA is connected", "The lent manager runs beside QA's own: connect QA's cluster first.", "clusters/new", "Connect a cluster")
        : rows.Count == 0 ? ("QA has no Kubernetes runner", "Only runners with the kubernetes executor are lent. They are read every few minutes: register one there first.", "runners", "Runners")
        : configurations.Count == 0 ? ("There is no configuration", "The lent manager needs one: import QA's, so that its jobs run as QA's do.", "runner-configs", "Configurations")
        : null;

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        var qa = Instances.All.Where(one => one.Kind == InstanceKind.Qa).Select(one => one.Id).ToList();
        clusters = [.. (await Clusters.ListAsync(null, cancel)).Where(one => qa.Contains(one.Instance))];
        // QA's own first: their jobs are known to run there.
        configurations = [.. (await ListAsync(Configurations.ListAsync, [.. qa, Instance], cancel))];
        var found = new List<Row>();
        foreach (var instance in qa)
        {
            var applied = await Applications.GoodAsync(instance, cancel);
            foreach (var runner in ((await Fleet.LatestAsync(instance, cancel))?.Runners ?? []).Where(one => PreviewSurge.MayLend(one.Observed)))
            {
                var (home, good) = (clusters.FirstOrDefault(one => one.RunnerIds.Contains(runner.Id.Number) && one.Instance == instance) ?? clusters.FirstOrDefault(one => one.Instance == instance), applied.FirstOrDefault(one => one.Runner == runner.Id.Number));
                if (home is not null) found.Add(new Row(runner) { Cluster = good?.Cluster ?? home.Id, Configuration = good?.Configuration ?? (configurations.Count > 0 ? configurations[0].Id : 0) });
            }
        }

        rows = found;
    }

    private static async Task<IEnumerable<StoredConfiguration>> ListAsync(Func<InstanceId, CancellationToken, Task<IReadOnlyList<StoredConfiguration>>> list, IEnumerable<InstanceId> instances, CancellationToken cancel)
    {
        var all = new List<StoredConfiguration>();
        foreach (var one in instances) all.AddRange(await list(one, cancel));
        return all.DistinctBy(one => one.Id);
    }

    private SurgeWish Wish(string? fingerprint) => new(
        role, null, [.. rows.Where(row => row.Chosen).Select(row => new LendWish(row.Runner.Id.Number, row.Cluster, row.Configuration, null))], Now + TimeSpan.FromMinutes(minutes), TimeSpan.FromMinutes(drainMinutes), fingerprint, removeThem, reason)
    { OverrideUnverified = vouch };

    private Task LookAsync() => OnceAsync(async () =>
    {
        (readIt, removeThem, allOpened) = (false, false, false);
        problems = (await Preview.RunAsync(Wish(null), CancellationToken.None)).TryGet(out seen, out var no) ? [] : no.Reasons;
    });

    private Task BeginAsync() => OnceAsync(async () =>
    {
        if (!MayBegin) return;
        if ((await Start.RunAsync(Wish(seen!.Fingerprint), (await SignedIn).User.Actor(), CancellationToken.None)).TryGet(out var begun, out var no))
        {
            Navigation.NavigateTo($"surges/{begun.Id}");
            return;
        }

        // The new list takes the old one's place: it is read and confirmed anew.
        var added = new List<string>();
        if (no.Code == "reach-changed" && (await Preview.RunAsync(Wish(null), CancellationToken.None)).TryGet(out var now, out _))
        {
            added.AddRange(now.Reach.Except(seen.Reach).Select(one => $"{SurgeLook.Of(one.Kind)}: {one.Name}"));
            (seen, readIt, allOpened) = (now, false, false);
        }

        problems = [.. no.Reasons, .. added.Count > 0 ? [$"New: {string.Join("; ", added)}."] : Array.Empty<string>()];
    });

    private async Task OnceAsync(Func<Task> work)
    {
        if (busy) return;
        busy = true;
        try
        {
            await work();
        }
        finally
        {
            busy = false;
        }
    }

    private sealed class Row(FleetRunner runner)
    {
        public FleetRunner Runner { get; } = runner;

        public bool Chosen { get; set; }

        public long Cluster { get; set; }

        public long Configuration { get; set; }
    }
}
