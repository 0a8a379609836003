using System.Text.Json.Nodes;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>When the portal's sweeps last looked at production, as they wrote it down.</summary>
internal sealed class Sweeps(World world, CancellationToken cancellation)
{
    /// <summary>A clock that was stepped makes a sweep due; its world time is when it began.</summary>
    public async Task LookedAsync(params IEnumerable<string> sweeps)
    {
        var now = await world.Control.NowAsync(cancellation);
        foreach (var sweep in sweeps) await Eventually.BeAsync(() => StateAsync(sweep), state => state?["WorldAt"]?.GetValue<DateTimeOffset>() >= now, cancellation);
    }

    /// <returns>Null before its first look.</returns>
    public async Task<JsonNode?> StateAsync(string sweep) =>
        (await world.QueryAsync($"SELECT value FROM watermarks WHERE instance = 'production' AND source = 'sweep/{sweep}'", row => JsonNode.Parse(row.GetString(0)))).SingleOrDefault();
}
