using System.Globalization;
using MigrationPortal.Domain.Fleet;

namespace MigrationPortal.Domain.Plans;

/// <summary>The note that a managed runner carries in GitLab, so that whoever looks there knows who changes it. At most 1,024 characters.</summary>
public static class MaintenanceNote
{
    private const string Ours = "Managed by MigrationPortal";

    /// <returns>Null leaves the note as it is: one that a person wrote is not overwritten.</returns>
    public static string? For(ObservedRunner? runner, Operation operation)
    {
        if (!string.IsNullOrEmpty(runner?.MaintenanceNote) && !runner.MaintenanceNote.StartsWith(Ours, StringComparison.Ordinal)) return null;
        var title = operation.Title.Length > 200 ? operation.Title[..200] : operation.Title;
        return string.Create(CultureInfo.InvariantCulture, $"{Ours}. Last change: {title} (operation {operation.Id}). Changes by hand show there as drift.");
    }
}
