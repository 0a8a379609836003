using MigrationPortal.Domain.Cohorts.Help;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Cohorts;

internal sealed class HelpStore(Database database) : IHelpStore
{
    private const string Columns = "id, instance, project, job, subject, state, opened_by, opened_at, changed_at";

    public async Task<HelpThread> OpenAsync(HelpThread thread, HelpMessage first, CancellationToken cancel) => await database.InTransactionAsync(
        async connection =>
        {
            var id = (await connection.QueryAsync(
                "INSERT INTO help_threads (instance, project, job, subject, state, opened_by, opened_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7) RETURNING id",
                values =>
                {
                    values.AddWithValue(thread.Project.Instance.Name);
                    values.AddWithValue(thread.Project.Number);
                    values.Add(new NpgsqlParameter<long?> { TypedValue = thread.Job?.Number });
                    values.AddWithValue(thread.Subject);
                    values.AddWithValue(thread.State.ToString());
                    values.AddWithValue(ActorText.Write(thread.OpenedBy));
                    values.AddWithValue(thread.OpenedAt.ToUniversalTime());
                },
                row => row.GetInt64(0), cancel)).Single();
            await SayAsync(connection, id, first, cancel);
            return thread with { Id = id, Messages = [first] };
        },
        cancel);

    public async Task<HelpThread?> FindAsync(long id, CancellationToken cancel)
    {
        var found = (await database.QueryAsync($"SELECT {Columns} FROM help_threads WHERE id = $1", values => values.AddWithValue(id), Read, cancel)).SingleOrDefault();
        if (found is null) return null;
        return found with
        {
            Messages = await database.QueryAsync(
                "SELECT by, from_admin, at, text FROM help_messages WHERE thread = $1 ORDER BY id", values => values.AddWithValue(id),
                row => new HelpMessage(ActorText.Read(row.GetString(0)), row.GetBoolean(1), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3)), cancel),
        };
    }

    public async Task<IReadOnlyList<HelpThread>> OfAsync(IReadOnlyCollection<ProjectId> projects, CancellationToken cancel)
    {
        var found = new List<HelpThread>();
        foreach (var group in projects.GroupBy(project => project.Instance))
            found.AddRange(await database.QueryAsync(
                $"SELECT {Columns} FROM help_threads WHERE instance = $1 AND project = ANY ($2) ORDER BY id DESC",
                values =>
                {
                    values.AddWithValue(group.Key.Name);
                    values.AddWithValue(group.Select(project => project.Number).ToArray());
                },
                Read, cancel));
        return found;
    }

    public async Task<IReadOnlyList<HelpThread>> ListAsync(InstanceId instance, bool? closed, int limit, long? before, CancellationToken cancel) => await database.QueryAsync(
        $"SELECT {Columns} FROM help_threads WHERE instance = $1 AND ($2::boolean IS NULL OR (state = 'Closed') = $2) AND id < $3 ORDER BY id DESC LIMIT $4",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.Add(new NpgsqlParameter<bool?> { TypedValue = closed });
            values.AddWithValue(before ?? long.MaxValue);
            values.AddWithValue(limit);
        },
        Read, cancel);

    public async Task AddAsync(long id, HelpMessage said, HelpState now, CancellationToken cancel) => await database.InTransactionAsync(
        async connection =>
        {
            await SayAsync(connection, id, said, cancel);
            return await connection.ExecuteAsync(
                "UPDATE help_threads SET state = $2, changed_at = $3 WHERE id = $1",
                values =>
                {
                    values.AddWithValue(id);
                    values.AddWithValue(now.ToString());
                    values.AddWithValue(said.At.ToUniversalTime());
                },
                cancel);
        },
        cancel);

    public async Task<bool> SetStateAsync(long id, HelpState from, HelpState to, DateTimeOffset at, CancellationToken cancel) => await database.ExecuteAsync(
        "UPDATE help_threads SET state = $3, changed_at = $4 WHERE id = $1 AND state = $2",
        values =>
        {
            values.AddWithValue(id);
            values.AddWithValue(from.ToString());
            values.AddWithValue(to.ToString());
            values.AddWithValue(at.ToUniversalTime());
        },
        cancel) > 0;

    private static Task<int> SayAsync(NpgsqlConnection connection, long thread, HelpMessage said, CancellationToken cancel) => connection.ExecuteAsync(
        "INSERT INTO help_messages (thread, by, from_admin, at, text) VALUES ($1, $2, $3, $4, $5)",
        values =>
        {
            values.AddWithValue(thread);
            values.AddWithValue(ActorText.Write(said.By));
            values.AddWithValue(said.FromAdmin);
            values.AddWithValue(said.At.ToUniversalTime());
            values.AddWithValue(said.Text);
        },
        cancel);

    private static HelpThread Read(NpgsqlDataReader row)
    {
        var instance = new InstanceId(row.GetString(1));
        return new HelpThread(
            row.GetInt64(0), new ProjectId(instance, row.GetInt64(2)), row.GetOrNull<long>(3) is { } job ? new JobId(instance, job) : null, row.GetString(4), Enum.Parse<HelpState>(row.GetString(5)),
            ActorText.Read(row.GetString(6)), row.GetFieldValue<DateTimeOffset>(7), row.GetFieldValue<DateTimeOffset>(8), []);
    }
}
