using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Narrows a page to a value that no menu could list: one of 120,000 projects, by typing a part of its path.</summary>
public sealed partial class ValuePick
{
    private const int Offered = 12;

    private readonly string id = "pick-" + Guid.NewGuid().ToString("N")[..8];
    private IReadOnlyList<(string Value, string Name)> offers = [];
    private string key = "project";
    private string text = "";
    private string? refusal;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Inject]
    private IProjectStore Projects { get; set; } = null!;

    [Inject]
    private IFleetStore Fleet { get; set; } = null!;

    [Parameter, EditorRequired]
    public required InstanceId Instance { get; set; }

    private string Hint => key switch
    {
        "project" => "Path or number of a project",
        "tag" => $"A tag, or {Explorer.Untagged}",
        "runner" => "Name or number of a runner",
        "reason" => "GitLab's failure reason",
        _ => "Such as 18.5.0",
    };

    private async Task TypedAsync(ChangeEventArgs typed)
    {
        text = typed.Value?.ToString() ?? "";
        (refusal, offers) = (null, await OffersAsync(text.Trim()));
    }

    private async Task NarrowAsync()
    {
        var wanted = text.Trim();
        if (wanted.Length == 0) return;
        var found = key is "project" or "runner" && !long.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? (await OffersAsync(wanted)) switch
            {
                var some when some.FirstOrDefault(one => one.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase)) is { Value: { } exact } => exact,
                [var only] => only.Value,
                _ => null,
            }
            : wanted;
        refusal = found is null ? $"No single {key} is called \"{wanted}\"." : null;
        if (found is null) return;
        text = "";
        Url.Set([KeyValuePair.Create(key, (string?)found), KeyValuePair.Create("page", (string?)null), KeyValuePair.Create("after", (string?)null)]);
    }

    private async Task<IReadOnlyList<(string Value, string Name)>> OffersAsync(string part)
    {
        if (part.Length == 0) return [];
        switch (key)
        {
            case "project":
                return [.. (await Projects.ListAsync(Instance, part, Offered, null, default)).Select(one => (one.Id.Number.ToString(CultureInfo.InvariantCulture), one.Access.FullPath))];
            case "runner":
                var runners = (await Fleet.LatestAsync(Instance, default))?.Runners ?? [];
                return [.. runners.Where(one => one.Observed.Description.Contains(part, StringComparison.OrdinalIgnoreCase)).Take(Offered)
                    .Select(one => (one.Id.Number.ToString(CultureInfo.InvariantCulture), one.Observed.Description))];
            case "reason":
                return [.. FailureReasons.Known.Keys.Where(one => one.Contains(part, StringComparison.OrdinalIgnoreCase)).Take(Offered).Select(one => (one, one))];
            default:
                return [];
        }
    }
}
