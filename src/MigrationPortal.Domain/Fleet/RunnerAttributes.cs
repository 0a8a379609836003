using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>The attributes that decide which jobs a runner takes, and the only ones the portal ever changes.</summary>
public sealed record RunnerAttributes(TagSet Tags, bool RunUntagged, bool Paused, RunnerAccessLevel AccessLevel);
