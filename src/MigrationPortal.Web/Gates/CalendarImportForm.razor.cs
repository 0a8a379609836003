using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Web;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Gates;

/// <summary>Takes in a calendar file.</summary>
public sealed partial class CalendarImportForm
{
    /// <summary>Bytes, as the API takes at most.</summary>
    private const int Longest = 1024 * 1024;

    private string text = "";
    private string zone = "UTC";
    private IReadOnlyList<string> problems = [];

    [Inject]
    private ChangeFreezes Change { get; set; } = null!;

    [Inject]
    private IFreezeCalendar Calendar { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required InstanceId Instance { get; set; }

    /// <summary>With what was done, in a sentence.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<string> OnDone { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<MouseEventArgs> OnLeave { get; set; }

    private async Task ReadFileAsync(InputFileChangeEventArgs chosen)
    {
        if (chosen.File.Size > Longest)
        {
            problems = [$"{chosen.File.Name} has more than {Longest / 1024 / 1024} MB: export fewer events."];
            return;
        }

        problems = [];
        using var reader = new StreamReader(chosen.File.OpenReadStream(Longest));
        text = await reader.ReadToEndAsync();
    }

    private async Task TakeInAsync()
    {
        var outcome = await Change.ImportAsync(Instance, text, zone.Trim(), (await SignedIn).User.Actor(), CancellationToken.None);
        problems = outcome.Match(_ => [], no => no.Reasons);
        if (outcome is Outcome<FreezesImported>.Done { Result: var (added, changed) }) await OnDone.InvokeAsync($"{added} freeze windows were added and {changed} written anew.");
    }
}
