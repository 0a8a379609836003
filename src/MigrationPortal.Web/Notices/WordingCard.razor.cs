using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Notices;

/// <summary>One text, to be put into other words.</summary>
public sealed partial class WordingCard
{
    private string text = "";
    private string? shown;
    private bool busy;
    private bool saved;
    private IReadOnlyList<string> problems = [];

    [Inject]
    private ChangeWording Change { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required Wording Piece { get; set; }

    /// <summary>Null: the usual.</summary>
    [Parameter, EditorRequired]
    public required string? Own { get; set; }

    [Parameter]
    public bool MayChange { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    // What somebody types must not be lost when the page reads again.
    protected override void OnParametersSet()
    {
        var now = Own ?? Piece.Usual;
        if (shown == now) return;
        (shown, text) = (now, now);
    }

    private Task SaveAsync() => ChangeAsync(text);

    private Task TakeBackAsync() => ChangeAsync(null);

    private async Task ChangeAsync(string? wanted)
    {
        if (busy) return;
        busy = true;
        try
        {
            var outcome = await Change.RunAsync(Piece.Key, wanted, (await SignedIn).User.Actor(), CancellationToken.None);
            problems = outcome.Match(_ => [], no => no.Reasons);
            saved = problems.Count == 0;
        }
        finally
        {
            busy = false;
        }

        if (saved) await OnChanged.InvokeAsync();
    }
}
