using System.Collections.Concurrent;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>Numbers for words (executors, reasons, versions, ...) and tag sets that repeat in millions of rows; 0 is "not known".</summary>
internal sealed class JobWords
{
    /// <summary>What insights call the place of a word that was never told: number 0.</summary>
    public const string NotKnown = "unknown";

    private readonly NumberedTexts<string> _words = new("words", "word", text => text, row => row.GetString(1));
    private readonly NumberedTexts<TagSet> _sets = new("tag_sets", "tags", set => set.ToArray(), row => TagSet.Of(row.GetFieldValue<string[]>(1)));

    public int this[string? word] => word is null ? 0 : _words.Number(word);

    public int this[TagSet? tags] => tags is null ? 0 : _sets.Number(tags);

    /// <summary>A condition: the column holds one of these words, or none where <see cref="NotKnown"/> is among them.</summary>
    public static string In(string column, SqlWhere where, params string[] words)
    {
        var told = $"{column} IN (SELECT id FROM words WHERE word = ANY ({where.Value(words)}))";
        return words.Contains(NotKnown) ? $"({told} OR {column} = 0)" : told;
    }

    public string? Word(int number) => number == 0 ? null : _words.Text(number);

    public TagSet? Tags(int number) => number == 0 ? null : _sets.Text(number);

    /// <summary>Numbers what is new. Outside of a transaction: a number once known here must stay.</summary>
    public async Task LearnAsync(NpgsqlConnection connection, IEnumerable<string?> words, IEnumerable<TagSet?> sets, CancellationToken cancel)
    {
        await _words.LearnAsync(connection, words, cancel);
        await _sets.LearnAsync(connection, sets, cancel);
    }

    /// <summary>Reads what other replicas numbered, when one of these is not known here.</summary>
    public async Task KnowAsync(NpgsqlConnection connection, IEnumerable<int> words, IEnumerable<int> sets, CancellationToken cancel)
    {
        await _words.KnowAsync(connection, words, cancel);
        await _sets.KnowAsync(connection, sets, cancel);
    }

    /// <summary>The same for readers, who mostly know them all and then need no connection.</summary>
    public Task KnowAsync(Database database, IReadOnlyCollection<int> words, IReadOnlyCollection<int> sets, CancellationToken cancel) =>
        _words.Knows(words) && _sets.Knows(sets)
            ? Task.CompletedTask
            : database.InConnectionAsync(connection => KnowAsync(connection, words, sets, cancel), cancel);

    private sealed class NumberedTexts<T>(string table, string column, Func<T, object> write, Func<NpgsqlDataReader, T> read)
        where T : class
    {
        private readonly ConcurrentDictionary<T, int> _numbers = new();
        private readonly ConcurrentDictionary<int, T> _texts = new();

        public int Number(T text) => _numbers[text];

        public T Text(int number) => _texts[number];

        public async Task LearnAsync(NpgsqlConnection connection, IEnumerable<T?> texts, CancellationToken cancel)
        {
            HashSet<T> missing = [];
            // Millions pass here, and all but a handful are known.
            foreach (var text in texts)
                if (text is not null && !_numbers.ContainsKey(text)) missing.Add(text);
            if (missing.Count == 0) return;
            await ReadAsync(connection, cancel);
            foreach (var text in missing.Where(text => !_numbers.ContainsKey(text)))
                await connection.ExecuteAsync(
                    $"INSERT INTO {table} ({column}) VALUES ($1) ON CONFLICT DO NOTHING", values => values.AddWithValue(write(text)), cancel);
            await ReadAsync(connection, cancel);
        }

        public Task KnowAsync(NpgsqlConnection connection, IEnumerable<int> numbers, CancellationToken cancel) =>
            Knows(numbers) ? Task.CompletedTask : ReadAsync(connection, cancel);

        public bool Knows(IEnumerable<int> numbers) => numbers.All(number => number == 0 || _texts.ContainsKey(number));

        private async Task ReadAsync(NpgsqlConnection connection, CancellationToken cancel)
        {
            foreach (var (number, text) in await connection.QueryAsync(
                $"SELECT id, {column} FROM {table}", _ => { }, row => (row.GetInt32(0), read(row)), cancel))
            {
                _texts[number] = text;
                _numbers[text] = number;
            }
        }
    }
}
