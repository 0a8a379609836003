using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Users, as far as sign-in and people lookups need them.</summary>
internal static class UserEndpoints
{
    public static void Map(ApiRoutes api)
    {
        api.Get("/user", c => ApiAnswer.Ok(Current(c)), Scopes.ReadUser);
        api.Get("/users", List, Scopes.ReadUser);
        api.Get("/users/{id}", One, Scopes.ReadUser);
    }

    private static ApiAnswer List(ApiCall call)
    {
        var page = OffsetPage.Of(call);
        var p = call.Params;
        var username = p.Text("username");
        var search = p.Text("search");
        var active = p.Flag("active");
        var users = call.World.Directory.Users
            .Where(u => username is null || string.Equals(u.Username, username, StringComparison.OrdinalIgnoreCase))
            .Where(u => string.IsNullOrEmpty(search)
                || u.Name.Contains(search, StringComparison.OrdinalIgnoreCase)
                || u.Username.Contains(search, StringComparison.OrdinalIgnoreCase)
                || u.Email.Equals(search, StringComparison.OrdinalIgnoreCase))
            .Where(u => active is not true || u.State == UserState.Active)
            .OrderByDescending(u => u.Id)
            .ToArray();
        return p.Refusal ?? page.TooDeep("User") ?? page.Answer(
            call, users, u => call.IsAdmin ? Account(u, call) : Entities.UserBasic(u, call.BaseUrl)!);
    }

    private static ApiAnswer One(ApiCall call) =>
        call.World.Directory.FindUser((int)Math.Min(int.MaxValue, call.RouteId("id"))) is { } user
            ? ApiAnswer.Ok(call.IsAdmin ? Account(user, call) : Entities.UserBasic(user, call.BaseUrl)!)
            : ApiAnswer.NotFound("User");

    /// <summary>The caller's own account. <c>is_admin</c> is told only of administrators.</summary>
    private static Dictionary<string, object?> Current(ApiCall call)
    {
        var account = Account(call.Me, call);
        if (!call.Me.IsAdmin)
        {
            account.Remove("is_admin");
            account.Remove("namespace_id");
        }

        return account;
    }

    private static Dictionary<string, object?> Account(User user, ApiCall call) => new(StringComparer.Ordinal)
    {
        ["id"] = user.Id,
        ["username"] = user.Username,
        ["public_email"] = null,
        ["name"] = user.Name,
        ["state"] = user.State == UserState.Active ? "active" : "blocked",
        ["locked"] = false,
        ["avatar_url"] = null,
        ["web_url"] = $"{call.BaseUrl}/{user.Username}",
        ["created_at"] = user.CreatedAt,
        ["bio"] = "",
        ["location"] = "",
        ["pronouns"] = null,
        ["skype"] = "",
        ["linkedin"] = "",
        ["twitter"] = "",
        ["website_url"] = "",
        ["organization"] = "",
        ["job_title"] = "",
        ["bot"] = false,
        ["last_sign_in_at"] = null,
        ["confirmed_at"] = user.CreatedAt,
        ["last_activity_on"] = null,
        ["email"] = user.Email,
        ["commit_email"] = user.Email,
        ["theme_id"] = 1,
        ["color_scheme_id"] = 1,
        ["projects_limit"] = 100_000,
        ["current_sign_in_at"] = null,
        ["identities"] = Array.Empty<object>(),
        ["can_create_group"] = true,
        ["can_create_project"] = true,
        ["two_factor_enabled"] = false,
        ["external"] = false,
        ["private_profile"] = false,
        ["is_admin"] = user.IsAdmin,
        ["namespace_id"] = 100_000 + user.Id,
    };
}
