using System.Buffers;
using MigrationPortal.Domain.Clusters;

namespace MigrationPortal.Infrastructure.Clusters;

/// <summary>Answers of no more than so many bytes, whatever length they say or do not say: memory grows with what comes.</summary>
internal static class BoundedBody
{
    private const int Piece = 16 * 1024;

    /// <returns>What was read, and whether that is all of it.</returns>
    public static async Task<(ReadOnlyMemory<byte> Read, bool IsWhole)> ReadAsync(Stream stream, int most, CancellationToken cancel)
    {
        var written = new ArrayBufferWriter<byte>(Piece);
        while (written.WrittenCount < most)
        {
            var read = await stream.ReadAsync(written.GetMemory(Math.Min(Piece, most - written.WrittenCount))[..Math.Min(Piece, most - written.WrittenCount)], cancel);
            if (read == 0) return (written.WrittenMemory, true);
            written.Advance(read);
        }

        return (written.WrittenMemory, await stream.ReadAsync(new byte[1], cancel) == 0);
    }

    public static ClusterUnavailableException TooLong(int most) =>
        new(new ClusterTrouble(TroubleKind.Unreachable, $"What the API server answered is longer than {most / (1024 * 1024)} MiB: that is nothing that was asked for."));
}
