using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <summary>Bad news first, one action on each.</summary>
public sealed partial class AttentionCard
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<Domain.Phases.AttentionItem> Items { get; set; }

    private bool isAll;

    // So many are read at a glance; the rest is one click away.
    private IEnumerable<Domain.Phases.AttentionItem> Shown => isAll ? Items : Items.Take(6);

    private static VerdictKind KindOf(Domain.Phases.AttentionItem item) => item.Level switch
    {
        AttentionLevel.Fail => VerdictKind.Fail,
        AttentionLevel.Attention => VerdictKind.Attention,
        AttentionLevel.Unknown => VerdictKind.Unknown,
        _ => VerdictKind.Wait,
    };

    // The chip's column is narrow: one short word, or the state's own.
    private static string? WordOf(Domain.Phases.AttentionItem item) => item.Code switch
    {
        "operation-halted" => "halted",
        "operation-waiting" => "waits",
        "guard-fired" => "fired",
        "drift" => "drift",
        "drift-conflict" => "conflict",
        "approval-missing" => "approve",
        "freeze-holds" => "freeze",
        "external-expired" => "expired",
        "brownout" => "brownout",
        "brownout-overdue" => "overdue",
        "flip-missed" => "missed",
        "roles-unconfirmed" => "confirm",
        "unserved-pending" => "no runner",
        "gitlab-20" => "deadline",
        "token-expires" => "expires",
        "observe-mode" => "observe",
        _ => null,
    };

    private static (string Word, string Href)? WayOf(Domain.Phases.AttentionItem item) => item.Code switch
    {
        "operation-halted" or "operation-waiting" or "brownout" or "brownout-overdue" => ($"Open operation {item.Subject}", $"operations/{item.Subject}"),
        "guard-fired" when item.Subject is null => ("Decide to evacuate", "evacuate"),
        "guard-fired" => ($"Open operation {item.Subject}", $"operations/{item.Subject}"),
        "drift" or "drift-conflict" => ("See the phase", "phases"),
        "approval-missing" => ($"Open plan {item.Subject}", $"plans/{item.Subject}"),
        "freeze-holds" => ("Open the calendar", "calendar"),
        "external-expired" => ("Open the gate", "gates?gate=external"),
        "flip-missed" => ("See the schedule", "phases"),
        "roles-unconfirmed" or "new-legacy-runner" => ("Confirm roles", "runners"),
        "unserved-pending" => ("See pending jobs", "pending"),
        "gitlab-20" => ("See runners", "runners?executor=docker%2Bmachine"),
        _ => ("Open connections", "health"),
    };
}
