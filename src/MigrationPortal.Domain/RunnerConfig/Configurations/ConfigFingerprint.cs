using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MigrationPortal.Domain.RunnerConfig.Configurations;

/// <summary>Tells whether two configurations are the same one.</summary>
public static class ConfigFingerprint
{
    /// <returns>16 hex digits.</returns>
    public static string Of(RunnerConfiguration configuration) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { Kind = configuration.Kind.ToString(), configuration.Toml, Target = configuration.Target.ToString(), configuration.Deployment }))))[..16];
}
