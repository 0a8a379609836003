using System.Security.Claims;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Fleet;

/// <summary>A person's own docker runners: those of groups that they own and of projects that they maintain, as GitLab says with their token.</summary>
public sealed class MyRunnersReading(OwnProjects projects, OwnGroups groups, OwnedRunners runners, IMigrationStore migration, IWorldClock clock)
{
    private const int MonthDays = 28;

    /// <returns>Null when the person has to sign in again, or is an API token, which has no GitLab session.</returns>
    /// <exception cref="Domain.Instances.GitLabUnavailableException">GitLab does not answer.</exception>
    public async Task<IReadOnlyList<OwnedRunner>?> OfAsync(ClaimsPrincipal person, InstanceId instance, CancellationToken cancel)
    {
        if (await projects.OfAsync(person, cancel) is not { } maintained || await groups.OfAsync(person, cancel) is not { } owned) return null;
        var (ofGroups, ofProjects) = (owned.Where(one => one.Id.Instance == instance).Select(one => one.Id.Number).ToHashSet(), maintained.Where(one => one.Id.Instance == instance).Select(one => one.Id.Number).ToHashSet());
        return [.. (await AllAsync(instance, cancel)).Where(one => one.IsOf(ofGroups, ofProjects))];
    }

    /// <summary>Everybody's, for those who may read everything; the runner pair is not among them, since it is kept for the migration. None before the first snapshot.</summary>
    public async Task<IReadOnlyList<OwnedRunner>> AllAsync(InstanceId instance, CancellationToken cancel)
    {
        var now = clock.Now(instance);
        var week = UnmanagedEndpoint.Week(now);
        var all = await runners.RunAsync(instance, week with { From = week.From.AddDays(7 - MonthDays) }, week, cancel) ?? [];
        return (await migration.SettingsAsync(instance, cancel)).Pair is { } pair ? [.. all.Where(one => one.Id.Number != pair.Docker)] : all;
    }
}
