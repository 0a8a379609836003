using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>What GitLab tells of a person. No claim says administrator: that is asked of <c>GET /user</c>.</summary>
internal static class Claims
{
    /// <summary>Must run inside the world's lock.</summary>
    public static Dictionary<string, object?> UserInfo(GitLabWorld world, User user, IReadOnlyList<string> scopes, string baseUrl)
    {
        var claims = Common(user, scopes, baseUrl);
        var groups = world.Directory.Groups
            .Select(g => (g.FullPath, Level: world.Directory.AccessTo(user, g)))
            .Where(g => g.Level > AccessLevel.None)
            .ToArray();
        claims["groups"] = groups.Select(g => g.FullPath).ToArray();
        foreach (var (name, level) in (ReadOnlySpan<(string, AccessLevel)>)
            [("owner", AccessLevel.Owner), ("maintainer", AccessLevel.Maintainer), ("developer", AccessLevel.Developer)])
        {
            var paths = groups.Where(g => g.Level == level).Select(g => g.FullPath).ToArray();
            if (paths.Length > 0)
            {
                claims[$"https://gitlab.org/claims/groups/{name}"] = paths;
            }
        }

        return claims;
    }

    /// <summary>Must run inside the world's lock.</summary>
    public static Dictionary<string, object?> IdToken(
        GitLabWorld world, User user, IReadOnlyList<string> scopes, string baseUrl, string clientId, string? nonce, DateTimeOffset now)
    {
        var claims = Common(user, scopes, baseUrl);
        claims["iss"] = baseUrl;
        claims["aud"] = clientId;
        claims["iat"] = now.ToUnixTimeSeconds();
        claims["exp"] = now.AddMinutes(2).ToUnixTimeSeconds();
        claims["auth_time"] = now.ToUnixTimeSeconds();
        claims["groups_direct"] = world.Directory.Memberships
            .Where(m => m.User == user && m.Group is not null).Select(m => m.Group!.FullPath).ToArray();
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        return claims;
    }

    private static Dictionary<string, object?> Common(User user, IReadOnlyList<string> scopes, string baseUrl)
    {
        var claims = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["sub"] = user.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["sub_legacy"] = SubLegacy(user),
            ["name"] = user.Name,
            ["nickname"] = user.Username,
            ["preferred_username"] = user.Username,
            ["profile"] = $"{baseUrl}/{user.Username}",
        };
        if (scopes.Contains("email"))
        {
            claims["email"] = user.Email;
            claims["email_verified"] = true;
        }

        return claims;
    }

    private static string SubLegacy(User user) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{user.Id}-sub")));
}
