using System.Globalization;
using MigrationPortal.EndToEnd.Tests.Harness;
using MigrationPortal.EndToEnd.Tests.Pages;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// What a daily chart of failure rates must show, counted from what really happened on managed runners. Canceled jobs
/// tell nothing.
/// </summary>
internal sealed class TrueRates
{
    /// <summary>Days with fewer finished jobs are gaps in the chart.</summary>
    private const int LeastJobs = 20;

    private static readonly string[] InfrastructureReasons = ["runner_system_failure", "unknown_failure", "stuck_or_timeout_failure"];

    private readonly IReadOnlyList<TrueJob> _finished;

    private TrueRates(IReadOnlyList<TrueJob> finished) => _finished = finished;

    public IReadOnlyList<RateCell> All => Cells(_ => true);

    public IReadOnlyList<RateCell> Infrastructure => Cells(reason => InfrastructureReasons.Contains(reason));

    public static async Task<TrueRates> ReadAsync(SimulatorControl world, IReadOnlySet<long> managed) =>
        new([.. (await world.JobsAsync()).Where(job => job.Status is "success" or "failed" && job.RunnerId is { } runner && managed.Contains(runner))]);

    private IReadOnlyList<RateCell> Cells(Func<string, bool> counts) =>
    [
        .. _finished
            .GroupBy(job => (Day: job.FinishedAt!.Value.UtcDateTime.ToString("ddd d MMM", CultureInfo.InvariantCulture), Family: Family(job.Executor)))
            .Where(group => group.Key.Family is not null)
            .Select(group => new RateCell(group.Key.Day, group.Key.Family!, group.Count(job => job.FailureReason is { } reason && counts(reason)), group.Count()))
            .Where(cell => cell.Finished >= LeastJobs),
    ];

    private static string? Family(string? executor) => executor switch
    {
        "kubernetes" => "Kubernetes",
        "docker" or "docker+machine" => "docker",
        _ => null,
    };
}
