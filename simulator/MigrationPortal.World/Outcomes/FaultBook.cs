namespace MigrationPortal.World;

/// <summary>Incidents and darkness: what goes wrong from outside.</summary>
public sealed class FaultBook
{
    internal FaultBook()
    {
    }

    /// <summary>All incidents by id: past ones, and those that fate has planned for later.</summary>
    public IReadOnlyList<Incident> Incidents => IncidentList;

    public IReadOnlyCollection<int> DarkRunners => DarkRunnerSet;

    public IReadOnlyCollection<string> DarkClusters => DarkClusterSet;

    internal bool IsOn(Incident incident, long ms) =>
        WorldTime.Ms(incident.StartsAt) <= ms && (incident.EndsAt is not { } end || ms < WorldTime.Ms(end));

    internal List<Incident> IncidentList { get; } = [];

    internal SortedSet<int> DarkRunnerSet { get; } = [];

    internal SortedSet<string> DarkClusterSet { get; } = new(StringComparer.Ordinal);
}
