using System.Globalization;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>What people call the values of a dimension: a project's path, a runner's description.</summary>
public sealed class ValueNames(IProjectStore projects, IFleetStore fleet)
{
    /// <summary>In answers and addresses: the job has none of the dimension, or none that is known.</summary>
    public const string NotKnown = "unknown";

    public async Task<IReadOnlyDictionary<string, string>> OfAsync(InstanceId instance, Dimension by, IReadOnlyCollection<string> values, CancellationToken cancel)
    {
        var numbers = values.Select(value => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).Where(number => number >= 0).ToList();
        switch (by)
        {
            case Dimension.Project:
                return (await projects.FindAsync([.. numbers.Select(number => new ProjectId(instance, number))], cancel)).ToDictionary(one => Text(one.Key.Number), one => one.Value.Access.FullPath);
            case Dimension.Runner when numbers.Count > 0 && await fleet.LatestAsync(instance, cancel) is { } snapshot:
                return snapshot.Runners.Where(runner => numbers.Contains(runner.Id.Number)).ToDictionary(runner => Text(runner.Id.Number), runner => runner.Observed.Description);
            case Dimension.Executor:
                return values.ToDictionary(value => value, value => ExecutorLook.Of(value).Word);
            case Dimension.Tag:
                return values.ToDictionary(value => value, value => value.Length == 0 ? "untagged" : value);
            case Dimension.Reason:
                return values.ToDictionary(value => value, value => value == NotKnown ? "not known" : value.Replace('_', ' '));
            default:
                return values.ToDictionary(value => value, value => value == NotKnown ? "not known" : value);
        }
    }

    /// <summary>Of the values that a filter narrows to, by what stands in the address: "project=7".</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfFiltersAsync(InsightFilter filter, CancellationToken cancel)
    {
        var named = new Dictionary<string, string>();
        foreach (var (dimension, values) in filter.Where)
            foreach (var (value, name) in await OfAsync(filter.Instance, dimension, values.Split(','), cancel))
                named[$"{InsightQuery.Word(dimension)}={Explorer.Shown(value)}"] = name;
        return named;
    }

    /// <summary>The name, or what stands for it where it is not known.</summary>
    public static string Of(IReadOnlyDictionary<string, string> names, Dimension by, string value) => names.GetValueOrDefault(value) ?? by switch
    {
        Dimension.Project => $"project {value}",
        Dimension.Runner => $"runner {value}",
        _ => Explorer.Shown(value),
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
