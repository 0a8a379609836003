using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>One step of a surge: it went on, or waits.</summary>
internal abstract record SurgeTurn
{
    private SurgeTurn()
    {
    }

    /// <param name="Now">Null: somebody else changed it meanwhile.</param>
    public sealed record Went(Surge? Now) : SurgeTurn;

    /// <param name="Why">Null: all is well, it is not time yet.</param>
    /// <param name="Failed">It is tried again after a pause; null: it waits for what goes on by itself.</param>
    public sealed record Wait(string? Why, Surge Now, Refusal? Failed = null) : SurgeTurn;
}
