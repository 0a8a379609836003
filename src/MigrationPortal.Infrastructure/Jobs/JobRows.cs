using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>Raw rows as pages show them.</summary>
internal sealed class JobRows(Database database, JobWords words)
{
    public async Task<IReadOnlyList<JobRow>> ReadAsync(InstanceId instance, SqlWhere where, string order, int limit, CancellationToken cancel)
    {
        var sql =
            $"""
            SELECT j.number, j.project, p.path, j.status, j.name, j.stage, j.ref, j.protected, j.source, j.tag_set,
                j.created_at, j.queued_at, j.started_at, j.finished_at, j.runner, j.executor, j.kind, j.reason
            FROM jobs j LEFT JOIN projects p ON p.instance = {where.Value(instance.Name)} AND p.number = j.project
            WHERE {where} ORDER BY {order} LIMIT {where.Value(limit)}
            """;
        var rows = await database.QueryAsync(
            sql, where.Fill,
            row => (
                Row: new JobRow(
                    new JobId(instance, row.GetInt64(0)), new ProjectId(instance, row.GetInt64(1)), row.GetTextOrNull(2), (JobStatus)row.GetInt16(3),
                    row.GetString(4), null, row.GetTextOrNull(6), row.GetOrNull<bool>(7), null, null, row.GetOrNull<DateTimeOffset>(10),
                    row.GetOrNull<DateTimeOffset>(11), row.GetOrNull<DateTimeOffset>(12), row.GetOrNull<DateTimeOffset>(13), row.GetOrNull<long>(14),
                    Executor.Unknown, (FailureKind)row.GetInt16(16), null),
                Stage: row.GetInt32(5), Source: row.GetInt32(8), TagSet: row.GetInt32(9), Executor: row.GetInt32(15), Reason: row.GetInt32(17)),
            cancel);
        await database.InConnectionAsync(
            connection => words.KnowAsync(
                connection, rows.SelectMany(row => new[] { row.Stage, row.Source, row.Executor, row.Reason }), rows.Select(row => row.TagSet), cancel),
            cancel);
        return rows.ConvertAll(row => row.Row with
        {
            Stage = words.Word(row.Stage),
            PipelineSource = words.Word(row.Source),
            Tags = words.Tags(row.TagSet),
            Executor = words.Word(row.Executor) is { } executor ? new Executor(executor) : Executor.Unknown,
            FailureReason = words.Word(row.Reason),
        });
    }
}
