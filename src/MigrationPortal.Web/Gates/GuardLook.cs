using MigrationPortal.Domain.Gates;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Gates;

/// <summary>What a rule asks for, as the state that has its colour and in a word.</summary>
internal static class GuardLook
{
    public static (VerdictKind Kind, string Word) Of(GuardAct act) => act switch
    {
        GuardAct.None => (VerdictKind.Pass, "quiet"),
        GuardAct.Watch => (VerdictKind.Wait, "seen once"),
        GuardAct.Hold => (VerdictKind.Attention, "alert"),
        GuardAct.RollBack => (VerdictKind.Fail, "roll back"),
        _ => (VerdictKind.Fail, "evacuate"),
    };
}
