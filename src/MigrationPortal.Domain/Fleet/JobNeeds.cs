using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>What the matching engine reasons about: tag set, protected ref or not, project.</summary>
/// <param name="Protected">Null when it is not known: then treated as both, never guessed.</param>
public sealed record JobNeeds(TagSet Tags, bool? Protected, ProjectId Project);
