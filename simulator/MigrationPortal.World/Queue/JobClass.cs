namespace MigrationPortal.World;

/// <summary>Jobs that GitLab's matching cannot tell apart: same tags, same protection, same project.</summary>
internal sealed class JobClass
{
    public required TagSet Tags { get; init; }

    public required bool Protected { get; init; }

    public required Project Project { get; init; }
}
