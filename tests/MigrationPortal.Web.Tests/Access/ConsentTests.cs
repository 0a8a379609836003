using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Tests.Hosting;
using MigrationPortal.World;

namespace MigrationPortal.Web.Tests.Access;

/// <summary>The second consent through the real host, on the simulated GitLab's own page.</summary>
[Collection(PortalCollection.Name)]
public sealed class ConsentTests(PortalFixture portal)
{
    private const string Click = "/account/consent?returnUrl=%2Fmy-projects%3Fq%3Dweb";

    private ActingSessions Acting => portal.Services.GetRequiredService<ActingSessions>();

    [Fact]
    public async Task Consent_Given_LetsThePortalActForThePerson_UntilTheySignOut()
    {
        var (person, project) = Maintainer();
        using var browser = await PortalBrowser.SignedInAsync(portal.Address, person.Username);
        var principal = await PrincipalAsync(person);
        (await Acting.TokenAsync(principal, default)).ShouldBeNull("sign-in asks for reading only");

        (await browser.ConsentAsync(Click, "allow")).ShouldBe("/my-projects?q=web");

        var token = (await Acting.TokenAsync(principal, default)).ShouldNotBeNull();
        var until = (await Acting.UntilAsync(principal, default)).ShouldNotBeNull();
        (until - portal.Services.GetRequiredService<TimeProvider>().GetUtcNow()).ShouldBeInRange(TimeSpan.FromMinutes(55), TimeSpan.FromMinutes(60));
        var variables = portal.Services.GetRequiredService<IVariableDesk>();
        var place = new VariablePlace.OfProject(project);
        Done(await variables.CreateAsync(token, place, new("CONSENT_TEST", "k8s-default"), default));
        Done(await variables.DeleteAsync(token, place, "CONSENT_TEST", "*", default)).ShouldBeTrue();

        // Once allowed, the way is short.
        (await browser.GetAsync(Click)).Headers["Address"].ShouldBe("/my-projects?q=web");

        (await browser.SignOutAsync()).ShouldBe("/account/signed-out");
        (await Acting.TokenAsync(principal, default)).ShouldBeNull();
        (await variables.FindAsync(token, place, "CONSENT_TEST", "*", default)).Match(_ => "", no => no.Code).ShouldBe(DeskCode.ConsentNeeded, "GitLab was told, too");

        var trail = (await AuditAsync(person)).Take(2).ToList();
        trail.Select(one => (one.What, one.Why)).ShouldBe([("consent.ended", "signed out"), ("consent.given", null)]);
        JsonNode.Parse(trail[1].After!)!["scope"]!.GetValue<string>().ShouldBe("api");
        $"{trail[1]} {token}".ShouldNotContain(token.Reveal());
    }

    [Fact]
    public async Task Consent_SurvivesRequestsThatRenewTheSession()
    {
        var person = User("sanjay");
        using var browser = await PortalBrowser.SignedInAsync(portal.Address, person.Username);
        (await browser.ConsentAsync(Click, "allow")).ShouldBe("/my-projects?q=web");
        // Long enough for the next request to ask GitLab again and write the ticket back.
        await Task.Delay(TimeSpan.FromSeconds(11), TestContext.Current.CancellationToken);
        (await browser.GetAsync("session")).ShouldBe(200);
        (await Acting.TokenAsync(await PrincipalAsync(person), default)).ShouldNotBeNull();
        await Acting.EndAsync(await PrincipalAsync(person), "the test is over", default);
    }

