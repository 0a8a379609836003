using System.Globalization;

namespace MigrationPortal.Domain.Plans;

/// <summary>The note that a managed runner carries in GitLab, so that whoever looks there knows who changes it. At most 1,024 characters.</summary>
public static class MaintenanceNote
{
    private const string Ours = "Managed by MigrationPortal";

    /// <summary>What a step writes: a word on the operation; on the way back, what stood there before it.</summary>
    /// <param name="found">What stands there now.</param>
    /// <returns>Null leaves the note as it is: one that a person wrote is not overwritten. Empty takes it away.</returns>
    public static string? For(OperationStep step, string? found, Operation operation)
    {
        if (!string.IsNullOrEmpty(found) && !found.StartsWith(Ours, StringComparison.Ordinal)) return null;
        if (step.IsRollBack || step.Step.Kind == PlanStepKind.Return) return operation.Steps.FirstOrDefault(one => one is { IsRollBack: false, Found: not null } && one.Step.Runner == step.Step.Runner) is { } first ? first.FoundNote ?? "" : null;
        var title = operation.Title.Length > 200 ? operation.Title[..200] : operation.Title;
        return string.Create(CultureInfo.InvariantCulture, $"{Ours}. Last change: {title} (operation {operation.Id}). Changes by hand show there as drift.");
    }
}
