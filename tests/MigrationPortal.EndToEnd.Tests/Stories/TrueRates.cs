using System.Globalization;
using System.Text.Json.Nodes;
using MigrationPortal.EndToEnd.Tests.Harness;
using MigrationPortal.EndToEnd.Tests.Pages;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>What a daily chart of failure rates must show, counted from what really happened. Canceled jobs tell nothing.</summary>
internal sealed class TrueRates
{
    /// <summary>Days with fewer finished jobs are gaps in the chart.</summary>
    private const int LeastJobs = 20;

    private static readonly string[] InfrastructureReasons = ["runner_system_failure", "unknown_failure", "stuck_or_timeout_failure"];

    private readonly IReadOnlyList<JsonNode> _hours;

    private TrueRates(IReadOnlyList<JsonNode> hours) => _hours = hours;

    public IReadOnlyList<RateCell> All => Cells(_ => true);

    public IReadOnlyList<RateCell> Infrastructure => Cells(reason => InfrastructureReasons.Contains(reason));

    public static async Task<TrueRates> ReadAsync(SimulatorControl world) =>
        new([.. (await world.TruthAsync())["hours"]!.AsArray().OfType<JsonNode>()]);

    private IReadOnlyList<RateCell> Cells(Func<string, bool> counts) =>
    [
        .. _hours
            .Select(hour => (Day: Day(hour), Family: Family(hour["executor"]?.GetValue<string>()), Hour: hour))
            .Where(one => one.Family is not null && one.Hour["status"]!.GetValue<string>() is "success" or "failed")
            .GroupBy(one => (one.Day, one.Family))
            .Select(group => new RateCell(
                group.Key.Day, group.Key.Family!, Jobs(group.Where(one => one.Hour["reason"]?.GetValue<string>() is { } reason && counts(reason)).Select(one => one.Hour)), Jobs(group.Select(one => one.Hour))))
            .Where(cell => cell.Finished >= LeastJobs),
    ];

    private static int Jobs(IEnumerable<JsonNode> hours) => hours.Sum(hour => hour["jobs"]!.GetValue<int>());

    private static string Day(JsonNode hour) => hour["hour"]!.GetValue<DateTimeOffset>().UtcDateTime.ToString("ddd d MMM", CultureInfo.InvariantCulture);

    private static string? Family(string? executor) => executor switch
    {
        "kubernetes" => "Kubernetes",
        "docker" or "docker+machine" => "docker",
        _ => null,
    };
}
