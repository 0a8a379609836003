using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <summary>The pages that look at runners.</summary>
internal static class RunnerTabs
{
    public static IReadOnlyList<TabLink> Of(string open, int managed, int unmanaged) =>
    [
        new("Managed", "runners", open == "managed", Words.Count(managed)),
        new("Unmanaged", "runners/unmanaged", open == "unmanaged", Words.Count(unmanaged)),
        new("Runner pair", "runners/pair", open == "pair"),
        new("Questions", "runners/questions", open == "questions"),
    ];
}
