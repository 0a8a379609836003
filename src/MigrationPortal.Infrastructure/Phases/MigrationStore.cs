using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Phases;

internal sealed class MigrationStore(Database database) : IMigrationStore
{
    public async Task<MigrationSettings> SettingsAsync(InstanceId instance, CancellationToken cancel) =>
        await ReadAsync<MigrationSettings>("migration_settings", instance, cancel) is var (settings, version)
            ? settings with { Version = version }
            : MigrationSettings.Default(instance);

    public Task<bool> SaveSettingsAsync(MigrationSettings settings, CancellationToken cancel) =>
        WriteAsync("migration_settings", settings.Instance, settings.Version, StoreJson.Write(settings), cancel);

    public async Task<PhaseState> StateAsync(InstanceId instance, CancellationToken cancel) =>
        await ReadAsync<PhaseState>("phase_states", instance, cancel) is var (state, version)
            ? state with { Version = version }
            : new PhaseState(instance, null, [], true, null, 0);

    public Task<bool> SaveStateAsync(PhaseState state, CancellationToken cancel) =>
        WriteAsync("phase_states", state.Instance, state.Version, StoreJson.Write(state), cancel);

    private async Task<(T Document, long Version)?> ReadAsync<T>(string table, InstanceId instance, CancellationToken cancel)
    {
        var rows = await database.QueryAsync(
            $"SELECT document, version FROM {table} WHERE instance = $1",
            values => values.AddWithValue(instance.Name),
            row => (StoreJson.Read<T>(row.GetString(0)), row.GetInt64(1)),
            cancel);
        return rows.Count == 0 ? null : rows[0];
    }

    // Version 0 was never stored: it inserts, and loses against whoever inserted first.
    private Task<bool> WriteAsync(string table, InstanceId instance, long version, string document, CancellationToken cancel) =>
        database.InTransactionAsync(
            async connection =>
            {
                var written = await connection.ExecuteAsync(
                    version == 0
                        ? $"INSERT INTO {table} (instance, version, document) VALUES ($1, $2 + 1, $3::jsonb) ON CONFLICT DO NOTHING"
                        : $"UPDATE {table} SET version = $2 + 1, document = $3::jsonb WHERE instance = $1 AND version = $2",
                    values =>
                    {
                        values.AddWithValue(instance.Name);
                        values.AddWithValue(version);
                        values.AddWithValue(document);
                    },
                    cancel);
                if (written > 0) await connection.NotifyAsync(new PortalEvent(PortalTopic.Phases, instance, null), cancel);
                return written > 0;
            },
            cancel);
}
