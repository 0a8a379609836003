using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;

namespace MigrationPortal.Web.Shared;

/// <summary>The kit's own page: what there is, and how it looks in both themes.</summary>
public sealed partial class DevKit
{
    private readonly Task<AuthenticationState> signedIn =
        Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, "Mara Lindqvist")], "sample"))));

    private bool isMenuOpen;

    [Inject]
    private ShellState Shell { get; set; } = null!;

    [Inject]
    private PageClock Clock { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    protected override void OnInitialized()
    {
        Clock.Follow(() => DevKitSamples.Now, isDemo: true);
        Shell.Show(new ShellFacts
        {
            Instances = [new("production", "Production", "gitlab.example.org"), new("qa", "QA", "gitlab-qa.example.org")],
            Counts = new Dictionary<string, string> { ["phases"] = "2", ["plans"] = "1", ["gates"] = "6/9", ["runners"] = "14", ["tags"] = "31", ["clusters"] = "2", ["projects"] = "1,204", ["pending"] = "212" },
            UserName = "Mara Lindqvist",
            UserRole = "operator",
        });
    }

    private async Task Ask() => await Dialogs.ConfirmAsync(new ConfirmRequest("Roll back operation 58?", "Roll back 5 runners")
    {
        Text = "Puts back 6 attributes on 5 runners as they were on Mon 30 Nov 09:00.",
        Points = ["388 jobs running on Kubernetes finish there", "3 merge requests merged since Monday stay merged"],
        Danger = true,
        AskReason = true,
        Type = "legacy-08",
    });
}
