using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>The kit's own page: what there is, and how it looks in both themes.</summary>
public sealed partial class DevKit
{
    [Inject]
    private ShellState Shell { get; set; } = null!;

    [Inject]
    private PageClock Clock { get; set; } = null!;

    protected override void OnInitialized()
    {
        var now = new DateTimeOffset(2026, 11, 25, 14, 20, 0, TimeSpan.Zero);
        Clock.Follow(() => now, isDemo: true);
        Shell.Show(new ShellFacts
        {
            Instances = [new("production", "Production", "gitlab.example.org"), new("qa", "QA", "gitlab-qa.example.org")],
            Counts = new Dictionary<string, string> { ["phases"] = "2", ["plans"] = "1", ["runners"] = "14", ["pending"] = "212" },
            UserName = "Mara Lindqvist",
            UserRole = "operator",
        });
    }
}
