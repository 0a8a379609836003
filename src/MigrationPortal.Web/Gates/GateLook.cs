using MigrationPortal.Domain.Gates;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Gates;

/// <summary>A verdict as the state that has its colour.</summary>
internal static class GateLook
{
    public static VerdictKind Of(GateVerdict verdict) => verdict switch
    {
        GateVerdict.Pass => VerdictKind.Pass,
        GateVerdict.Fail => VerdictKind.Fail,
        GateVerdict.Wait => VerdictKind.Wait,
        _ => VerdictKind.Unknown,
    };
}
