using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Clusters;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>A revision beside what a cluster runs. A comparison costs the cluster some requests, so a click asks for it.</summary>
public sealed partial class ConfigClusterPart
{
    private IReadOnlyList<Cluster>? clusters;
    private DriftReport? report;
    private string? refused;
    private string name = "";
    private long chosen;
    private int compared;
    private bool busy;

    [Inject]
    private IClusterStore Clusters { get; set; } = null!;

    [Inject]
    private CompareWithCluster Compare { get; set; } = null!;

    [Parameter, EditorRequired]
    public required long Id { get; set; }

    /// <summary>Clusters of this instance are offered.</summary>
    [Parameter, EditorRequired]
    public required InstanceId Instance { get; set; }

    [Parameter, EditorRequired]
    public required int Revision { get; set; }

    protected override async Task OnInitializedAsync()
    {
        clusters = await Clusters.ListAsync(Instance, CancellationToken.None);
        chosen = clusters.Count > 0 ? clusters[0].Id : 0;
    }

    private async Task CompareAsync()
    {
        if (busy) return;
        busy = true;
        try
        {
            var revision = Revision;
            var outcome = await Compare.RunAsync(chosen, Id, revision, ApplyWords.Usual, CancellationToken.None);
            (report, refused) = outcome.TryGet(out var found, out var no) ? (found, (string?)null) : (null, string.Join(" ", no.Reasons));
            (compared, name) = (revision, clusters!.First(one => one.Id == chosen).Name);
        }
        finally
        {
            busy = false;
        }
    }
}
