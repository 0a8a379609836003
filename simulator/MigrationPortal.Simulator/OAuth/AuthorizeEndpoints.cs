using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Discovery, keys, and the way through the sign-in page.</summary>
internal sealed class AuthorizeEndpoints(OAuthSettings settings, CodeBook codes, SigningKey key)
{
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
        var request = AuthorizationRequest.Of((await ParametersReader.ReadAsync(http.Request))!);
        var instance = http.Instance();
        return Refuse(request) ?? Results.Text(
            instance.Do(w => SignInPage.Render(w, request, instance.Name)), "text/html; charset=utf-8");
    }

    private async Task<IResult> SignInAsync(HttpContext http)
    {
        if (await ParametersReader.ReadAsync(http.Request) is not { } parameters)
        {
            return Results.BadRequest();
        }

        var request = AuthorizationRequest.Of(parameters);
        var instance = http.Instance();
        var username = instance.Do(w =>
            w.Directory.FindUser(parameters.Text("username") ?? "") is { State: UserState.Active } user ? user.Username : null);
        return Refuse(request) ?? (username is null
            ? Results.Redirect(request.Redirect("error", "access_denied"))
            : Results.Redirect(request.Redirect("code", codes.Issue(request, username, instance.Name))));
    }

    private static string[] Words(string text) => text.Split(' ');

    private IResult? Refuse(AuthorizationRequest request) =>
        request.Problem(settings) is { } problem ? Results.Text(problem, "text/plain", statusCode: 401)
        : request.Error(settings) is { } error ? Results.Redirect(request.Redirect("error", error))
        : null;
}
