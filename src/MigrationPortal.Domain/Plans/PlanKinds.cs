using System.Text.Json;

namespace MigrationPortal.Domain.Plans;

public static class PlanKinds
{
    /// <summary>Evacuation pre-empts and insists: it does not stop because somebody changed a runner in the meantime.</summary>
    public static bool IsEvacuation(this Plan plan)
    {
        using var target = JsonDocument.Parse(plan.Target);
        return target.RootElement.ValueKind == JsonValueKind.Object && target.RootElement.TryGetProperty("evacuate", out _);
    }

    /// <summary>The tag that a brownout takes away, and for how long; null for every other plan.</summary>
    public static (string Tag, TimeSpan Duration)? Brownout(this Plan plan)
    {
        using var target = JsonDocument.Parse(plan.Target);
        return target.RootElement.ValueKind == JsonValueKind.Object && target.RootElement.TryGetProperty("brownout", out var wish)
            ? (wish.GetProperty("tag").GetString()!, TimeSpan.FromSeconds(wish.GetProperty("durationSeconds").GetInt32())) : null;
    }

    /// <summary>What <c>confirm</c> must hold to apply this plan, such as <c>delete 12, 13</c>; null when nothing is asked.</summary>
    public static string? ConfirmationText(this Plan plan)
    {
        var deleted = plan.Steps.Where(step => step.Kind == PlanStepKind.Delete).Select(step => step.Runner.Number).ToList();
        return deleted.Count == 0 ? null : $"delete {string.Join(", ", deleted)}";
    }
}
