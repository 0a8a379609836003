using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Jobs;

internal sealed class PendingReader(Database database, InstanceNumbers instances, JobWords words) : IPendingReader
{
    private readonly JobRows _rows = new(database, words);

    public async Task<IReadOnlyList<PendingClass>> ClassesAsync(InstanceId instance, IReadOnlyList<DateTimeOffset> since, CancellationToken cancel)
    {
        var where = await PendingAsync(instance, cancel);
        var counts = string.Concat(since.Select(at => $", count(*) FILTER (WHERE coalesce(j.queued_at, j.created_at) <= {where.Value(at)})"));
        var rows = await database.QueryAsync(
            $"SELECT j.project, j.tag_set, j.protected, count(*), min(coalesce(j.queued_at, j.created_at)){counts} FROM jobs j WHERE {where} GROUP BY 1, 2, 3 ORDER BY 5",
            where.Fill,
            row => (
                Class: new PendingClass(
                    new ProjectId(instance, row.GetInt64(0)), null, row.GetOrNull<bool>(2), row.GetInt64(3), row.GetOrNull<DateTimeOffset>(4),
                    [.. Enumerable.Range(5, since.Count).Select(row.GetInt64)]),
                TagSet: row.GetInt32(1)),
            cancel);
        await words.KnowAsync(database, [], rows.ConvertAll(row => row.TagSet), cancel);
        return rows.ConvertAll(row => row.Class with { Tags = words.Tags(row.TagSet) });
    }

    public async Task<IReadOnlyList<JobRow>> JobsAsync(InstanceId instance, IReadOnlyCollection<PendingClass> classes, int limit, CancellationToken cancel)
    {
        var where = await PendingAsync(instance, cancel);
        var (projects, sets, flags) = (
            where.Value(classes.Select(one => one.Project.Number).ToArray()), where.Value(classes.Select(one => words[one.Tags]).ToArray()),
            where.Value(classes.Select(one => Flag(one.Protected)).ToArray()));
        where.And($"(j.project, j.tag_set, CASE WHEN j.protected IS NULL THEN 0 WHEN j.protected THEN 2 ELSE 1 END) IN (SELECT * FROM unnest({projects}, {sets}, {flags}))");
        return await _rows.ReadAsync(instance, where, "coalesce(j.queued_at, j.created_at), j.number", limit, cancel);
    }

    private static int Flag(bool? isProtected) => isProtected switch { null => 0, false => 1, true => 2 };

    // The second condition is implied, and is that of the index of unfinished jobs.
    private async Task<SqlWhere> PendingAsync(InstanceId instance, CancellationToken cancel) =>
        new SqlWhere().And("j.instance = {0}", await instances.NumberAsync(instance, cancel)).And("j.status = {0}", (short)JobStatus.Pending).And("j.status < 10");
}
