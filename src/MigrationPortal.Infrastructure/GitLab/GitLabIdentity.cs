using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>Asks GitLab with a person's own OAuth token, which travels with each request and is kept nowhere here.</summary>
internal sealed class GitLabIdentity(GitLabClients clients) : IGitLabIdentity
{
    private const string Maintainer = "40";

    public async Task<GitLabPerson?> WhoAsync(InstanceId instance, string accessToken, CancellationToken cancel)
    {
        using var response = await GetAsync(instance, "api/v4/user", accessToken, cancel);
        if (IsShutOut(response)) return null;
        var user = await ReadAsync(instance, response, RestJson.Default.UserDto, cancel);
        return new GitLabPerson(user.Id, user.Username, user.Name, user.IsAdmin ?? false, !IsActive(user.State));
    }

    public async Task<IReadOnlyList<OwnProject>?> MaintainedProjectsAsync(InstanceId instance, string accessToken, CancellationToken cancel)
    {
        var own = new List<OwnProject>();
        var page = Paging.Keyset("asc", ("membership", "true"), ("min_access_level", Maintainer));
        while (page is not null)
        {
            var query = string.Join('&', page.Select(one => $"{Uri.EscapeDataString(one.Key)}={Uri.EscapeDataString(one.Value)}"));
            using var response = await GetAsync(instance, $"api/v4/projects?{query}", accessToken, cancel);
            if (IsShutOut(response)) return null;
            var projects = await ReadAsync(instance, response, RestJson.Default.ListProjectDto, cancel);
            own.AddRange(projects.Select(one => new OwnProject(new ProjectId(instance, one.Id), one.PathWithNamespace, one.WebUrl ?? "", one.DefaultBranch, one.Archived ?? false)));
            page = Paging.Next(response.Headers.TryGetValues("Link", out var links) ? links : []);
        }
        return own;
    }

    public async Task<bool?> IsAdministratorAsync(UserId user, CancellationToken cancel) =>
        await PersonAsync(user, Purposes.Connection, cancel) is not { } person ? false : IsActive(person.State) ? person.IsAdmin : false;

    public async Task<string?> AddressAsync(UserId user, CancellationToken cancel)
    {
        if (await PersonAsync(user, Purposes.Projects, cancel) is not { } person || !IsActive(person.State)) return null;
        return person.Email is { Length: > 0 } email ? email : person.PublicEmail is { Length: > 0 } shown ? shown : null;
    }

    public async Task<RefreshedToken?> RefreshAsync(InstanceId instance, string refreshToken, string clientId, string? clientSecret, CancellationToken cancel)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken, ["client_id"] = clientId };
        if (clientSecret is not null) form["client_secret"] = clientSecret;
        var (http, root) = Client(instance);
        // A refresh token is single use: a blind second try after a lost answer would find it used, so there is one try.
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(root, "oauth/token")) { Content = new FormUrlEncodedContent(form) };
        request.Options.Set(GitLabHttp.OneTry, true);
        using var response = await http.SendAsync(request, cancel);
        // 400 invalid_grant: used, revoked or expired.
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized) return null;
        var token = await ReadAsync(instance, response, RestJson.Default.OAuthTokenDto, cancel);
        return new RefreshedToken(token.AccessToken, token.RefreshToken, TimeSpan.FromSeconds(token.ExpiresIn));
    }

    public async Task RevokeAsync(InstanceId instance, string accessToken, string clientId, string? clientSecret, CancellationToken cancel)
    {
        var form = new Dictionary<string, string> { ["token"] = accessToken, ["token_type_hint"] = "access_token", ["client_id"] = clientId };
        if (clientSecret is not null) form["client_secret"] = clientSecret;
        var (http, root) = Client(instance);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(root, "oauth/revoke")) { Content = new FormUrlEncodedContent(form) };
        // A person waits at the sign-out, and the token ends by itself within two hours.
        request.Options.Set(GitLabHttp.OneTry, true);
        using var response = await http.SendAsync(request, cancel);
        if (!response.IsSuccessStatusCode)
            throw new GitLabUnavailableException(instance, $"does not end a token: HTTP {(int)response.StatusCode}") { Status = (int)response.StatusCode };
    }

    /// <summary>As the read token is told; null: not there.</summary>
    private async Task<UserDto?> PersonAsync(UserId user, string purpose, CancellationToken cancel)
    {
        var response = await clients.For(user.Instance, GitLabChannel.Monitoring).OtherUserAsync(user.Number, purpose, cancel);
        response.Arrived(user.Instance);
        return response.StatusCode == HttpStatusCode.NotFound ? null : response.Required(user.Instance);
    }

    private static bool IsActive(string? state) => state is null or "active";

    // 401: the token ended or was revoked. 403: the person is blocked, or the token may not even say whose it is.
    private static bool IsShutOut(HttpResponseMessage response) => response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;

    private async Task<HttpResponseMessage> GetAsync(InstanceId instance, string path, string accessToken, CancellationToken cancel)
    {
        var (http, root) = Client(instance);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(root, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return await http.SendAsync(request, cancel);
    }

    private (HttpClient Http, Uri Root) Client(InstanceId instance)
    {
        var http = clients.Http(instance, GitLabClients.PersonChannel);
        return (http, new Uri(http.BaseAddress!.ToString().TrimEnd('/') + "/"));
    }

    private static async Task<T> ReadAsync<T>(InstanceId instance, HttpResponseMessage response, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> form, CancellationToken cancel)
        where T : class
    {
        if (!response.IsSuccessStatusCode)
        {
            var words = GitLabErrorBody.Message(await response.Content.ReadAsStringAsync(cancel)) ?? $"HTTP {(int)response.StatusCode}";
            throw new GitLabUnavailableException(instance, $"refuses {response.RequestMessage?.RequestUri?.AbsolutePath}: {words}") { Status = (int)response.StatusCode };
        }
        try
        {
            return await response.Content.ReadFromJsonAsync(form, cancel) ?? throw new System.Text.Json.JsonException("null");
        }
        catch (System.Text.Json.JsonException fault)
        {
            throw new GitLabUnavailableException(instance, $"answered {response.RequestMessage?.RequestUri?.AbsolutePath} in a form that is not GitLab's", fault);
        }
    }
}
