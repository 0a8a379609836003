using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Gates;

/// <summary>External gates; tokens and signing secrets are encrypted by Data Protection, and never part of what is listed.</summary>
internal sealed class ExternalGateStore(Database database, IDataProtectionProvider protection, TimeProvider time) : IExternalGateStore
{
    private const string Columns = "id, instance, name, query, secret IS NOT NULL, version";

    /// <summary>A message that comes later again is too old for its signature: twice the window of that.</summary>
    private static readonly TimeSpan Remembered = 2 * MessageSignature.Window;

    private readonly IDataProtector _protector = protection.CreateProtector("MigrationPortal.ExternalGates.v1");

    public async Task<IReadOnlyList<ExternalGate>> ListAsync(InstanceId instance, CancellationToken cancel) =>
        await database.QueryAsync($"SELECT {Columns} FROM external_gates WHERE instance = $1 ORDER BY name", values => values.AddWithValue(instance.Name), Read, cancel);

    public async Task<ExternalGate?> FindAsync(InstanceId instance, string name, CancellationToken cancel) => (await database.QueryAsync(
        $"SELECT {Columns} FROM external_gates WHERE instance = $1 AND name = $2",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(name);
        },
        Read, cancel)).SingleOrDefault();

    public async Task<string?> SecretAsync(long id, CancellationToken cancel)
    {
        var stored = (await database.QueryAsync("SELECT secret FROM external_gates WHERE id = $1", values => values.AddWithValue(id), row => row.GetTextOrNull(0), cancel)).SingleOrDefault();
        try
        {
            return stored is null ? null : _protector.Unprotect(stored);
        }
        catch (CryptographicException fault)
        {
            throw new SecretLostException("The stored secret cannot be decrypted any more: enter it or make it again.", fault);
        }
    }

    public async Task<ExternalGate?> AddAsync(ExternalGate gate, string? secret, CancellationToken cancel) => (await WriteAsync(
        $"INSERT INTO external_gates (instance, name, query, secret, version) VALUES ($1, $2, $3, $4, 1) ON CONFLICT (instance, name) DO NOTHING RETURNING {Columns}", gate, secret, _ => { }, cancel)).SingleOrDefault();

    public async Task<ExternalGate?> SaveAsync(ExternalGate gate, string? secret, CancellationToken cancel) => (await WriteAsync(
        $"UPDATE external_gates SET query = $3, secret = CASE WHEN $7 THEN secret ELSE $4 END, version = version + 1 WHERE instance = $1 AND name = $2 AND id = $5 AND version = $6 RETURNING {Columns}", gate, secret,
        values =>
        {
            values.AddWithValue(gate.Id);
            values.AddWithValue(gate.Version);
            values.AddWithValue(secret is null);
        },
        cancel)).SingleOrDefault();

    public async Task<bool> RemoveAsync(long id, CancellationToken cancel) => await database.ExecuteAsync("DELETE FROM external_gates WHERE id = $1", values => values.AddWithValue(id), cancel) > 0;

    public Task<bool> AnswerAsync(ExternalGate gate, ExternalAnswer answer, CancellationToken cancel) => database.InTransactionAsync(
        async connection =>
        {
            var now = time.GetUtcNow();
            await connection.ExecuteAsync("DELETE FROM external_messages WHERE at < $1", values => values.AddWithValue(now - Remembered), cancel);
            var isNew = await connection.ExecuteAsync(
                "INSERT INTO external_messages (gate, message, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                values =>
                {
                    values.AddWithValue(gate.Id);
                    values.AddWithValue(answer.Message);
                    values.AddWithValue(now);
                },
                cancel) > 0;
            if (!isNew) return false;
            // Messages may overtake each other: the one that was sent last holds.
            await connection.ExecuteAsync(
                """
                INSERT INTO external_answers (gate, message, verdict, sentence, sent_at, at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (gate) DO UPDATE SET message = $2, verdict = $3, sentence = $4, sent_at = $5, at = $6, expires_at = $7 WHERE external_answers.sent_at <= $5
                """,
                values =>
                {
                    values.AddWithValue(gate.Id);
                    values.AddWithValue(answer.Message);
                    values.AddWithValue(answer.Verdict.ToString());
                    values.AddWithValue(answer.Sentence);
                    values.AddWithValue(answer.SentAt.ToUniversalTime());
                    values.AddWithValue(answer.At.ToUniversalTime());
                    values.AddWithValue(answer.ExpiresAt.ToUniversalTime());
                },
                cancel);
            await connection.NotifyAsync(new PortalEvent(PortalTopic.Gates, gate.Instance, null), cancel);
            return true;
        },
        cancel);

    public async Task<ExternalAnswer?> LastAnswerAsync(long id, CancellationToken cancel) => (await database.QueryAsync(
        "SELECT message, verdict, sentence, sent_at, at, expires_at FROM external_answers WHERE gate = $1", values => values.AddWithValue(id),
        row => new ExternalAnswer(row.GetString(0), Enum.Parse<GateVerdict>(row.GetString(1)), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5)),
        cancel)).SingleOrDefault();

    private Task<List<ExternalGate>> WriteAsync(string sql, ExternalGate gate, string? secret, Action<NpgsqlParameterCollection> last, CancellationToken cancel) => database.QueryAsync(
        sql,
        values =>
        {
            values.AddWithValue(gate.Instance.Name);
            values.AddWithValue(gate.Name);
            values.Add(new NpgsqlParameter<string?> { TypedValue = gate.Query is { } query ? StoreJson.Write(query) : null, NpgsqlDbType = NpgsqlDbType.Jsonb });
            values.Add(new NpgsqlParameter<string?> { TypedValue = string.IsNullOrEmpty(secret) ? null : _protector.Protect(secret) });
            last(values);
        },
        Read, cancel);

    private static ExternalGate Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), new InstanceId(row.GetString(1)), row.GetString(2), row.GetTextOrNull(3) is { } query ? StoreJson.Read<PromQuery>(query) : null, row.GetBoolean(4), row.GetInt64(5));
}
