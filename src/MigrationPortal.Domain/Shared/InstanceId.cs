namespace MigrationPortal.Domain.Shared;

/// <summary>The configured name of a GitLab instance, such as <c>production</c> or <c>qa</c>. Compared ordinally.</summary>
public readonly record struct InstanceId(string Name)
{
    public override string ToString() => Name;
}
