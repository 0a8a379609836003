namespace MigrationPortal.World;

/// <summary>What an incident reaches. All null: every executor.</summary>
public sealed record IncidentReach(Executor? Executor = null, string? Cluster = null, int? RunnerId = null);

/// <summary>A share of the jobs that start while it lasts fail as infrastructure. Value: the <see cref="Incident"/>.</summary>
/// <param name="AddedRate">0 to 1, on top of the base rate.</param>
/// <param name="Minutes">Null: until ended.</param>
public sealed record StartIncident(string Name, IncidentReach Reach, double AddedRate, double? Minutes = null) : WorldInput;

public sealed record EndIncident(int IncidentId) : WorldInput;

/// <summary>A runner or a whole cluster loses its network: no polls, no updates. Exactly one is given. Value: null.</summary>
/// <param name="Minutes">Null: until <see cref="ComeBack"/>.</param>
public sealed record GoDark(int? RunnerId = null, string? Cluster = null, double? Minutes = null) : WorldInput;

public sealed record ComeBack(int? RunnerId = null, string? Cluster = null) : WorldInput;

public sealed record Incident(
    int Id,
    string Name,
    IncidentReach Reach,
    double AddedRate,
    DateTimeOffset StartsAt,
    DateTimeOffset? EndsAt);
