using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>Who lets a revision into production although no verification proves it, and why.</summary>
public sealed record UnverifiedOverride(Actor Who, string Reason);
