using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Instances;

/// <summary>The configured GitLab instances: exactly one for production, any number for QA. Fixed after start.</summary>
public sealed class InstanceDirectory
{
    public InstanceDirectory(IReadOnlyList<GitLabInstance> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        All = all;
        Production = all.Single(one => one.Kind == InstanceKind.Production);
    }

    public IReadOnlyList<GitLabInstance> All { get; }

    public GitLabInstance Production { get; }

    public GitLabInstance? Find(InstanceId id) => All.FirstOrDefault(one => one.Id == id);
}

/// <summary>One instance as configured, without its tokens.</summary>
/// <param name="Url">Base address as people open it, without a trailing slash; may end in a path.</param>
/// <param name="CanWrite">A write token is configured; without one the instance is in observe mode.</param>
/// <param name="FollowsClock">World time comes from a clock address: pages say so.</param>
public sealed record GitLabInstance(InstanceId Id, InstanceKind Kind, string Url, bool CanWrite, bool FollowsClock)
{
    /// <summary>Monitoring's request budget.</summary>
    public BudgetLimit Monitoring { get; init; } = new(1, 10);
}

public enum InstanceKind
{
    Production,
    Qa,
}
