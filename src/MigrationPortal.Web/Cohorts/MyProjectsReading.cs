using System.Security.Claims;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Gathers what a maintainer's page says of each of their projects.</summary>
public sealed class MyProjectsReading(OwnProjects own, IJobReader jobs, IProjectRuns runs, IScanStore scans, IEnrollmentStore enrollments, ReadMove move, ICohortFacts facts, ReadCampaign campaign, IWorldClock clock)
{
    private const int Days = 7;

    /// <returns>Null when the person has to sign in again; those who need them first, then by path: what people are about to click must not change places.</returns>
    public async Task<IReadOnlyList<MyProject>?> ReadAsync(ClaimsPrincipal person, InstanceId instance, CancellationToken cancel)
    {
        if (await own.OfAsync(person, cancel) is not { } all) return null;
        var known = all.Where(project => !project.Archived && project.Id.Instance == instance).ToList();
        List<ProjectId> ids = [.. known.Select(project => project.Id)];
        var today = DateOnly.FromDateTime(clock.Now(instance).UtcDateTime);
        var last = await jobs.LastRunsAsync(instance, ids, cancel);
        var ran = await runs.ReadAsync(instance, ids, today.AddDays(-Days), today, cancel);
        var scanned = await scans.FindAsync(ids, cancel);
        var acknowledged = (await scans.AcknowledgedAsync(ids, cancel)).ToLookup(one => one.Project);
        var moves = await move.ManyAsync(instance, ids, EnrollmentTarget.Kubernetes, cancel);
        var pins = await move.ManyAsync(instance, ids, EnrollmentTarget.Docker, cancel);
        var migration = await facts.ReadAsync(instance, cancel);
        var asked = (await campaign.RunAsync(instance, ids, cancel)).ToDictionary(one => one.Case.Project);
        var places = await enrollments.NewestAsync(instance, ids, cancel);
        var mine = new List<MyProject>(known.Count);
        foreach (var project in known)
        {
            var newest = places.GetValueOrDefault(project.Id);
            mine.Add(new MyProject(
                project, last.GetValueOrDefault(project.Id), ran.GetValueOrDefault(project.Id), scanned.GetValueOrDefault(project.Id), [.. acknowledged[project.Id]], newest,
                moves.GetValueOrDefault(project.Id), pins.GetValueOrDefault(project.Id))
            {
                TurnComes = newest is { State: EnrollmentState.Waitlisted } waiting ? EndWaitlist.TurnOf(waiting, migration) : null,
                Campaign = asked.GetValueOrDefault(project.Id),
            });
        }

        return [.. mine.OrderByDescending(one => one.NeedsPeople).ThenBy(one => one.Project.FullPath, StringComparer.Ordinal)];
    }
}
