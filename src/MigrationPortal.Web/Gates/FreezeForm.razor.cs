using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Gates;

/// <summary>A new freeze window, or one to change.</summary>
public sealed partial class FreezeForm
{
    private const string ByRule = "rule";

    private string name = "";
    private DateTime start;
    private DateTime end;
    private string zone = "UTC";
    private string repeats = "";
    private string written = "";
    private IReadOnlyList<string> problems = [];

    [Inject]
    private ChangeFreezes Change { get; set; } = null!;

    [Inject]
    private IFreezeCalendar Calendar { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    /// <summary>Null: a new one.</summary>
    [Parameter, EditorRequired]
    public required FreezeWindow? Of { get; set; }

    [Parameter, EditorRequired]
    public required InstanceId Instance { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    /// <summary>With what was done, in a sentence.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<string> OnDone { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<MouseEventArgs> OnLeave { get; set; }

    // Once: what somebody types must not be lost when the page reads again.
    protected override void OnInitialized()
    {
        (start, end) = (Now.UtcDateTime.Date.AddDays(1).AddHours(18), Now.UtcDateTime.Date.AddDays(2).AddHours(6));
        if (Of is not { } window) return;
        (name, start, end, zone, repeats) = (window.Name, window.Start, window.End, window.TimeZone, window.Recurrence ?? "");
        if (FreezeWords.Repeats.Any(one => one.Rule == repeats)) return;
        (repeats, written) = (ByRule, repeats);
    }

    private async Task SaveAsync()
    {
        var rule = repeats == ByRule ? written.Trim() : repeats;
        // Those left out belong to the series as it was.
        var isSameSeries = Of is { } before && before.Start == start && before.Recurrence == rule;
        var wish = new FreezeWish(name.Trim(), start, end, zone.Trim(), repeats.Length == 0 ? null : rule, isSameSeries ? Of!.Except : []);
        var who = (await SignedIn).User.Actor();
        var outcome = Of is null ? await Change.AddAsync(Instance, wish, who, CancellationToken.None) : await Change.SaveAsync(Instance, Of.Id, wish, who, CancellationToken.None);
        problems = outcome.Match(_ => [], no => no.Reasons);
        if (problems.Count == 0) await OnDone.InvokeAsync($"The freeze window {name.Trim()} is {(Of is null ? "added" : "saved")}.");
    }
}
