using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>States of applying as icon, colour and word.</summary>
internal static class ApplyLook
{
    public static (VerdictKind Kind, string Word) Of(ApplicationState state) => state switch
    {
        ApplicationState.Applying => (VerdictKind.Wait, "applying"),
        ApplicationState.Verifying => (VerdictKind.Wait, "waits for the manager"),
        ApplicationState.Waiting => (VerdictKind.Wait, "waits for the cluster to match"),
        ApplicationState.Healthy => (VerdictKind.Pass, "healthy"),
        ApplicationState.Unhealthy => (VerdictKind.Fail, "unhealthy"),
        ApplicationState.RollingBack => (VerdictKind.Attention, "rolling back"),
        ApplicationState.Cancelled => (VerdictKind.Unknown, "cancelled"),
        _ => (VerdictKind.Unknown, "rolled back"),
    };

    public static (VerdictKind Kind, string Word) Of(ApplyStepState state) => state switch
    {
        ApplyStepState.Pending => (VerdictKind.Unknown, "not begun"),
        ApplyStepState.Running => (VerdictKind.Wait, "running"),
        ApplyStepState.Done => (VerdictKind.Pass, "done"),
        ApplyStepState.Skipped => (VerdictKind.Unknown, "skipped"),
        _ => (VerdictKind.Fail, "failed"),
    };

    public static (VerdictKind Kind, string Word) Of(RegistrationState state) => state switch
    {
        RegistrationState.Creating => (VerdictKind.Wait, "is made in GitLab"),
        RegistrationState.Delivering => (VerdictKind.Wait, "its token goes into the cluster"),
        RegistrationState.Applying => (VerdictKind.Wait, "its configuration is applied"),
        RegistrationState.Waiting => (VerdictKind.Wait, "waits for its chart"),
        RegistrationState.Done => (VerdictKind.Pass, "done"),
        RegistrationState.Undoing => (VerdictKind.Attention, "is undone"),
        RegistrationState.Left => (VerdictKind.Fail, "not all undone"),
        _ => (VerdictKind.Unknown, "undone"),
    };

    public static (VerdictKind Kind, string Word) Of(ObjectEffect effect) => effect switch
    {
        ObjectEffect.Create => (VerdictKind.Wait, "made"),
        ObjectEffect.Change => (VerdictKind.Attention, "changed"),
        ObjectEffect.Unchanged => (VerdictKind.Pass, "unchanged"),
        ObjectEffect.Refused => (VerdictKind.Fail, "refused"),
        _ => (VerdictKind.Wait, "made, not tried yet"),
    };

    public static VerdictKind Of(FindingLevel level) => level switch { FindingLevel.Error => VerdictKind.Fail, FindingLevel.Warning => VerdictKind.Attention, _ => VerdictKind.Unknown };

    public static string Of(ApplyStep step) => (step.Kind, step.Object) switch
    {
        (ApplyStepKind.Apply, { } key) => step.IsRollBack ? $"Put back {key}" : $"Apply {key}",
        (ApplyStepKind.Remove, { } key) => $"Remove {key}",
        (ApplyStepKind.RollOut, { } key) => $"Wait for {key}",
        (ApplyStepKind.Contact, _) => "Wait for the manager's contact with GitLab",
        _ => "Wait until the cluster matches",
    };

    public static string Of(ApplyTarget target) => target switch { ApplyTarget.Operator => "Operator", ApplyTarget.Manifests => "manifests", ApplyTarget.Helm => "Helm", _ => "managed elsewhere" };
}
