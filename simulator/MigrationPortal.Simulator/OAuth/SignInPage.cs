using System.Net;
using System.Text;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>The page that stands in for GitLab's sign-in: every account is a button.</summary>
internal static class SignInPage
{
    private static readonly string Template = PageFile.Read("OAuth.sign-in.html");

    /// <summary>Must run inside the world's lock.</summary>
    public static string Render(GitLabWorld world, AuthorizationRequest request, string instance)
    {
        var rows = new StringBuilder();
        foreach (var account in Accounts(world))
        {
            var enabled = account.User.State == UserState.Active ? "" : " disabled";
            rows.Append($"""
                <button name="username" value="{Html(account.User.Username)}"{enabled}>
                <b>{Html(account.User.Name)}</b><span>@{Html(account.User.Username)}</span><i>{Html(account.Role)}</i></button>
                """);
        }

        return Template
            .Replace("{{instance}}", Html(instance), StringComparison.Ordinal)
            .Replace("{{fields}}", Fields(request), StringComparison.Ordinal)
            .Replace("{{accounts}}", rows.ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<(User User, string Role, int Rank)> Accounts(GitLabWorld world) => world.Directory.Users
        .Select(u => Describe(world, u))
        .OrderBy(a => a.Rank).ThenBy(a => a.User.Id);

    private static (User User, string Role, int Rank) Describe(GitLabWorld world, User user)
    {
        if (user.State == UserState.Blocked)
        {
            return (user, "blocked", 9);
        }

        if (user.IsAdmin)
        {
            return (user, "administrator", 0);
        }

        var own = world.Directory.Memberships.Where(m => m.User == user).ToArray();
        var groups = own.Where(m => m.Group is not null && m.Level == AccessLevel.Owner).Select(m => m.Group!.FullPath).ToArray();
        if (groups.Length > 0)
        {
            return (user, $"owner of {string.Join(", ", groups)}", 1);
        }

        var maintained = world.Directory.Projects.Count(p => world.Directory.AccessTo(user, p) >= AccessLevel.Maintainer);
        return maintained > 0
            ? (user, maintained == 1 ? "maintainer of 1 project" : $"maintainer of {maintained} projects", 2)
            : (user, "developer", 3);
    }

    /// <summary>The request as hidden fields, so that the next page still has it.</summary>
    public static string Fields(AuthorizationRequest r)
    {
        var fields = new StringBuilder();
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)
        [
            ("client_id", r.ClientId), ("redirect_uri", r.RedirectUri), ("response_type", r.ResponseType), ("scope", r.Scope),
            ("state", r.State), ("nonce", r.Nonce), ("code_challenge", r.CodeChallenge), ("code_challenge_method", r.CodeChallengeMethod),
        ])
        {
            if (value is not null)
            {
                fields.Append($"""<input type="hidden" name="{name}" value="{Html(value)}">""");
            }
        }

        return fields.ToString();
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}

/// <summary>Pages that are built in.</summary>
internal static class PageFile
{
    public static string Read(string name)
    {
        using var stream = typeof(PageFile).Assembly.GetManifestResourceStream($"MigrationPortal.Simulator.{name}")
            ?? throw new InvalidOperationException($"The page {name} is not built in.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
