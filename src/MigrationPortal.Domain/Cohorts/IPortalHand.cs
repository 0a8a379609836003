using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>
/// The portal's own hand at GitLab, its write token: for what nobody can be asked to click, such as one merge request to each
/// owner of a template, a merge request for each live branch of a straggler, or taking a tag out at the end. Never instead of a
/// maintainer who is there: their change is made in their name.
/// </summary>
public interface IPortalHand
{
    /// <returns>Null in observe mode.</returns>
    PersonToken? Of(InstanceId instance);
}
