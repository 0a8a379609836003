using MigrationPortal.Domain.Cohorts.Help;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>A thread's state as its reader sees it.</summary>
public static class HelpLook
{
    public static VerdictKind Kind(HelpState state, bool forAdmin) => (state, forAdmin) switch
    {
        (HelpState.Open, true) or (HelpState.Answered, false) => VerdictKind.Attention,
        (HelpState.Closed, _) => VerdictKind.Pass,
        _ => VerdictKind.Wait,
    };

    public static string Word(HelpState state) => state.ToString().ToLowerInvariant();
}
