using System.Diagnostics;
using System.Text;
using Npgsql;

namespace MigrationPortal.Testing;

/// <summary>
/// A PostgreSQL cluster of its own, run by <c>db/cluster.sh</c> as long as this process holds its standard input.
/// </summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(40);

    // The first start of all may have to install PostgreSQL.
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(3);

    private readonly Process _launcher;
    private readonly string _folder;
    private readonly StringBuilder _said;

    private PrivateCluster(Process launcher, string folder, StringBuilder said, string connectionString)
    {
        _launcher = launcher;
        _folder = folder;
        _said = said;
        ConnectionString = connectionString;
    }

    /// <summary>As superuser and without a database name.</summary>
    public string ConnectionString { get; }

    /// <summary>What the launcher and the server complained about; empty when all went well.</summary>
    public string Complaints
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Without durability: a crash of the machine may lose its data.</summary>
    public static async Task<PrivateCluster> StartAsync(CancellationToken cancellation = default)
    {
        // The launcher makes the folder: one made here could not be entered by the user that root lends the server.
        var folder = Path.Combine(Path.GetTempPath(), $"migrationportal-{Guid.NewGuid():N}");
        var launcher = Launch(["run", folder, "--fast"]);
        var said = new StringBuilder();
        launcher.ErrorDataReceived += (_, line) =>
        {
            lock (said)
            {
                said.AppendLine(line.Data);
            }
        };
        launcher.BeginErrorReadLine();

        var ready = await launcher.StandardOutput.ReadLineAsync(cancellation).AsTask().WaitAsync(StartsWithin, cancellation);
        if (ready is null || !ready.StartsWith("ready ", StringComparison.Ordinal))
        {
            await launcher.WaitForExitAsync(cancellation);
            throw new InvalidOperationException($"db/cluster.sh did not start a cluster:\n{said}");
        }

        return new PrivateCluster(launcher, folder, said, ready["ready ".Length..]);
    }

    /// <summary>The end of its input is the launcher's sign to stop.</summary>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        _launcher.StandardInput.Close();
        using var patience = new CancellationTokenSource(StopsWithin);
        await _launcher.WaitForExitAsync(patience.Token);
        _launcher.Dispose();

        using var remover = Launch(["remove", _folder]);
        await remover.WaitForExitAsync(patience.Token);
    }

    private static Process Launch(IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo("bash", [Repository.PathOf("db", "cluster.sh"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
