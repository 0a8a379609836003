using System.Globalization;

namespace MigrationPortal.Kubernetes;

internal static class Times
{
    /// <summary>To the second, as metadata has it.</summary>
    public static string Of(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
