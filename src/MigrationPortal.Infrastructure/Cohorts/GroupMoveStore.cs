using System.Text.Json;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Groups;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Cohorts;

/// <summary>State and version fence every write; one active move a group and variable is a unique index.</summary>
internal sealed class GroupMoveStore(Database database) : IGroupMoveStore
{
    private const string Columns = "id, instance, group_number, path, variable, state, original::text, projects, reason, changed_by, since, version";

    private static readonly string Active = string.Join(", ", Enum.GetValues<SharedMoveState>().Where(state => state.IsActive()).Select(state => $"'{state}'"));

    public async Task<IReadOnlyList<GroupMove>> ActiveAsync(InstanceId instance, IReadOnlyCollection<long> groups, CancellationToken cancel) => await database.QueryAsync(
        $"SELECT {Columns} FROM group_moves WHERE instance = $1 AND group_number = ANY ($2) AND state IN ({Active}) ORDER BY path COLLATE \"C\", variable COLLATE \"C\"",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(groups.ToArray());
        },
        Read, cancel);

    public async Task<IReadOnlyList<GroupMove>> CarryingAsync(ProjectId project, CancellationToken cancel) => await database.QueryAsync(
        $"SELECT {Columns} FROM group_moves WHERE instance = $1 AND $2 = ANY (projects) AND state IN ({Active}) ORDER BY id DESC",
        values =>
        {
            values.AddWithValue(project.Instance.Name);
            values.AddWithValue(project.Number);
        },
        Read, cancel);

    public async Task<GroupMove?> AddAsync(GroupMove move, CancellationToken cancel) => (await database.QueryAsync(
        $"""
        INSERT INTO group_moves (instance, group_number, path, variable, state, original, projects, reason, changed_by, since, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1) ON CONFLICT DO NOTHING RETURNING {Columns}
        """,
        values =>
        {
            values.AddWithValue(move.Group.Instance.Name);
            values.AddWithValue(move.Group.Number);
            values.AddWithValue(move.Path);
            values.AddWithValue(move.Variable);
            values.AddWithValue(move.State.ToString());
            values.Add(new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(move.Original), NpgsqlDbType = NpgsqlDbType.Json });
            Fill(values, move);
        },
        Read, cancel)).SingleOrDefault();

    public async Task<GroupMove?> SaveAsync(GroupMove move, SharedMoveState expected, CancellationToken cancel)
    {
        if (move.State != expected && !SharedMoveTransitions.Allows(expected, move.State)) throw new InvalidOperationException($"A group's move never goes from {expected} to {move.State}.");
        return (await database.QueryAsync(
            $"""
            UPDATE group_moves SET state = $4, projects = $5, reason = $6, changed_by = $7, since = $8, version = version + 1
            WHERE id = $1 AND version = $2 AND state = $3 RETURNING {Columns}
            """,
            values =>
            {
                values.AddWithValue(move.Id);
                values.AddWithValue(move.Version);
                values.AddWithValue(expected.ToString());
                values.AddWithValue(move.State.ToString());
                Fill(values, move);
            },
            Read, cancel)).SingleOrDefault();
    }

    // From the projects on, in the order of both statements.
    private static void Fill(NpgsqlParameterCollection values, GroupMove move)
    {
        values.AddWithValue(move.Projects.ToArray());
        values.Add(new NpgsqlParameter<string?> { TypedValue = move.Reason });
        values.AddWithValue(ActorText.Write(move.By));
        values.AddWithValue(move.Since.ToUniversalTime());
    }

    private static GroupMove Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), new GroupId(new InstanceId(row.GetString(1)), row.GetInt64(2)), row.GetString(3), row.GetString(4), Enum.Parse<SharedMoveState>(row.GetString(5)),
        JsonSerializer.Deserialize<GroupStood>(row.GetString(6))!, row.GetFieldValue<long[]>(7), row.GetTextOrNull(8), ActorText.Read(row.GetString(9)), row.GetFieldValue<DateTimeOffset>(10), row.GetInt64(11));
}
