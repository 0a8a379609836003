using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Rights;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>What the portal's account may do in a cluster, what it lacks, and manifests that grant just that.</summary>
public sealed partial class ClusterPermissions
{
    private bool isBusy;
    private string? refused;

    [Inject]
    private RunPreflight Preflight { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Parameter, EditorRequired]
    public required Cluster Of { get; set; }

    /// <summary>Null before the first preflight.</summary>
    [Parameter, EditorRequired]
    public required PreflightReport? Report { get; set; }

    [Parameter, EditorRequired]
    public required Func<Task> OnChanged { get; set; }

    private string Grant => Report?.Grant(escalating: false) ?? "";

    private string Escalation => Report?.Grant(escalating: true) ?? "";

    private string? Said => Report is null ? null : $"asked {Words.Ago(Report.CheckedAt, Time.GetUtcNow())}{(Report.User is { } user ? $" as {user}" : "")}";

    private static string Title(PermissionUse use) => use switch
    {
        PermissionUse.View => "Watching pods and managers",
        PermissionUse.Apply => "Applying a manager's manifests",
        _ => "Applying the Operator's runners",
    };

    private (VerdictKind Kind, string Word) Look(PermissionUse use) => (Report!.MissingCount(use), Report.Missing(use).Count()) switch
    {
        (0, 0) => (VerdictKind.Pass, "all granted"),
        (0, _) => (VerdictKind.Pass, "enough"),
        // Whoever only watches needs no more.
        (var lacks, _) => (use == PermissionUse.View ? VerdictKind.Fail : VerdictKind.Wait, $"{lacks} missing"),
    };

    private async Task AskAsync()
    {
        (isBusy, refused) = (true, null);
        try
        {
            refused = (await Preflight.RunAsync(Of.Id, CancellationToken.None)).Match<string?>(_ => null, no => string.Join(' ', no.Reasons));
            await OnChanged();
        }
        finally
        {
            isBusy = false;
        }
    }
}
