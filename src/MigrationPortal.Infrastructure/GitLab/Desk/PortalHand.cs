using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.GitLab.Desk;

/// <summary>GitLab takes a personal access token as a bearer too (gitlab-api.md 0, Authentication).</summary>
internal sealed class PortalHand(GitLabOptions options) : IPortalHand
{
    public PersonToken? Of(InstanceId instance) => options.Instances.FirstOrDefault(one => one.Id == instance)?.WriteToken is { Length: > 0 } token ? new PersonToken(token) : null;
}
