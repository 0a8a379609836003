using System.Collections.Concurrent;
using System.Security.Claims;
using MigrationPortal.Domain.Access;

namespace MigrationPortal.Web.Access;

/// <summary>
/// Which projects are a person's own: those that GitLab, asked with their token, says they maintain. Kept for a minute,
/// so that a page and its parts ask once.
/// </summary>
public sealed class OwnProjects
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly UserSessions _sessions;
    private readonly IGitLabIdentity _gitLab;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, IReadOnlyList<OwnProject> Projects)> _known = new(StringComparer.Ordinal);

    internal OwnProjects(UserSessions sessions, IGitLabIdentity gitLab, TimeProvider time) =>
        (_sessions, _gitLab, _time) = (sessions, gitLab, time);

    /// <returns>Null when the person has to sign in again, or is an API token, which has no GitLab session.</returns>
    /// <exception cref="Domain.Instances.GitLabUnavailableException">GitLab does not answer.</exception>
    public async Task<IReadOnlyList<OwnProject>?> OfAsync(ClaimsPrincipal person, CancellationToken cancel)
    {
        if (person.FindFirstValue(PortalClaims.Session) is not { } session || person.User() is not { } user) return null;
        var now = _time.GetUtcNow();
        if (_known.TryGetValue(session, out var known) && now < known.Until) return known.Projects;
        if (await _sessions.AccessTokenAsync(person, cancel) is not { } token) return null;
        if (await _gitLab.MaintainedProjectsAsync(user.Instance, token, cancel) is not { } projects) return null;
        foreach (var old in _known.Where(one => one.Value.Until <= now)) _known.TryRemove(old);
        _known[session] = (now + Kept, projects);
        return projects;
    }
}
