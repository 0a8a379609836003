using System.Globalization;
using MigrationPortal.EndToEnd.Tests.Harness;
using MigrationPortal.EndToEnd.Tests.Pages;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>Where untagged jobs really ran.</summary>
/// <param name="started">Untagged ones that a runner took.</param>
/// <param name="managed">Runners that the migration is about; the others are their owners'.</param>
internal sealed class UntaggedJobs(IReadOnlyList<TrueJob> started, IReadOnlySet<long> managed)
{
    public static async Task<UntaggedJobs> ReadAsync(SimulatorControl world, IEnumerable<long> managed, CancellationToken cancellation) =>
        new([.. (await world.JobsAsync(cancellation)).Where(job => job is { Untagged: true, StartedAt: not null })], managed.ToHashSet());

    /// <summary>Executors of the managed jobs created in that time.</summary>
    public IReadOnlyList<string> Executors(DateTimeOffset from, DateTimeOffset to) =>
        [.. started.Where(job => job.CreatedAt >= from && job.CreatedAt < to && job.RunnerId is { } runner && managed.Contains(runner)).Select(job => job.Executor!)];

    /// <summary>Every whole hour from then on, as the chart of shares must show it: also the jobs of unmanaged runners.</summary>
    public IReadOnlyList<ShareCell> ByHour(DateTimeOffset from) =>
    [
        .. started.Where(job => job.StartedAt >= from)
            .GroupBy(job => Hour(job.StartedAt!.Value))
            .Where(hour => hour.Key >= from)
            .Select(hour => new ShareCell(
                hour.Key.ToString("d MMM HH:mm", CultureInfo.InvariantCulture),
                hour.Count(job => job.Executor == "kubernetes"),
                hour.Count(job => job.Executor is "docker" or "docker+machine"),
                hour.Count())),
    ];

    private static DateTimeOffset Hour(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
