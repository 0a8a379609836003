using System.Text.Json;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Cohorts.Templates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Cohorts;

/// <summary>State and version fence every write; one active move a template is a unique index. Texts are json and not jsonb: the way back needs them to the byte.</summary>
internal sealed class TemplateMoveStore(Database database) : ITemplateMoveStore
{
    private const string Columns = "m.id, t.id, t.instance, t.project, t.file, m.owner, m.state, m.change::text, m.request::text, m.back::text, m.projects, m.reason, m.changed_by, m.since, m.version";

    private static readonly string Active = string.Join(", ", Enum.GetValues<SharedMoveState>().Where(state => state.IsActive()).Select(state => $"'{state}'"));

    public async Task<IReadOnlyList<TemplateMove>> ActiveAsync(InstanceId instance, CancellationToken cancel) => await database.QueryAsync(
        $"SELECT {Columns} FROM template_moves m JOIN ci_templates t ON t.id = m.template WHERE t.instance = $1 AND m.state IN ({Active}) ORDER BY t.project COLLATE \"C\", t.file COLLATE \"C\"",
        values => values.AddWithValue(instance.Name), Read, cancel);

    public async Task<TemplateMove?> AddAsync(TemplateMove move, CancellationToken cancel) => (await database.QueryAsync(
        $"""
        WITH m AS (
            INSERT INTO template_moves (template, owner, change, state, request, back, projects, reason, changed_by, since, version)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1) ON CONFLICT DO NOTHING RETURNING *)
        SELECT {Columns} FROM m JOIN ci_templates t ON t.id = m.template
        """,
        values =>
        {
            values.AddWithValue(move.Template.Id);
            values.AddWithValue(move.Owner.Number);
            values.Add(JsonParameter.Of(move.Change));
            Fill(values, move);
        },
        Read, cancel)).SingleOrDefault();

    public async Task<TemplateMove?> SaveAsync(TemplateMove move, SharedMoveState expected, CancellationToken cancel)
    {
        if (move.State != expected && !SharedMoveTransitions.Allows(expected, move.State)) throw new InvalidOperationException($"A template's move never goes from {expected} to {move.State}.");
        return (await database.QueryAsync(
            $"""
            WITH m AS (
                UPDATE template_moves SET state = $4, request = $5, back = $6, projects = $7, reason = $8, changed_by = $9, since = $10, version = version + 1
                WHERE id = $1 AND version = $2 AND state = $3 RETURNING *)
            SELECT {Columns} FROM m JOIN ci_templates t ON t.id = m.template
            """,
            values =>
            {
                values.AddWithValue(move.Id);
                values.AddWithValue(move.Version);
                values.AddWithValue(expected.ToString());
                Fill(values, move);
            },
            Read, cancel)).SingleOrDefault();
    }

    // From the state on, in the order of both statements.
    private static void Fill(NpgsqlParameterCollection values, TemplateMove move)
    {
        values.AddWithValue(move.State.ToString());
        values.Add(JsonParameter.Of(move.Request));
        values.Add(JsonParameter.Of(move.Back));
        values.AddWithValue(move.Projects.ToArray());
        values.Add(new NpgsqlParameter<string?> { TypedValue = move.Reason });
        values.AddWithValue(ActorText.Write(move.By));
        values.AddWithValue(move.Since.ToUniversalTime());
    }

    private static TemplateMove Read(NpgsqlDataReader row)
    {
        var instance = new InstanceId(row.GetString(2));
        return new TemplateMove(
            row.GetInt64(0), new CiTemplate(row.GetInt64(1), instance, row.GetString(3), row.GetString(4)), new ProjectId(instance, row.GetInt64(5)), Enum.Parse<SharedMoveState>(row.GetString(6)),
            JsonSerializer.Deserialize<CiEditRecord>(row.GetString(7))!, JsonSerializer.Deserialize<MoveRecord.Request>(row.GetString(8))!, row.GetTextOrNull(9) is { } back ? JsonSerializer.Deserialize<MoveRecord.Request>(back) : null,
            row.GetFieldValue<long[]>(10), row.GetTextOrNull(11), ActorText.Read(row.GetString(12)), row.GetFieldValue<DateTimeOffset>(13), row.GetInt64(14));
    }
}
