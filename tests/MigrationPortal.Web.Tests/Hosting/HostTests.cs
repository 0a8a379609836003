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
}
