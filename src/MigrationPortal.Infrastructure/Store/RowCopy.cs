using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace MigrationPortal.Infrastructure.Store;

/// <summary>
/// Rows into <c>COPY ... FROM STDIN (FORMAT BINARY)</c>, written as the wire wants them (PostgreSQL's manual, COPY, "Binary
/// Format"): in bulk a general importer's work for each value costs as much as PostgreSQL's for the row. Values come
/// in the order of the columns and with exactly their types, or PostgreSQL refuses the whole copy.
/// </summary>
internal sealed class RowCopy : IAsyncDisposable
{
    private const int Full = 60 * 1024;

    /// <summary>The signature, no flags, no extension.</summary>
    private static ReadOnlySpan<byte> Head => [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private readonly NpgsqlRawCopyStream _stream;
    private readonly short _columns;
    private byte[] _buffer = new byte[Full + 4096];
    private int _at;
    private bool _completed;

    private RowCopy(NpgsqlRawCopyStream stream, short columns) => (_stream, _columns) = (stream, columns);

    /// <param name="columns">Separated by commas.</param>
    public static async Task<RowCopy> BeginAsync(NpgsqlConnection connection, string table, string columns, CancellationToken cancel)
    {
        var stream = await connection.BeginRawBinaryCopyAsync($"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)", cancel);
        var copy = new RowCopy(stream, (short)columns.Split(',').Length);
        Head.CopyTo(copy._buffer);
        copy._at = Head.Length;
        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        if (_completed) return;
        try
        {
            // Left without an end, the stream would try to keep the rows of an interrupted copy.
            await _stream.CancelAsync();
            await _stream.DisposeAsync();
        }
        catch (Exception fault) when (fault is InvalidOperationException or NpgsqlException or IOException)
        {
            // A broken connection has nothing left to cancel, and what broke it is on its way to the caller.
        }
    }

    public void StartRow()
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(sizeof(short)), _columns);
        _at += sizeof(short);
    }

    /// <summary>A <c>bigint</c>.</summary>
    public void Write(long value) => BinaryPrimitives.WriteInt64BigEndian(Value(sizeof(long)), value);

    /// <summary>An <c>integer</c>.</summary>
    public void Write(int value) => BinaryPrimitives.WriteInt32BigEndian(Value(sizeof(int)), value);

    /// <summary>A <c>smallint</c>.</summary>
    public void Write(short value) => BinaryPrimitives.WriteInt16BigEndian(Value(sizeof(short)), value);

    public void Write(bool? value)
    {
        if (value is { } flag) Value(sizeof(byte))[0] = flag ? (byte)1 : (byte)0;
        else WriteNull();
    }

    public void Write(long? value)
    {
        if (value is { } number) Write(number);
        else WriteNull();
    }

    /// <summary>A <c>timestamptz</c>; what is finer than its microseconds is cut off.</summary>
    public void Write(DateTimeOffset? value)
    {
        if (value is { } at) Write((at.UtcTicks - Epoch) / TimeSpan.TicksPerMicrosecond);
        else WriteNull();
    }

    /// <summary>A <c>text</c>.</summary>
    public void Write(string? value)
    {
        if (value is null)
        {
            WriteNull();
            return;
        }

        var room = Room(sizeof(int) + Encoding.UTF8.GetMaxByteCount(value.Length));
        var length = Encoding.UTF8.GetBytes(value, room[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        _at += sizeof(int) + length;
    }

    /// <summary>Sends what has gathered once it is worth it.</summary>
    public ValueTask EndRowAsync(CancellationToken cancel) => _at < Full ? ValueTask.CompletedTask : SendAsync(cancel);

    /// <summary>The rows are in the table, as part of the connection's transaction.</summary>
    public async Task CompleteAsync(CancellationToken cancel)
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(sizeof(short)), -1);
        _at += sizeof(short);
        await SendAsync(cancel);
        _completed = true;
        await _stream.DisposeAsync();
    }

    /// <summary>The place of a value of so many bytes, behind its length.</summary>
    private Span<byte> Value(int length)
    {
        var room = Room(sizeof(int) + length);
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        _at += sizeof(int) + length;
        return room[sizeof(int)..];
    }

    private void WriteNull()
    {
        BinaryPrimitives.WriteInt32BigEndian(Room(sizeof(int)), -1);
        _at += sizeof(int);
    }

    private Span<byte> Room(int bytes)
    {
        if (_buffer.Length - _at < bytes) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _at + bytes));
        return _buffer.AsSpan(_at);
    }

    private async ValueTask SendAsync(CancellationToken cancel)
    {
        await _stream.WriteAsync(_buffer.AsMemory(0, _at), cancel);
        _at = 0;
    }
}
