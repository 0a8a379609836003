using System.Net;
using MigrationPortal.World;

namespace MigrationPortal.Tests.Simulated;

public sealed class AccessTests(Simulated sim) : IClassFixture<Simulated>
{
    [Fact]
    public async Task NoToken_AndUnknownToken_Are401WithGitLabsBody()
    {
        foreach (var token in (string[])["", "glpat-nobody"])
        {
            using var answer = await sim.GetAsync("/api/v4/runners", token);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"message":"401 Unauthorized"}""");
        }
    }

    [Fact]
    public async Task ReadToken_ReadsEverythingAndWritesNothing()
    {
        (await sim.GetAsync("/api/v4/runners/all", sim.Host.ReadToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var put = await sim.SendAsync(HttpMethod.Put, "/api/v4/runners/1", new { paused = true }, sim.Host.ReadToken);

        put.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        ((string)(await Simulated.BodyAsync(put))["error"]!).ShouldBe("insufficient_scope");
        ((bool)(await sim.JsonAsync("/api/v4/runners/1"))["paused"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task Tokens_AreTakenOnlyByTheInstanceThatGaveThem()
    {
        (await sim.GetAsync("/api/v4/user", sim.Host.QaAdminToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await sim.GetAsync("/qa/api/v4/user", sim.Host.AdminToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await sim.GetAsync("/qa/api/v4/user", sim.Host.QaAdminToken)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await sim.SendAsync(HttpMethod.Post, "/qa/_sim/tokens/read/revoke")).EnsureSuccessStatusCode();
        (await sim.GetAsync("/qa/api/v4/user", sim.Host.QaReadToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await sim.GetAsync("/api/v4/version", sim.Host.ReadToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await sim.SendAsync(HttpMethod.Post, "/qa/_sim/tokens/read/restore")).EnsureSuccessStatusCode();
    }

    [Theory]
    [InlineData("/api/v4/runners/abc", "id is invalid")]
    [InlineData("/api/v4/projects/{project}/jobs/abc", "job_id is invalid")]
    public async Task IdThatIsNoNumber_Is400(string path, string error)
    {
        var project = (int)(await sim.JsonAsync("/api/v4/projects")).AsArray()[0]!["id"]!;
        using var answer = await sim.GetAsync(path.Replace("{project}", $"{project}", StringComparison.Ordinal));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)(await Simulated.BodyAsync(answer))["error"]!).ShouldBe(error);
    }

    [Fact]
    public async Task RevokedToken_Is401InvalidToken_AndRestoredWorksAgain()
    {
        (await sim.SendAsync(HttpMethod.Post, "/_sim/tokens/read/revoke")).EnsureSuccessStatusCode();
        using var revoked = await sim.GetAsync("/api/v4/version", sim.Host.ReadToken);
        (await sim.SendAsync(HttpMethod.Post, "/_sim/tokens/read/restore")).EnsureSuccessStatusCode();

        revoked.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        ((string)(await Simulated.BodyAsync(revoked))["error"]!).ShouldBe("invalid_token");
        revoked.Headers.WwwAuthenticate.ShouldNotBeEmpty();
        (await sim.GetAsync("/api/v4/version", sim.Host.ReadToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("create_runner", "GET", "/api/v4/runners", 403)]
    [InlineData("create_runner", "POST", "/api/v4/user/runners", 400)]
    [InlineData("manage_runner", "GET", "/api/v4/runners/all", 403)]
    [InlineData("manage_runner", "GET", "/api/v4/runners/1", 200)]
    [InlineData("read_user", "GET", "/api/v4/user", 200)]
    [InlineData("read_user", "GET", "/api/v4/projects", 403)]
    [InlineData("read_user", "GET", "/api/v4/personal_access_tokens/self", 200)]
    public async Task Scope_OpensJustItsOwn(string scope, string method, string path, int status)
    {
        using var issued = await sim.SendAsync(HttpMethod.Post, "/_sim/tokens", new { username = "mara", scopes = (string[])[scope] });
        var token = (string)(await Simulated.BodyAsync(issued))["token"]!;

        using var answer = await sim.SendAsync(new HttpMethod(method), path, null, token);

        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task User_IsAdminIsToldOnlyOfAdministrators()
    {
        var (_, token) = Somebody();

        ((bool)(await sim.JsonAsync("/api/v4/user"))["is_admin"]!).ShouldBeTrue();
        (await sim.JsonAsync("/api/v4/user", token)).AsObject().ContainsKey("is_admin").ShouldBeFalse();
    }

    [Fact]
    public async Task NotAnAdministrator_SeesNoInstanceRunnersAndNoForeignProjects()
    {
        var (user, token) = Somebody();
        var (allowed, hidden) = sim.Host.Production.Do(w => (
            w.Directory.Projects.Where(p => w.Directory.AccessTo(user, p) >= AccessLevel.Maintainer).Select(p => p.Id).ToArray(),
            w.Directory.Projects.First(p => p.Visibility == Visibility.Private && w.Directory.AccessTo(user, p) == AccessLevel.None).FullPath));

        (await sim.GetAsync("/api/v4/runners/all", token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await sim.JsonAsync("/api/v4/projects?membership=true&min_access_level=40&per_page=100", token)).AsArray()
            .Select(p => (int)p!["id"]!).ShouldBe(allowed, ignoreOrder: true);
        using var foreign = await sim.GetAsync($"/api/v4/projects/{Uri.EscapeDataString(hidden)}", token);
        (await foreign.Content.ReadAsStringAsync()).ShouldBe("""{"message":"404 Project Not Found"}""");
    }

    [Fact]
    public async Task Qa_IsAnotherWorldBelowItsPath()
    {
        var qa = (await sim.JsonAsync("/qa/api/v4/runners/all")).AsArray();

        qa.Count.ShouldBe(sim.Host.Qa.Do(w => w.Fleet.Runners.Count));
        ((string)qa[0]!["description"]!).ShouldStartWith("qa-");
    }

    private (User User, string Token) Somebody() => sim.Host.Production.Do(w =>
    {
        var user = w.Directory.Users.First(u => !u.IsAdmin && u.State == UserState.Active
            && w.Directory.Projects.Any(p => w.Directory.AccessTo(u, p) >= AccessLevel.Maintainer)
            && w.Directory.Projects.Any(p => p.Visibility == Visibility.Private && w.Directory.AccessTo(u, p) == AccessLevel.None));
        return (user, sim.Host.TokenOf(user));
    });
}
