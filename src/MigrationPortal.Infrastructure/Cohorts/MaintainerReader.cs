using System.Collections.Concurrent;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.Cohorts;

/// <summary>
/// Maintainers by GitLab's lists of members, a few projects at a time and within monitoring's budget: a wave of hundreds of
/// projects waits its turn rather than failing half way.
/// </summary>
internal sealed class MaintainerReader(IGroupReader groups, TimeProvider time) : IProjectMembers
{
    private const int AtOnce = 4;

    /// <summary>Whoever sends a wave waits for it.</summary>
    private static readonly TimeSpan MostPatience = TimeSpan.FromMinutes(2);

    public async Task<IReadOnlyDictionary<ProjectId, IReadOnlyList<UserId>>> MaintainersAsync(IReadOnlyCollection<ProjectId> projects, CancellationToken cancel)
    {
        var (found, began) = (new ConcurrentDictionary<ProjectId, IReadOnlyList<UserId>>(), time.GetTimestamp());
        await Parallel.ForEachAsync(projects.Distinct(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (project, token) =>
        {
            // A project that GitLab does not show, because it was deleted meanwhile, has nobody to ask.
            if (await OneAsync(project, began, token) is Outcome<IReadOnlyList<ProjectMaintainer>>.Done { Result: var people })
                found[project] = [.. people.Where(one => one.Active).Select(one => one.Id)];
        });
        return found;
    }

    private async Task<Outcome<IReadOnlyList<ProjectMaintainer>>> OneAsync(ProjectId project, long began, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await groups.MaintainersAsync(new GitLabCaller.Portal(RequestPurpose.Projects), project, cancel);
            }
            catch (BudgetSpentException spent)
            {
                if (time.GetElapsedTime(began) + spent.ComesBackIn > MostPatience)
                    throw new GitLabUnavailableException(project.Instance, "the budget of requests is spent for now, so not all people could be read; nothing was sent.", spent);
                await Task.Delay(spent.ComesBackIn, time, cancel);
            }
        }
    }
}
