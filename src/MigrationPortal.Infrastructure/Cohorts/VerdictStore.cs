using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Cohorts;

internal sealed class VerdictStore(Database database) : IVerdictStore
{
    private const string Columns = "job, project, log, reason, class, rule, explanation, remedy, blame, read_at, excerpt";

    public async Task<IReadOnlyDictionary<long, JobVerdict>> FindAsync(InstanceId instance, IReadOnlyCollection<long> jobs, CancellationToken cancel)
    {
        if (jobs.Count == 0) return new Dictionary<long, JobVerdict>();
        return (await database.QueryAsync(
            $"SELECT {Columns} FROM failure_verdicts WHERE instance = $1 AND job = ANY ($2)",
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(jobs.ToArray());
            },
            row => Read(instance, row), cancel)).ToDictionary(one => one.Job.Number);
    }

    public async Task<JobVerdict> SaveAsync(JobVerdict verdict, DateTimeOffset excerptUntil, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        await database.ExecuteAsync(
            $"""
            INSERT INTO failure_verdicts (instance, {Columns}, excerpt_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (instance, job) DO NOTHING
            """,
            values => Fill(values, verdict, excerptUntil), cancel);
        return (await FindAsync(verdict.Job.Instance, [verdict.Job.Number], cancel))[verdict.Job.Number];
    }

    public async Task<int> ExpireAsync(InstanceId instance, DateTimeOffset now, CancellationToken cancel) => await database.ExecuteAsync(
        "UPDATE failure_verdicts SET excerpt = '{}', excerpt_until = NULL WHERE instance = $1 AND excerpt_until <= $2",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(now.ToUniversalTime());
        },
        cancel);

    private static void Fill(NpgsqlParameterCollection values, JobVerdict of, DateTimeOffset excerptUntil)
    {
        values.AddWithValue(of.Job.Instance.Name);
        values.AddWithValue(of.Job.Number);
        values.AddWithValue(of.Project.Number);
        values.AddWithValue(of.Log.ToString());
        values.Add(new NpgsqlParameter<string?> { TypedValue = of.Reason });
        values.AddWithValue(of.Verdict.Class);
        values.Add(new NpgsqlParameter<string?> { TypedValue = of.Verdict.Rule });
        values.AddWithValue(of.Verdict.Explanation);
        values.AddWithValue(of.Verdict.Remedy);
        values.AddWithValue(of.Verdict.Blame.ToString());
        values.AddWithValue(of.ReadAt.ToUniversalTime());
        values.AddWithValue(of.Verdict.Excerpt.ToArray());
        values.Add(new NpgsqlParameter<DateTimeOffset?> { TypedValue = of.Verdict.Excerpt.Count > 0 ? excerptUntil.ToUniversalTime() : null });
    }

    private static JobVerdict Read(InstanceId instance, NpgsqlDataReader row) => new(
        new JobId(instance, row.GetInt64(0)), new ProjectId(instance, row.GetInt64(1)), Enum.Parse<LogState>(row.GetString(2)), row.GetTextOrNull(3),
        new FailureVerdict(row.GetString(4), row.GetTextOrNull(5), row.GetString(6), row.GetString(7), Enum.Parse<FailureBlame>(row.GetString(8)), row.GetFieldValue<string[]>(10)),
        row.GetFieldValue<DateTimeOffset>(9));
}
