using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Fleet;

internal sealed class OwnerAnswers(Database database) : IOwnerAnswers
{
    public async Task<IReadOnlyDictionary<RunnerId, OwnerAnswer>> ReadAsync(InstanceId instance, CancellationToken cancel) => (await database.QueryAsync(
        "SELECT runner, says, reason, who, at FROM owner_answers WHERE instance = $1",
        values => values.AddWithValue(instance.Name),
        row => new OwnerAnswer(new RunnerId(instance, row.GetInt64(0)), Enum.Parse<OwnerSays>(row.GetString(1)), row.GetTextOrNull(2), ActorText.Read(row.GetString(3)), row.GetFieldValue<DateTimeOffset>(4)),
        cancel)).ToDictionary(one => one.Runner);

    public Task SaveAsync(OwnerAnswer answer, CancellationToken cancel) => database.ExecuteAsync(
        """
        INSERT INTO owner_answers (instance, runner, says, reason, who, at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (instance, runner) DO UPDATE SET says = excluded.says, reason = excluded.reason, who = excluded.who, at = excluded.at
        """,
        values =>
        {
            values.AddWithValue(answer.Runner.Instance.Name);
            values.AddWithValue(answer.Runner.Number);
            values.AddWithValue(answer.Says.ToString());
            values.Add(new NpgsqlParameter<string?> { TypedValue = answer.Reason });
            values.AddWithValue(ActorText.Write(answer.By));
            values.AddWithValue(answer.At.ToUniversalTime());
        },
        cancel);

    public async Task<bool> RemoveAsync(RunnerId runner, CancellationToken cancel) => await database.ExecuteAsync(
        "DELETE FROM owner_answers WHERE instance = $1 AND runner = $2",
        values =>
        {
            values.AddWithValue(runner.Instance.Name);
            values.AddWithValue(runner.Number);
        },
        cancel) > 0;
}
