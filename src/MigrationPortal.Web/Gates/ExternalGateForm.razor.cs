using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Gates;

/// <summary>A new external gate, or the query of one.</summary>
public sealed partial class ExternalGateForm
{
    private string name = "";
    private string kind = "promql";
    private string url = "";
    private string expression = "";
    private string passes = "below";
    private double threshold;
    private int timeout = PromQuery.UsualTimeout;
    private string token = "";
    private bool withoutToken;
    private IReadOnlyList<string> problems = [];

    [Inject]
    private ChangeExternalGates Change { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    /// <summary>Null: a new one.</summary>
    [Parameter, EditorRequired]
    public required ExternalGate? Of { get; set; }

    [Parameter, EditorRequired]
    public required InstanceId Instance { get; set; }

    /// <summary>With the secret that was made, to be shown once.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<string?> OnDone { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnLeave { get; set; }

    // Once: what somebody types must not be lost when the page reads again.
    protected override void OnInitialized()
    {
        if (Of?.Query is not { } query) return;
        (name, url, expression, passes, threshold, timeout) = (Of.Name, query.Url, query.Expression, ExternalWords.Of(query.Passes), query.Threshold, query.Timeout);
    }

    private async Task SaveAsync()
    {
        var query = kind == "promql" ? new PromQuery(url.Trim(), expression.Trim(), ExternalWords.Comparisons.First(one => one.Word == passes).Value, threshold, timeout) : null;
        var who = (await SignedIn).User.Actor();
        var outcome = Of is null
            ? await Change.AddAsync(Instance, name.Trim(), query, query is null ? null : token, who, CancellationToken.None)
            : await Change.SaveAsync(Instance, Of.Name, query!, withoutToken ? "" : token.Length == 0 ? null : token, who, CancellationToken.None);
        problems = outcome.Match(_ => [], no => no.Reasons);
        if (outcome is Outcome<ExternalGateChanged>.Done { Result: var changed }) await OnDone.InvokeAsync(changed.MadeSecret);
    }
}
