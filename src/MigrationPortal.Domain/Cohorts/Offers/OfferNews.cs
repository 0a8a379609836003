using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Offers;

/// <summary>That its people are asked about jobs which will fail, as a project's digest says it.</summary>
public sealed class OfferNews(IOfferStore offers, IProjectStore projects)
{
    public async Task<IReadOnlyList<ProjectNews>> RunAsync(InstanceId instance, IReadOnlySet<ProjectId> ours, TimeWindow time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(ours);
        var asked = (await offers.LastAsync(instance, cancel)).Values.Where(one => ours.Contains(one.Project) && one.At >= time.From && one.At < time.To).ToList();
        if (asked.Count == 0) return [];
        var paths = await projects.FindAsync([.. asked.Select(one => one.Project)], cancel);
        return [.. asked.Select(one => new ProjectNews(one.At, $"Jobs of {paths.GetValueOrDefault(one.Project)?.Access.FullPath ?? $"project {one.Project.Number}"} will fail on Kubernetes as they are: mend them, say that they are all right, or stay on docker."))];
    }
}
