using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Who has to be talked to: the top-level groups with most jobs on docker.</summary>
public sealed partial class StragglerOwnersCard
{
    private const int Most = 10;

    private IReadOnlyList<(string Name, int Projects, long OnDocker, long Unmanaged, long Finished)> owners = [];

    [Parameter, EditorRequired]
    public required Stragglers All { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<string> OnPick { get; set; }

    private string Finding
    {
        get
        {
            var leading = owners.Take(3).Sum(owner => owner.OnDocker);
            return owners.Count <= 3
                ? $"{Words.Count(owners.Count, "group")} {(owners.Count == 1 ? "has" : "have")} all of it."
                : $"3 of {Words.Count(owners.Count, "group")} have {Words.Percent((double)leading / All.OnDocker)} of the jobs on docker.";
        }
    }

    protected override void OnParametersSet() => owners =
    [
        .. All.Items.GroupBy(one => one.Owner ?? "not known")
            .Select(group => (group.Key, group.Count(), group.Sum(one => one.OnDocker), group.Sum(one => one.OnUnmanaged), group.Sum(one => one.Finished)))
            .OrderByDescending(owner => owner.Item3).ThenBy(owner => owner.Key, StringComparer.Ordinal),
    ];
}
