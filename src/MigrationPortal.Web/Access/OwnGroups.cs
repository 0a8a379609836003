using System.Collections.Concurrent;
using System.Security.Claims;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Instances;

namespace MigrationPortal.Web.Access;

/// <summary>
/// Which groups are a person's own: those that GitLab, asked with their token, says they own, with the ones below. Kept for a
/// minute, so that a page and its parts ask once.
/// </summary>
public sealed class OwnGroups
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly UserSessions _sessions;
    private readonly IGroupReader _groups;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, IReadOnlyList<KnownGroup> Groups)> _known = new(StringComparer.Ordinal);

    internal OwnGroups(UserSessions sessions, IGroupReader groups, TimeProvider time) => (_sessions, _groups, _time) = (sessions, groups, time);

    /// <returns>By path; null when the person has to sign in again, or is an API token, which has no GitLab session.</returns>
    /// <exception cref="GitLabUnavailableException">GitLab does not answer, or not now.</exception>
    public async Task<IReadOnlyList<KnownGroup>?> OfAsync(ClaimsPrincipal person, CancellationToken cancel)
    {
        if (person.FindFirstValue(PortalClaims.Session) is not { } session || person.User() is not { } user) return null;
        var now = _time.GetUtcNow();
        if (_known.TryGetValue(session, out var known) && now < known.Until) return known.Groups;
        if (await TokenAsync(person, cancel) is not { } token) return null;
        if (!(await _groups.OwnedAsync(token, user.Instance, cancel)).TryGet(out var owned, out var no))
            return no.Code == DeskCode.ConsentNeeded ? null : throw new GitLabUnavailableException(user.Instance, string.Join(" ", no.Reasons));
        foreach (var old in _known.Where(one => one.Value.Until <= now)) _known.TryRemove(old);
        IReadOnlyList<KnownGroup> groups = [.. owned.Select(one => new KnownGroup(one.Id, one.FullPath)).OrderBy(one => one.FullPath, StringComparer.Ordinal)];
        _known[session] = (now + Kept, groups);
        return groups;
    }

    /// <summary>In whose name what the person may see is read. It changes nothing: its scope is <c>read_api</c>.</summary>
    /// <returns>Null as <see cref="OfAsync"/>.</returns>
    public async Task<PersonToken?> TokenAsync(ClaimsPrincipal person, CancellationToken cancel) => await _sessions.AccessTokenAsync(person, cancel) is { } token ? new PersonToken(token) : null;
}
