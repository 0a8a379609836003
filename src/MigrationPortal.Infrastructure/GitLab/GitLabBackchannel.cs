using MigrationPortal.Domain.Instances;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>How sign-in reaches GitLab: over the production instance's proxy and with its private authorities, as every other request does.</summary>
public static class GitLabBackchannel
{
    /// <param name="options">Checked: has a production instance.</param>
    public static HttpMessageHandler Handler(GitLabOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return GitLabHttp.Primary(options.Instances.First(one => one.Kind == InstanceKind.Production), RequestLane.Operations);
    }
}