    [Fact]
    public async Task Consent_Denied_ComesBackWithASentence()
    {
        var person = User("elena");
        using var browser = await PortalBrowser.SignedInAsync(portal.Address, person.Username);

        (await browser.ConsentAsync(Click, "deny")).ShouldBe("/my-projects?q=web&consent=denied");

        (await Acting.TokenAsync(await PrincipalAsync(person), default)).ShouldBeNull();
        (await AuditAsync(person)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Consent_OfSomebodyElse_IsNotTaken()
    {
        var (me, other) = (User("elena"), User("amara"));
        using var browser = await PortalBrowser.SignedInAsync(portal.Address, me.Username);

        (await browser.ConsentAsync(Click, "allow", other.Username)).ShouldBe("/my-projects?q=web&consent=other-user");

        (await Acting.TokenAsync(await PrincipalAsync(me), default)).ShouldBeNull();
        (await browser.GetAsync("session")).Json["actor"]!.GetValue<string>().ShouldBe($"user:production/{me.Id}");
        (await AuditAsync(other)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Consent_ForAScopeThatTheApplicationLacks_SaysWhatToDo()
    {
        using var browser = await PortalBrowser.SignedInAsync(portal.Address, "elena");
        var asked = (await browser.GetAsync(Click)).Headers["Address"];
        asked.ShouldStartWith("/oauth/authorize");
        asked.ShouldContain("scope=openid%20api");
        asked.ShouldContain("code_challenge_method=S256");
        var state = Uri.UnescapeDataString(asked.Split("state=")[1].Split('&')[0]);

        var back = await browser.GetAsync($"/account/callback?error=invalid_scope&error_description=The+requested+scope+is+invalid&state={Uri.EscapeDataString(state)}");
        back.Headers["Address"].ShouldBe("/my-projects?q=web&consent=scope-missing");
    }

    [Theory]
    [InlineData("https%3A%2F%2Fevil.example")]
    [InlineData("%2F%2Fevil.example")]
    [InlineData("%2F%5Cevil.example")]
    public async Task Consent_NeverLeadsElsewhere(string foreign)
    {
        using var browser = await PortalBrowser.SignedInAsync(portal.Address, "elena");
        // An administrators' page sends others to their projects.
        (await browser.ConsentAsync($"/account/consent?returnUrl={foreign}", "deny")).ShouldStartWith("/my-projects");
    }

    [Fact]
    public async Task Consent_FromAnotherSitesLink_IsAskedAboutFirst()
    {
        using var browser = await PortalBrowser.SignedInAsync(portal.Address, "elena");
        var page = await browser.SendAsync(HttpMethod.Get, Click, null, null, "cross-site");
        page.Headers["Address"].ShouldBe(Click);
        page.ShouldBe(200).Text.ShouldContain("Continue at GitLab");
    }

    [Fact]
    public async Task Consent_OfAStranger_BeginsWithTheSignIn()
    {
        using var stranger = new PortalBrowser(portal.Address);
        (await stranger.GetAsync(Click)).Headers["Address"].ShouldStartWith("/account/sign-in?returnUrl=%2Faccount%2Fconsent");
    }

    [Fact]
    public async Task Callback_WithAForgedState_SignsNobodyIn()
    {
        using var stranger = new PortalBrowser(portal.Address);
        (await stranger.GetAsync("/account/callback?code=abc&state=forged")).Headers["Address"].ShouldStartWith("/account/sign-in?failed=");
    }

    [Fact]
    public async Task SignedInAgain_AsSomebodyElse_KeepsNothingOfTheFormer()
    {
        var (former, next) = (User("lucas"), User("amara"));
        using var browser = await PortalBrowser.SignedInAsync(portal.Address, former.Username);
        (await browser.ConsentAsync(Click, "allow")).ShouldBe("/my-projects?q=web");

        (await browser.SignInAsync(next.Username)).ShouldBe("/my-projects");

        (await browser.GetAsync("session")).ShouldBe(200).Json["actor"]!.GetValue<string>().ShouldBe($"user:production/{next.Id}");
        (await Acting.TokenAsync(await PrincipalAsync(next), default)).ShouldBeNull();
    }

    [Theory]
    [InlineData("/p", "denied", "/p?consent=denied")]
    [InlineData("/p?a=1&consent=failed#x", "denied", "/p?a=1&consent=denied#x")]
    [InlineData("/p?consent=failed", null, "/p")]
    public void Answer_IsCarriedOnce(string address, string? code, string expected) => ConsentAnswer.On(address, code).ShouldBe(expected);

    private User User(string name) => portal.GitLab.Production.Do(world => world.Directory.FindUser(name)!);

    private (User Person, ProjectId Project) Maintainer() => portal.GitLab.Production.Do(world =>
        world.Directory.Users.Where(user => user is { IsAdmin: false, State: UserState.Active } && user.Username != "jun")
            .SelectMany(user => world.Directory.Projects.Where(project => !project.Archived && world.Directory.AccessTo(user, project) >= AccessLevel.Maintainer).Take(1).Select(project => (user, new ProjectId(new InstanceId("production"), project.Id))))
            .First());

    // The newest session of the person, as a page of theirs would hold it.
    private async Task<ClaimsPrincipal> PrincipalAsync(User person)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(portal.ConnectionString);
        await using var command = source.CreateCommand("SELECT key FROM sessions WHERE user_number = $1 ORDER BY expires_at DESC LIMIT 1");
        command.Parameters.AddWithValue((long)person.Id);
        var key = (string?)await command.ExecuteScalarAsync();
        return new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(PortalClaims.Session, key ?? "none"), new Claim(PortalClaims.Instance, "production"), new Claim(ClaimTypes.NameIdentifier, $"{person.Id}")], "test"));
    }

    private async Task<IEnumerable<AuditEntry>> AuditAsync(User person) =>
        (await portal.Services.GetRequiredService<IAuditTrail>().NewestAsync(500, null, default)).Select(one => one.Entry)
            .Where(one => one.What.StartsWith("consent.", StringComparison.Ordinal) && one.Who.Id == $"production/{person.Id}");

    private static T Done<T>(Outcome<T> outcome) => outcome.Match(done => done, no => throw new InvalidOperationException($"{no.Code}: {string.Join(' ', no.Reasons)}"));
}
