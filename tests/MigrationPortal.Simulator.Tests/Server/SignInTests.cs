using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MigrationPortal.Tests.Simulated;

public sealed class SignInTests(Simulated sim) : IClassFixture<Simulated>
{
    private const string Verifier = "a-verifier-that-is-long-enough-for-anybody-to-believe";
    private const string Redirect = "http://localhost:8080/signin-oidc";

    [Fact]
    public async Task Page_ListsEveryAccount()
    {
        var page = await (await sim.GetAsync("/oauth/authorize?" + Query(), "")).Content.ReadAsStringAsync();

        foreach (var name in sim.Host.Production.Do(w => w.Directory.Users.Select(u => u.Username).ToArray()))
        {
            page.ShouldContain($"value=\"{name}\"");
        }
    }

    [Fact]
    public async Task CodeWithProof_GivesTokens_ThatTellWhoAndOpenWhatWasAsked()
    {
        var tokens = await ExchangeAsync(await CodeAsync(), Verifier);
        var access = (string)tokens["access_token"]!;

        ((int)tokens["expires_in"]!).ShouldBe(7200);
        var claims = await VerifiedAsync((string)tokens["id_token"]!);
        ((string)claims["iss"]!).ShouldBe(sim.Host.Address.ToString().TrimEnd('/'));
        ((string)claims["sub"]!).ShouldBe("1");
        ((string)claims["nonce"]!).ShouldBe("n-1");
        ((string)(await BearerAsync("/api/v4/user", access))["username"]!).ShouldBe("mara");
        ((string)(await BearerAsync("/oauth/userinfo", access))["preferred_username"]!).ShouldBe("mara");
        ((string)(await BearerAsync("/api/v4/projects", access))["error"]!).ShouldBe("insufficient_scope");
        (await sim.GetAsync("/api/v4/user", access)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task CodeTwice_OrWithAWrongProof_IsInvalidGrant()
    {
        var code = await CodeAsync();
        ((string)(await ExchangeAsync(code, Verifier))["token_type"]!).ShouldBe("Bearer");

        ((string)(await ExchangeAsync(code, Verifier))["error"]!).ShouldBe("invalid_grant");
        ((string)(await ExchangeAsync(await CodeAsync(), "another verifier"))["error"]!).ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task RefreshToken_WorksOnce()
    {
        var tokens = await ExchangeAsync(await CodeAsync(), Verifier);
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = "migration-portal",
            ["refresh_token"] = (string)tokens["refresh_token"]!,
        };

        ((string)(await PostAsync("/oauth/token", form))["access_token"]!).ShouldNotBe((string)tokens["access_token"]!);
        ((string)(await PostAsync("/oauth/token", form))["error"]!).ShouldBe("invalid_grant");
        ((string)(await BearerAsync("/api/v4/user", (string)tokens["access_token"]!))["error"]!).ShouldBe("invalid_token");
    }

    [Fact]
    public async Task RevokedToken_OpensNothing()
    {
        var access = (string)(await ExchangeAsync(await CodeAsync(), Verifier))["access_token"]!;
        await PostAsync("/oauth/revoke", new() { ["client_id"] = "migration-portal", ["token"] = access });

        ((string)(await BearerAsync("/api/v4/user", access))["error"]!).ShouldBe("invalid_token");
    }

    [Fact]
    public async Task RevokedAccessToken_TakesItsRefreshTokenWithIt()
    {
        var tokens = await ExchangeAsync(await CodeAsync(), Verifier);
        await PostAsync("/oauth/revoke", new() { ["client_id"] = "migration-portal", ["token"] = (string)tokens["access_token"]! });

        var again = new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["client_id"] = "migration-portal", ["refresh_token"] = (string)tokens["refresh_token"]! };
        ((string)(await PostAsync("/oauth/token", again))["error"]!).ShouldBe("invalid_grant");
    }

    [Theory]
    [InlineData("client_id=other")]
    [InlineData("redirect_uri=https://evil.example/cb")]
    public async Task StrangeClientOrAddress_IsNeverRedirectedTo(string wrong)
    {
        using var answer = await sim.GetAsync($"/oauth/authorize?{Query(wrong)}", "");

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.Location.ShouldBeNull();
    }

    private static string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    private static string Query(string? wrong = null)
    {
        var fields = Request();
        if (wrong?.Split('=', 2) is [var name, var value])
        {
            fields[name] = value;
        }

        return string.Join('&', fields.Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}"));
    }

    private static Dictionary<string, string> Request() => new()
    {
        ["client_id"] = "migration-portal",
        ["redirect_uri"] = Redirect,
        ["response_type"] = "code",
        ["scope"] = "openid profile email read_user",
        ["state"] = "s-1",
        ["nonce"] = "n-1",
        ["code_challenge"] = Challenge,
        ["code_challenge_method"] = "S256",
    };

    private async Task<string> CodeAsync()
    {
        using var form = new FormUrlEncodedContent(Request().Append(new("username", "mara")));
        using var answer = await sim.Http.PostAsync("/oauth/authorize", form);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.Query.ShouldContain("state=s-1");
        return answer.Headers.Location.Query.Split("code=")[1].Split('&')[0];
    }

    private Task<JsonNode> ExchangeAsync(string code, string verifier) => PostAsync("/oauth/token", new()
    {
        ["grant_type"] = "authorization_code",
        ["client_id"] = "migration-portal",
        ["code"] = code,
        ["redirect_uri"] = Redirect,
        ["code_verifier"] = verifier,
    });

    private async Task<JsonNode> PostAsync(string path, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        return await Simulated.BodyAsync(await sim.Http.PostAsync(path, content));
    }

    private async Task<JsonNode> BearerAsync(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", token);
        return await Simulated.BodyAsync(await sim.Http.SendAsync(request));
    }

    private async Task<JsonNode> VerifiedAsync(string jwt)
    {
        var key = (await sim.JsonAsync("/oauth/discovery/keys", ""))["keys"]![0]!;
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars((string)key["n"]!),
            Exponent = Base64Url.DecodeFromChars((string)key["e"]!),
        });
        var parts = jwt.Split('.');
        rsa.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).ShouldBeTrue();
        return JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
    }
}
