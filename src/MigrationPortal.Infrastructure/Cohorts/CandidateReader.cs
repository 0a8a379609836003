using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Cohorts;

/// <summary>Projects as the sweep last saw them, with the jobs a day of the last two weeks, as plans count them.</summary>
internal sealed class CandidateReader(Database database, IJobStore jobs, IWorldClock clock) : ICandidates
{
    private static readonly string WentBack = string.Join(", ", new[] { EnrollmentState.Declined, EnrollmentState.Returned, EnrollmentState.Graduated, EnrollmentState.Refused }.Select(state => $"'{state}'"));
    private static readonly string Inactive = string.Join(", ", Enum.GetValues<EnrollmentState>().Where(state => !state.IsActive()).Select(state => $"'{state}'"));

    public async Task<IReadOnlyList<Candidate>> ReadAsync(InstanceId instance, CancellationToken cancel)
    {
        var census = await jobs.CensusAsync(instance, CensusWindow.Until(clock.Now(instance)), cancel);
        var perDay = census.Classes.GroupBy(one => one.Needs.Project.Number).ToDictionary(one => one.Key, one => one.Sum(job => job.JobsPerDay));
        // A place lost when a cohort shrank speaks against nothing: who came back from there can be drawn again.
        return await database.QueryAsync(
            $"""
            SELECT p.number, p.path, p.groups, p.archived, p.instance_runners,
                (SELECT c.name FROM enrollments e LEFT JOIN cohorts c ON c.id = e.cohort WHERE e.instance = p.instance AND e.project = p.number AND e.state NOT IN ({Inactive})),
                EXISTS (SELECT FROM enrollments e WHERE e.instance = p.instance AND e.project = p.number AND e.state NOT IN ({Inactive})),
                EXISTS (SELECT FROM enrollments e WHERE e.instance = p.instance AND e.project = p.number AND e.state IN ({WentBack}) AND e.left_at IS NULL)
            FROM projects p WHERE p.instance = $1
            """,
            values => values.AddWithValue(instance.Name),
            row =>
            {
                var (number, path, active) = (row.GetInt64(0), row.GetString(1), perDay.GetValueOrDefault(row.GetInt64(0)));
                var exclusion = Why(row.GetBoolean(3), row.GetBoolean(6), row.GetTextOrNull(5), row.GetBoolean(7), row.GetBoolean(4), active);
                return new Candidate(new ProjectId(instance, number), path, row.GetFieldValue<long[]>(2).ToHashSet(), active, exclusion);
            },
            cancel);
    }

    private static Exclusion? Why(bool archived, bool enrolled, string? cohort, bool wentBack, bool instanceRunners, double jobsPerDay)
    {
        if (archived) return new Exclusion(Exclusions.Archived, "It is archived.");
        if (enrolled) return new Exclusion(Exclusions.Enrolled, cohort is null ? "It is enrolled already, outside of any cohort." : $"It is in the cohort {cohort} already.");
        if (wentBack) return new Exclusion(Exclusions.WentBack, "It said no, or tried and went back: it is not asked again by chance.");
        if (!instanceRunners) return new Exclusion(Exclusions.NoInstanceRunners, "Instance runners are off for it: switch them on in its CI/CD settings, or leave it out.");
        return jobsPerDay > 0 ? null : new Exclusion(Exclusions.NoJobs, "It ran no job in two weeks.");
    }
}
