using Microsoft.JSInterop;

namespace MigrationPortal.Web.Shared;

/// <summary>The few things that only the reader's browser knows or can do. One for each circuit.</summary>
public sealed class Browser(IJSRuntime js) : IAsyncDisposable
{
    private Task<IJSObjectReference>? module;

    private Task<IJSObjectReference> Module => module ??= js.InvokeAsync<IJSObjectReference>("import", "./portal.js").AsTask();

    /// <summary>The theme set before the first paint: <c>light</c> or <c>dark</c>.</summary>
    public async Task<string> ThemeAsync() => await (await Module).InvokeAsync<string>("theme");

    /// <summary>Switches at once and remembers it for a year.</summary>
    public async Task SetThemeAsync(string theme) => await (await Module).InvokeVoidAsync("setTheme", theme);

    public async Task<TimeSpan> OffsetAsync() => TimeSpan.FromMinutes(await (await Module).InvokeAsync<int>("minutesFromUtc"));

    /// <summary>False where the browser refuses the clipboard.</summary>
    public async Task<bool> CopyAsync(string text) => await (await Module).InvokeAsync<bool>("copy", text);

    /// <summary>The browser's own print dialog, which also saves as PDF.</summary>
    public async Task PrintAsync() => await (await Module).InvokeVoidAsync("printPage");

    public async Task FocusAsync(string id) => await (await Module).InvokeVoidAsync("focus", id);

    /// <summary>What is typed into a field that no binding follows; of more than <paramref name="most"/> characters the end.</summary>
    public async Task<string> TextOfAsync(string id, int most, CancellationToken cancel = default)
    {
        // There is no stream of nothing.
        if (await (await Module).InvokeAsync<int>("lengthOf", cancel, id) == 0) return "";
        await using var typed = await (await Module).InvokeAsync<IJSStreamReference>("textOf", cancel, id, most);
        // A character of UTF-16 takes at most three bytes.
        using var reader = new StreamReader(await typed.OpenReadStreamAsync(3L * most, cancel));
        return await reader.ReadToEndAsync(cancel);
    }

    /// <summary>Gives the reader a file that this page made.</summary>
    public async Task SaveAsync(string name, string type, byte[] bytes)
    {
        using var stream = new DotNetStreamReference(new MemoryStream(bytes));
        await (await Module).InvokeVoidAsync("save", name, type, stream);
    }

    /// <summary>Calls <c>OpenJump</c> and <c>OpenShortcuts</c> of the target on their keys, until the handle is stopped.</summary>
    public async Task<IJSObjectReference> ListenForJumpAsync<T>(DotNetObjectReference<T> target)
        where T : class => await (await Module).InvokeAsync<IJSObjectReference>("listenForJump", target);

    public async ValueTask DisposeAsync()
    {
        if (module is null)
            return;
        try
        {
            await (await module).DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser went first; it has taken the module with it.
        }
    }
}
