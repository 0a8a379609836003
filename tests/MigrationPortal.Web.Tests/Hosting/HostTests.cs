namespace MigrationPortal.Web.Tests.Hosting;

[Collection(PortalCollection.Name)]
public sealed class HostTests(PortalFixture portal)
{
    [Fact]
    public async Task Health_WhenAllIsWell_IsReadyForAnybody()
    {
        var stranger = portal.Stranger();

        (await stranger.GetAsync("/health/live")).ShouldBe(200);
        var ready = (await stranger.GetAsync("/health/ready")).ShouldBe(200);
        ready.Json["checks"]!.AsArray().Select(one => one!["name"]!.GetValue<string>()).ShouldBe(["database", "gitlab", "sweeps"]);
    }

    [Fact]
    public async Task BelowAPath_AnswersAndTheContractNameIt()
    {
        var (app, api) = await portal.ReplicaAsync("/tools/portal");
        await using var _ = app;
        var named = new { name = "path", scopes = (string[])["read"] };

        (await api.PostAsync("/tools/portal/api/v1/tokens", named, ("Idempotency-Key", "below-a-path"))).ShouldBe(201).Headers["Location"].ShouldStartWith("/tools/portal/api/v1/tokens/");
        (await api.PostAsync("/tools/portal/api/v1/tokens", named, ("Idempotency-Key", "below-a-path"))).ShouldBe(201).Headers["Location"].ShouldStartWith("/tools/portal/api/v1/tokens/");
        (await api.GetAsync("/tools/portal/openapi/v1.json")).ShouldBe(200).Json["servers"]![0]!["url"]!.GetValue<string>().ShouldBe("/tools/portal");
        (await portal.Api.GetAsync("/openapi/v1.json")).ShouldBe(200).Json["servers"]![0]!["url"]!.GetValue<string>().ShouldBe("/");
        (await api.GetAsync("/tools/portal/docs")).ShouldBe(302).Headers["Location"].ShouldBe("docs/");
        // Relative to where the page is: its script puts the path before it.
        (await api.GetAsync("/tools/portal/docs/")).ShouldBe(200).Text.ShouldContain("\"url\":\"openapi/v1.json\"");
        await app.StopAsync(TestContext.Current.CancellationToken);
    }
}
