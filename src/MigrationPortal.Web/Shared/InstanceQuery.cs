using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Shared;

/// <summary><c>?instance=</c> names a GitLab instance; left out, it is production.</summary>
public static class InstanceQuery
{
    public static InstanceId Pick(this InstanceDirectory instances, string? name, RequestErrors errors)
    {
        ArgumentNullException.ThrowIfNull(instances);
        ArgumentNullException.ThrowIfNull(errors);
        if (name is null) return instances.Production.Id;
        if (instances.Find(new InstanceId(name)) is { } found) return found.Id;
        errors.Add("instance", $"'{name}' is not configured. Use one of: {string.Join(", ", instances.All.Select(one => one.Id.Name))}.");
        return instances.Production.Id;
    }
}
