using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Clusters;

/// <summary>A new cluster, or one that is changed. What is secret is written here and never read back.</summary>
public sealed partial class ClusterForm
{
    private string name = "";
    private string managers = "";
    private string jobs = "";
    private string runners = "";
    private Way way = Way.Kubeconfig;
    private string kubeconfig = "";
    private string context = "";
    private string server = "";
    private string token = "";
    private string ca = "";
    private bool isUnchecked;
    private bool isSilent;
    private bool isBusy;
    private IReadOnlyList<string> contexts = [];
    private IReadOnlyList<string> problems = [];

    private enum Way
    {
        Keep,
        Kubeconfig,
        Token,
        InCluster,
    }

    [Inject]
    private ChangeCluster Change { get; set; } = null!;

    [Inject]
    private ClusterRules Rules { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    /// <summary>Null: a new one.</summary>
    [Parameter, EditorRequired]
    public required Cluster? Of { get; set; }

    /// <summary>Whose jobs run there.</summary>
    [Parameter, EditorRequired]
    public required InstanceId Instance { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<Cluster> OnSave { get; set; }

    // Once: what somebody types must not be lost when the page reads again.
    protected override void OnInitialized()
    {
        if (Of is not { } cluster) return;
        (name, managers, jobs, way) = (cluster.Name, cluster.ManagerNamespace, string.Join(", ", cluster.JobNamespaces), Way.Keep);
        runners = string.Join(", ", cluster.RunnerIds.Select(one => one.ToString(CultureInfo.InvariantCulture)));
    }

    private void Chosen()
    {
        var read = Kubeconfig.Read(kubeconfig);
        contexts = read.Contexts;
        if (!contexts.Contains(context)) context = read.CurrentContext ?? (contexts is [var first, ..] ? first : "");
    }

    private ClusterAccess? Access => way switch
    {
        Way.Kubeconfig => new ClusterAccess.Kubeconfig(kubeconfig, context),
        Way.Token => new ClusterAccess.Token(server.Trim(), token.Trim(), string.IsNullOrWhiteSpace(ca) ? null : ca),
        Way.InCluster => new ClusterAccess.InCluster(),
        _ => null,
    };

    private async Task SaveAsync()
    {
        var ids = Parts(runners).Select(one => long.TryParse(one.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).ToList();
        var wish = new ClusterWish(name.Trim(), Parts(jobs), managers.Trim(), ids, Access, isUnchecked && isSilent);
        problems = [.. wish.Problems(Of is null, Rules).Select(one => one.Sentence)];
        if (problems.Count > 0) return;
        isBusy = true;
        try
        {
            var who = (await SignedIn).User.Actor();
            var outcome = Of is null ? await Change.AddAsync(Instance, wish, who, CancellationToken.None) : await Change.SaveAsync(Of.Id, wish, Of.Version, who, CancellationToken.None);
            if (outcome.TryGet(out var saved, out var no)) await OnSave.InvokeAsync(saved);
            else (problems, isSilent) = (no.Reasons, no.Code == "cluster-unavailable");
        }
        finally
        {
            isBusy = false;
        }
    }

    private static string[] Parts(string text) => text.Split([',', ' ', '\n', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
