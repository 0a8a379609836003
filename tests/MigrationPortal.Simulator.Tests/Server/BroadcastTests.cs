using System.Net;
using System.Text.Json.Nodes;

namespace MigrationPortal.Tests.Simulated;

/// <summary>Broadcast messages as docs.gitlab.com, api/broadcast_messages, says: everybody reads, administrators write.</summary>
public sealed class BroadcastTests(Simulated sim) : IClassFixture<Simulated>
{
    private const string Path = "/api/v4/broadcast_messages";

    [Fact]
    public async Task Message_IsMadeShownToEverybodyAndDeleted()
    {
        var now = (await sim.JsonAsync("/_sim/clock"))["now"]!.GetValue<DateTimeOffset>();
        using var made = await sim.SendAsync(HttpMethod.Post, Path, new { message = "Soon", starts_at = now.AddHours(-1), ends_at = now.AddHours(1), broadcast_type = "banner", dismissable = true });
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var message = (await Simulated.BodyAsync(made)).AsObject();
        message.Select(field => field.Key).ShouldBe(
            ["id", "message", "starts_at", "ends_at", "color", "font", "target_access_levels", "target_path", "broadcast_type", "theme", "dismissable", "active"], ignoreOrder: true);
        (message["message"]!.GetValue<string>(), message["active"]!.GetValue<bool>(), message["dismissable"]!.GetValue<bool>()).ShouldBe(("Soon", true, true));

        var id = message["id"]!.GetValue<int>();
        JsonNode.DeepEquals(await sim.JsonAsync($"{Path}/{id}", ""), message).ShouldBeTrue();
        (await sim.JsonAsync(Path, "")).AsArray().Select(one => one!["id"]!.GetValue<int>()).ShouldContain(id);
        (await sim.SendAsync(HttpMethod.Delete, $"{Path}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await sim.GetAsync($"{Path}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await sim.SendAsync(HttpMethod.Delete, $"{Path}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Window_LeftOut_IsTheNextHour_AndAfterItTheMessageIsNotActive()
    {
        using var made = await sim.SendAsync(HttpMethod.Post, Path, new { message = "An hour" });
        var message = await Simulated.BodyAsync(made);
        (message["ends_at"]!.GetValue<DateTimeOffset>() - message["starts_at"]!.GetValue<DateTimeOffset>()).ShouldBe(TimeSpan.FromHours(1));

        using var over = await sim.SendAsync(HttpMethod.Post, Path, new { message = "Over", starts_at = "2020-01-01T00:00:00Z", ends_at = "2020-01-01T01:00:00Z" });
        (await Simulated.BodyAsync(over))["active"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Theory]
    [InlineData("", HttpStatusCode.Unauthorized)]
    [InlineData("read", HttpStatusCode.Forbidden)]
    public async Task Writing_IsForAdministratorsWithScopeApi(string token, HttpStatusCode status) =>
        (await sim.SendAsync(HttpMethod.Post, Path, new { message = "x" }, token == "read" ? sim.Host.ReadToken : token)).StatusCode.ShouldBe(status);

    [Fact]
    public async Task Message_LeftOut_IsRefused()
    {
        using var no = await sim.SendAsync(HttpMethod.Post, Path, new { broadcast_type = "banner" });
        no.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Simulated.BodyAsync(no))["error"]!.GetValue<string>().ShouldBe("message is missing");
    }
}
