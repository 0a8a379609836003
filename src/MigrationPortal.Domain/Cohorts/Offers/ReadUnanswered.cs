using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Offers;

/// <summary>Whom the takeover will hit and who has not been heard, most failing jobs first.</summary>
public sealed class ReadUnanswered(IPredictedFailures predicted, IProjectStore projects, IOfferStore offers)
{
    public async Task<IReadOnlyList<UnansweredProject>> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var silent = (await predicted.ReadAsync(instance, cancel)).Failures.Where(one => !one.IsAnswered).GroupBy(one => one.Project).ToList();
        var (paths, asked) = (await projects.FindAsync([.. silent.Select(one => one.Key)], cancel), await offers.LastAsync(instance, cancel));
        return
        [
            .. silent.Select(one => new UnansweredProject(
                    one.Key, paths.GetValueOrDefault(one.Key)?.Access.FullPath ?? $"project {one.Key.Number}", one.Sum(job => job.JobsPerDay), [.. one.Select(job => job.Job).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                    [.. one.SelectMany(job => job.Rules).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], asked.GetValueOrDefault(one.Key)))
                .OrderByDescending(one => one.JobsPerDay).ThenBy(one => one.Path, StringComparer.Ordinal),
        ];
    }
}
