using Microsoft.EntityFrameworkCore;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Fleet;

internal sealed class ProjectStore(Database database) : IProjectStore
{
    public Task SaveAsync(IReadOnlyCollection<ObservedProject> projects, CancellationToken cancel) => database.WithContextAsync(
        async context =>
        {
            foreach (var perInstance in projects.DistinctBy(project => project.Id).GroupBy(project => project.Id.Instance))
            {
                var numbers = perInstance.Select(project => project.Id.Number).ToArray();
                var stored = await context.Projects
                    .Where(row => row.Instance == perInstance.Key && numbers.Contains(row.Number)).ToDictionaryAsync(row => row.Number, cancel);
                foreach (var project in perInstance)
                {
                    if (!stored.TryGetValue(project.Id.Number, out var row))
                        context.Projects.Add(row = new ProjectRow { Instance = perInstance.Key, Number = project.Id.Number });
                    Write(project, row);
                }
            }

            return await context.SaveChangesAsync(cancel);
        },
        cancel);

    public Task<ObservedProject?> FindAsync(ProjectId id, CancellationToken cancel) => database.WithContextAsync(
        async context => await context.Projects.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Instance == id.Instance && row.Number == id.Number, cancel) is { } row ? Read(row) : null,
        cancel);

    public async Task<IReadOnlyDictionary<ProjectId, ObservedProject>> FindAsync(IReadOnlyCollection<ProjectId> ids, CancellationToken cancel)
    {
        var found = new Dictionary<ProjectId, ObservedProject>();
        foreach (var perInstance in ids.GroupBy(id => id.Instance, id => id.Number))
        {
            var numbers = perInstance.ToArray();
            var rows = await database.WithContextAsync(
                context => context.Projects.AsNoTracking().Where(row => row.Instance == perInstance.Key && numbers.Contains(row.Number)).ToListAsync(cancel),
                cancel);
            foreach (var project in rows.Select(Read)) found[project.Id] = project;
        }

        return found;
    }

    public Task<IReadOnlyList<ObservedProject>> ListAsync(InstanceId instance, string? search, int limit, string? after, CancellationToken cancel) =>
        database.WithContextAsync<IReadOnlyList<ObservedProject>>(
            async context =>
            {
                var pattern = $"%{search?.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
                return (await context.Projects.AsNoTracking()
                        .Where(row => row.Instance == instance
                            && (search == null || EF.Functions.ILike(row.Path, pattern, @"\"))
                            && (after == null || string.Compare(row.Path, after) > 0))
                        .OrderBy(row => row.Path).Take(limit).ToListAsync(cancel))
                    .ConvertAll(Read);
            },
            cancel);

    // Most jobs first by what is summed and what came since; a project whose jobs all lie further back has its last start noted.
    public async Task<IReadOnlyList<ProjectId>> UnreadAsync(InstanceId instance, DateTimeOffset notSince, int limit, CancellationToken cancel) =>
        await database.QueryAsync(
            """
            WITH of AS (SELECT number FROM instances WHERE name = $1),
            sums AS (SELECT generation, last FROM class_summed WHERE instance = (SELECT number FROM of)),
            busy AS (
                SELECT project, sum(jobs) AS jobs FROM (
                    SELECT project, jobs FROM class_sums WHERE instance = (SELECT number FROM of) AND generation = (SELECT generation FROM sums)
                    UNION ALL SELECT project, jobs FROM rollup_day_class WHERE instance = (SELECT number FROM of) AND day > coalesce((SELECT last FROM sums), '-infinity')
                    UNION ALL SELECT project, 1 FROM project_activity WHERE instance = (SELECT number FROM of)) seen
                GROUP BY project HAVING sum(jobs) > 0)
            SELECT project FROM busy LEFT JOIN projects p ON p.instance = $1 AND p.number = project
            WHERE p.number IS NULL OR p.read_at < $2 ORDER BY jobs DESC, project LIMIT $3
            """,
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(notSince.ToUniversalTime());
                values.AddWithValue(limit);
            },
            row => new ProjectId(instance, row.GetInt64(0)),
            cancel);

    private static void Write(ObservedProject project, ProjectRow row)
    {
        row.Path = project.Access.FullPath;
        row.InstanceRunners = project.Access.InstanceRunnersEnabled;
        row.GroupRunners = project.Access.GroupRunnersEnabled;
        row.Groups = [.. project.Access.GroupIds.Order()];
        row.DefaultBranch = project.DefaultBranch;
        row.Archived = project.Archived;
        row.LastActivityAt = project.LastActivityAt;
        row.ProtectedBranches = project.ProtectedBranches?.ToArray();
        row.ProtectedTags = project.ProtectedTags?.ToArray();
        row.ReadAt = project.ReadAt;
    }

    private static ObservedProject Read(ProjectRow row) => new(
        new ProjectAccess(new ProjectId(row.Instance, row.Number), row.Path, row.InstanceRunners, row.GroupRunners, row.Groups.ToHashSet()),
        row.DefaultBranch, row.Archived, row.LastActivityAt, row.ProtectedBranches, row.ProtectedTags, row.ReadAt);
}
