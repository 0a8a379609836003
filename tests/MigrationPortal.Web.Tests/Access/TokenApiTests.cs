using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Access;

[Collection(PortalCollection.Name)]
public sealed class TokenApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Token_IsShownOnce_WorksUntilRevoked_AndIsTheMakersOwn()
    {
        var made = (await portal.Api.PostAsync("tokens", new { name = "ci", scopes = (string[])["read"] })).ShouldBe(201);
        var id = made.Json["id"]!.GetValue<long>();
        var secret = made.Json["token"]!.GetValue<string>();
        made.Headers["Cache-Control"].ShouldBe("no-store");
        var ci = new PortalClient(portal.Address, secret);

        (await ci.GetAsync("status")).ShouldBe(200);
        var listed = (await portal.Api.GetAsync("tokens?limit=500")).ShouldBe(200);
        listed.Text.ShouldNotContain(secret);
        listed.Items.Single(one => one!["id"]!.GetValue<long>() == id)!.AsObject().Select(one => one.Key).ShouldBe(["id", "name", "scopes", "createdAt", "expiresAt", "lastUsedAt"]);

        using var person = await PortalBrowser.SignedInAsync(portal.Address, "sanjay");
        (await person.SendAsync(HttpMethod.Delete, $"tokens/{id}", null, await person.AntiforgeryAsync())).ShouldRefuse(404, "not-found");
        (await ci.GetAsync("status")).ShouldBe(200);

        (await portal.Api.DeleteAsync($"tokens/{id}")).ShouldBe(204);
        (await ci.GetAsync("status")).ShouldRefuse(401, "not-authenticated");
        (await portal.Api.DeleteAsync($"tokens/{id}")).ShouldRefuse(404, "not-found");
    }

    [Fact]
    public async Task Body_WithSeveralMistakes_HearsOfEach()
    {
        var no = (await portal.Api.PostAsync("tokens", new { name = " ", scopes = (string[])["read", "root", "Admin"], expiresAt = "2020-01-01T00:00:00Z" })).ShouldRefuse(400, "invalid-request");

        no.Errors.Keys.ShouldBe(["name", "scopes", "expiresAt"], ignoreOrder: true);
        no.Errors["scopes"].ShouldContain("'root'");
        no.Errors["scopes"].ShouldContain("'Admin'");
        no.Errors["scopes"].ShouldContain("selfservice");
    }

    [Fact]
    public async Task Person_MakesTokensForThemselves_NeverWithMoreThanTheyMay()
    {
        using var person = await PortalBrowser.SignedInAsync(portal.Address, "sanjay");
        var antiforgery = await person.AntiforgeryAsync();

        (await person.SendAsync(HttpMethod.Post, "tokens", new { name = "mine", scopes = (string[])["read"] }, antiforgery)).ShouldRefuse(403, "scope-missing")
            .Json["missingScope"]!.GetValue<string>().ShouldBe("read");
        var made = (await person.SendAsync(HttpMethod.Post, "tokens", new { name = "mine", scopes = (string[])["selfservice"] }, antiforgery)).ShouldBe(201);
        var program = new PortalClient(portal.Address, made.Json["token"]!.GetValue<string>());

        (await program.GetAsync("session")).ShouldBe(200).Json["scopes"]!.AsArray().Count.ShouldBe(1);
        (await program.GetAsync("runners")).ShouldRefuse(403, "scope-missing");
        (await program.GetAsync("tokens")).ShouldRefuse(403, "scope-missing").Json["missingScope"]!.GetValue<string>().ShouldBe("admin");
        (await program.GetAsync("projects")).ShouldRefuse(403, "sign-in-needed");
    }
}
