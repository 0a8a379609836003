using MigrationPortal.Domain.Notices;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Notices;

internal sealed class WordingStore(Database database) : IWordings
{
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancel) =>
        (await database.QueryAsync("SELECT key, text FROM wordings", _ => { }, row => (Key: row.GetString(0), Text: row.GetString(1)), cancel)).ToDictionary(one => one.Key, one => one.Text);

    public Task SaveAsync(string key, string? text, CancellationToken cancel) => text is null
        ? database.ExecuteAsync("DELETE FROM wordings WHERE key = $1", values => values.AddWithValue(key), cancel)
        : database.ExecuteAsync(
            "INSERT INTO wordings (key, text) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET text = excluded.text",
            values =>
            {
                values.AddWithValue(key);
                values.AddWithValue(text);
            },
            cancel);
}
