using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Discovery, keys, and the way through the sign-in page.</summary>
internal sealed class AuthorizeEndpoints(OAuthSettings settings, CodeBook codes, SigningKey key)
{
    private const string Others = "others";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/.well-known/openid-configuration", Discovery);
        routes.MapGet("/oauth/discovery/keys", () => Results.Json(key.PublicKeys()));
        routes.MapGet("/oauth/authorize", (Delegate)ShowAsync);
        routes.MapPost("/oauth/authorize", (Delegate)SignInAsync);
    }

    private static IResult Discovery(HttpContext http)
    {
        var url = http.InstanceUrl();
        return Results.Json(new
        {
            issuer = url,
            authorization_endpoint = $"{url}/oauth/authorize",
            token_endpoint = $"{url}/oauth/token",
            revocation_endpoint = $"{url}/oauth/revoke",
            introspection_endpoint = $"{url}/oauth/introspect",
            userinfo_endpoint = $"{url}/oauth/userinfo",
            jwks_uri = $"{url}/oauth/discovery/keys",
            scopes_supported = Scopes.Known,
            response_types_supported = Words("code"),
            response_modes_supported = Words("query"),
            grant_types_supported = Words("authorization_code refresh_token"),
            token_endpoint_auth_methods_supported = Words("client_secret_basic client_secret_post"),
            subject_types_supported = Words("public"),
            id_token_signing_alg_values_supported = Words("RS256"),
            claim_types_supported = Words("normal"),
            claims_supported = Words("iss sub aud exp iat sub_legacy auth_time name nickname preferred_username email email_verified profile groups "
                + "groups_direct https://gitlab.org/claims/groups/owner "
                + "https://gitlab.org/claims/groups/maintainer "
                + "https://gitlab.org/claims/groups/developer"),
            code_challenge_methods_supported = Words("plain S256"),
        });
    }

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        var parameters = (await ParametersReader.ReadAsync(http.Request))!;
        var request = AuthorizationRequest.Of(parameters);
        var instance = http.Instance();
        return Refuse(request)
            ?? (ConsentPage.Asks(request) && parameters.Flag(Others) is not true && Active(instance, http.Request.Cookies[CookieOf(instance)]) is { } username
                ? Consent(http, request, username)
                : Page(instance.Do(w => SignInPage.Render(w, request, instance.Name))));
    }

    private async Task<IResult> SignInAsync(HttpContext http)
    {
        if (await ParametersReader.ReadAsync(http.Request) is not { } parameters)
        {
            return Results.BadRequest();
        }

        var request = AuthorizationRequest.Of(parameters);
        var instance = http.Instance();
        if (Refuse(request) is { } refused)
        {
            return refused;
        }

        if (Active(instance, parameters.Text("username")) is not { } username)
        {
            return Results.Redirect(request.Redirect("error", "access_denied"));
        }

        // Signed in from here on, as at GitLab, whatever they decide about the application.
        http.Response.Cookies.Append(CookieOf(instance), username, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/" });
        return (ConsentPage.Asks(request) ? ConsentPage.Decided(parameters) : true) switch
        {
            null => Consent(http, request, username),
            false => Results.Redirect(request.Redirect("error", "access_denied")),
            true => Results.Redirect(request.Redirect("code", codes.Issue(request, username, instance.Name))),
        };
    }

    private static IResult Consent(HttpContext http, AuthorizationRequest request, string username)
    {
        var others = http.Request.QueryString.Add(Others, "true").ToString();
        return Page(ConsentPage.Render(request, username, http.Instance().Name, others));
    }

    private static string? Active(Instance instance, string? username) => instance.Do(w =>
        w.Directory.FindUser(username ?? "") is { State: UserState.Active } user ? user.Username : null);

    private static string CookieOf(Instance instance) => $"_simulated_{instance.Name}";

    private static IResult Page(string html) => Results.Text(html, "text/html; charset=utf-8");

    private static string[] Words(string text) => text.Split(' ');

    private IResult? Refuse(AuthorizationRequest request) =>
        request.Problem(settings) is { } problem ? Results.Text(problem, "text/plain", statusCode: 401)
        : request.Error(settings) is { } error ? Results.Redirect(request.Redirect("error", error))
        : null;
}
