using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MigrationPortal.Domain.Fleet;

namespace MigrationPortal.Domain.Plans;

/// <summary>Binds a plan to the fleet that it was computed from: id, tags, untagged, paused, access level and role of every managed runner.</summary>
public static class Fingerprint
{
    /// <returns>SHA-256 in lower-case hex; the order of runners and tags does not count.</returns>
    public static string Of(FleetSnapshot fleet)
    {
        var managed = fleet.Runners.Where(runner => runner.Standing.Managed).OrderBy(runner => runner.Id.Number).Select(runner => new object?[]
        {
            runner.Id.Number,
            runner.Attributes.Tags.ToArray(),
            runner.Attributes.RunUntagged,
            runner.Attributes.Paused,
            runner.Attributes.AccessLevel.ToString(),
            runner.Standing.Role?.ToString(),
        });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(managed))));
    }
}
