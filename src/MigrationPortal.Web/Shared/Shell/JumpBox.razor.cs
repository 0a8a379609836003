using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace MigrationPortal.Web.Shared;

/// <summary>Ctrl K: every built page, and whatever <see cref="ShellFacts.Jumps"/> names. Arrows and Enter choose.</summary>
public sealed partial class JumpBox : IAsyncDisposable
{
    private IReadOnlyList<JumpTarget> found = [];
    private string question = "";
    private int at;
    private bool wasOpen;
    private DotNetObjectReference<JumpBox>? self;
    private IJSObjectReference? keys;

    [Inject]
    private JumpState Jump { get; set; } = null!;

    [Inject]
    private ShellState Shell { get; set; } = null!;

    [Inject]
    private PageCatalog Catalog { get; set; } = null!;

    [Inject]
    private Browser Browser { get; set; } = null!;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private IEnumerable<JumpTarget> Targets => Catalog.Built(NavMap.Admin)
        .SelectMany(group => group.Items)
        .Concat(Catalog.Built(NavMap.User))
        .Select(item => new JumpTarget(item.Title, item.Href, "page"))
        .Concat(Shell.Facts.Jumps);

    [JSInvokable]
    public void OpenJump() => Jump.Open();

    [JSInvokable]
    public void OpenShortcuts() => Jump.OpenKeys();

    protected override void OnInitialized() => Jump.Changed += OnJump;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            self = DotNetObjectReference.Create(this);
            keys = await Browser.ListenForJumpAsync(self);
        }

        var isOpen = Jump.IsOpen || Jump.AreKeysOpen;
        if (isOpen && !wasOpen)
            await Browser.FocusAsync("jump-question");
        wasOpen = isOpen;
    }

    private void OnJump()
    {
        question = "";
        Search();
        InvokeAsync(StateHasChanged);
    }

    private void Search()
    {
        at = 0;
        found = JumpSearch.Find(Targets, question);
    }

    private void OnKey(KeyboardEventArgs key)
    {
        if (key.Key == "Escape")
            Jump.Close();
        else if (key.Key == "ArrowDown")
            at = Math.Min(at + 1, Math.Max(0, found.Count - 1));
        else if (key.Key == "ArrowUp")
            at = Math.Max(at - 1, 0);
        else if (key.Key == "Enter" && Jump.IsOpen && at < found.Count)
            Go(found[at]);
    }

    private void Go(JumpTarget target)
    {
        Jump.Close();
        Navigation.NavigateTo(Url.OfInstance(target.Href));
    }

    public async ValueTask DisposeAsync()
    {
        Jump.Changed -= OnJump;
        try
        {
            if (keys is not null)
            {
                await keys.InvokeVoidAsync("stop");
                await keys.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser went first; its listeners are gone.
        }

        self?.Dispose();
    }
}
