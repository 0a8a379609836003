using CsCheck;
using MigrationPortal.Infrastructure.Store;
using MigrationPortal.Testing;
using Npgsql;

namespace MigrationPortal.Infrastructure.Tests.Store;

public sealed class RowCopyTests(PostgresFixture postgres)
{
    private const string Columns = "big, middle, small, flag, at, said, maybe";

    private static readonly Gen<DateTimeOffset?> Time =
        Gen.Long[0, 5_000_000_000_000_000].Select(micros => DateTimeOffset.UnixEpoch.AddTicks((micros - 1_000_000_000_000_000) * TimeSpan.TicksPerMicrosecond)).Nullable();

    private static readonly Gen<Row> Rows = Gen.Select(
        Gen.Long, Gen.Int, Gen.Short, Gen.Bool.Nullable(), Time, Gen.String[Gen.OneOf(Gen.Char['\u0001', '\u007f'], Gen.Char['ä', '試']), 0, 300].Null(), Gen.Long.Nullable(),
        (big, middle, small, flag, at, said, maybe) => new Row(big, middle, small, flag, at, said, maybe));

    [Fact]
    public async Task Copy_AnyRows_AreReadBackAsTheyWere()
    {
        await using var connection = await OpenAsync();
        await Rows.List[0, 400].SampleAsync(
            async rows =>
            {
                await connection.ExecuteAsync("TRUNCATE copied", _ => { }, default);
                await CopyAsync(connection, rows, complete: true);
                (await ReadAsync(connection)).ShouldBe(rows);
            },
            iter: 30, threads: 1);
    }

    [Fact]
    public async Task Copy_TextLongerThanItsBuffer_IsWhole()
    {
        await using var connection = await OpenAsync();
        var said = new string('試', 100_000);
        await CopyAsync(connection, [new Row(1, 1, 1, null, null, said, null), new Row(2, 2, 2, null, null, "", null)], complete: true);
        (await ReadAsync(connection)).Select(row => row.Said).ShouldBe([said, ""]);
    }

    [Fact]
    public async Task Copy_GivenUp_LeavesNothingAndAConnectionThatWorks()
    {
        await using var connection = await OpenAsync();
        await CopyAsync(connection, [.. Enumerable.Range(0, 5_000).Select(one => new Row(one, one, 1, true, null, "some text", null))], complete: false);
        (await ReadAsync(connection)).ShouldBeEmpty();
    }

    private static async Task CopyAsync(NpgsqlConnection connection, IReadOnlyList<Row> rows, bool complete)
    {
        await using var copy = await RowCopy.BeginAsync(connection, "copied", Columns, default);
        foreach (var row in rows)
        {
            copy.StartRow();
            copy.Write(row.Big);
            copy.Write(row.Middle);
            copy.Write(row.Small);
            copy.Write(row.Flag);
            copy.Write(row.At);
            copy.Write(row.Said);
            copy.Write(row.Maybe);
            await copy.EndRowAsync(default);
        }

        if (complete) await copy.CompleteAsync(default);
    }

    private static Task<List<Row>> ReadAsync(NpgsqlConnection connection) => connection.QueryAsync(
        $"SELECT {Columns} FROM copied ORDER BY place", _ => { },
        row => new Row(row.GetInt64(0), row.GetInt32(1), row.GetInt16(2), row.GetOrNull<bool>(3), row.GetOrNull<DateTimeOffset>(4), row.GetTextOrNull(5), row.GetOrNull<long>(6)), default);

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(await postgres.CreateDatabaseAsync());
        await connection.OpenAsync();
        await connection.ExecuteAsync(
            "CREATE TABLE copied (place serial, big bigint, middle integer, small smallint, flag boolean, at timestamptz, said text, maybe bigint)", _ => { }, default);
        return connection;
    }

    private sealed record Row(long Big, int Middle, short Small, bool? Flag, DateTimeOffset? At, string? Said, long? Maybe);
}
