using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MigrationPortal.Web.Instances;

/// <summary>Health answers with every reason as a sentence, none of them a secret.</summary>
internal static class HealthReasons
{
    public const string Key = "reasons";

    public static HealthCheckResult NotReady(IReadOnlyList<string> reasons) =>
        HealthCheckResult.Unhealthy(string.Join(" ", reasons), data: new Dictionary<string, object> { [Key] = reasons });

    public static HealthCheckResult Warn(IReadOnlyList<string> reasons) =>
        HealthCheckResult.Degraded(string.Join(" ", reasons), data: new Dictionary<string, object> { [Key] = reasons });
}
