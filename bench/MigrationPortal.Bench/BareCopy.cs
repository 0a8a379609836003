using MigrationPortal.Infrastructure.Jobs;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Bench;

/// <summary>What bulk costs without any of the product: the driver's own binary importer, into a table without indexes.</summary>
internal static class BareCopy
{
    public static async Task RunAsync(NpgsqlDataSource source, JobWords words, List<StoredJob> batch, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var importer = await connection.BeginBinaryImportAsync($"COPY bare ({JobTable.Columns}) FROM STDIN (FORMAT BINARY)", cancel);
        foreach (var job in batch) await WriteAsync(importer, words, job, cancel);
        await importer.CompleteAsync(cancel);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter importer, JobWords words, StoredJob job, CancellationToken cancel)
    {
        var seen = job.Seen;
        await importer.StartRowAsync(cancel);
        await importer.WriteAsync(seen.Id.Number, NpgsqlDbType.Bigint, cancel);
        await importer.WriteAsync(seen.Project.Number, NpgsqlDbType.Bigint, cancel);
        await WriteAsync(importer, seen.PipelineId, NpgsqlDbType.Bigint, cancel);
        await WriteAsync(importer, seen.RunnerNumber, NpgsqlDbType.Bigint, cancel);
        foreach (var at in (DateTimeOffset?[])[seen.CreatedAt, seen.QueuedAt, seen.StartedAt, seen.FinishedAt]) await WriteAsync(importer, at?.UtcDateTime, NpgsqlDbType.TimestampTz, cancel);
        await importer.WriteAsync(words[seen.Tags], NpgsqlDbType.Integer, cancel);
        foreach (var word in (string?[])[job.Executor.ToString(), seen.Executor?.ToString(), job.Version, seen.FailureReason, seen.SystemId, seen.Stage, seen.PipelineSource])
            await importer.WriteAsync(words[word], NpgsqlDbType.Integer, cancel);
        foreach (var number in (short[])[1, (short)seen.Status, (short)job.Kind, (short)seen.Source]) await importer.WriteAsync(number, NpgsqlDbType.Smallint, cancel);
        foreach (var flag in (bool?[])[seen.Protected, seen.Retried, seen.AllowFailure]) await WriteAsync(importer, flag, NpgsqlDbType.Boolean, cancel);
        await importer.WriteAsync(seen.Name, NpgsqlDbType.Text, cancel);
        if (seen.Ref is null) await importer.WriteNullAsync(cancel);
        else await importer.WriteAsync(seen.Ref, NpgsqlDbType.Text, cancel);
        await importer.WriteAsync((short)job.Attempt, NpgsqlDbType.Smallint, cancel);
    }

    private static Task WriteAsync<T>(NpgsqlBinaryImporter importer, T? value, NpgsqlDbType type, CancellationToken cancel) where T : struct =>
        value is { } there ? importer.WriteAsync(there, type, cancel) : importer.WriteNullAsync(cancel);
}
