using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Cohorts;

/// <summary>A new cohort: empty, because waves enlarge it.</summary>
public sealed partial class CohortForm
{
    private string name = "";
    private string seed = "";
    private int? each;
    private string excluded = "";
    private bool isBusy;
    private IReadOnlyList<string> problems = [];

    [Inject]
    private CreateCohort Create { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required InstanceId Instance { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<Cohort> OnMade { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<MouseEventArgs> OnLeave { get; set; }

    private async Task SaveAsync()
    {
        var (left, bad) = Excluded();
        problems = bad;
        if (problems.Count > 0) return;
        isBusy = true;
        try
        {
            var wish = new CohortWish(name.Trim(), seed.Trim() is { Length: > 0 } given ? given : null, GroupCaps.None with { Each = each }, left);
            var outcome = await Create.RunAsync(Instance, wish, (await SignedIn).User.Actor(), CancellationToken.None);
            if (outcome.TryGet(out var made, out var no)) await OnMade.InvokeAsync(made);
            else problems = no.Reasons;
        }
        finally
        {
            isBusy = false;
        }
    }

    private (Dictionary<long, string> Left, IReadOnlyList<string> Bad) Excluded()
    {
        var (left, bad) = (new Dictionary<long, string>(), new List<string>());
        foreach (var line in excluded.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split(' ', 2, StringSplitOptions.TrimEntries);
            if (!long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var project) || parts.Length < 2) bad.Add($"Left out: '{line}' needs a project number and why, such as: 1204 builds releases this month.");
            else if (!left.TryAdd(project, parts[1])) bad.Add($"Left out: project {project} is there twice.");
        }

        return (left, bad);
    }
}
