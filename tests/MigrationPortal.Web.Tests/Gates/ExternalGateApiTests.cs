using System.Globalization;
using System.Text;
using System.Text.Json;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Gates;

[Collection(PortalCollection.Name)]
public sealed class ExternalGateApiTests(PortalFixture portal)
{
    [Fact]
    public async Task PostedAnswer_SignedIsTaken_AndReadByTheGate()
    {
        var made = (await portal.Api.PostAsync("gates/external?instance=qa", new { name = "release", kind = "post" })).ShouldBe(201).Json;
        var secret = made["signingSecret"]!.GetValue<string>();
        (await portal.Api.GetAsync("gates/external?instance=qa")).ShouldBe(200).Text.ShouldNotContain(secret);
        (await TestAsync("release")).ShouldBe("unknown");

        var body = JsonSerializer.Serialize(new { verdict = "pass", sentence = "Nothing is released today.", expiresAt = DateTimeOffset.UtcNow.AddHours(1) });
        (await PostAsync(secret, body, "msg_1")).ShouldBe(202).Json["taken"]!.GetValue<bool>().ShouldBeTrue();
        (await PostAsync(secret, body, "msg_1")).ShouldBe(202).Json["taken"]!.GetValue<bool>().ShouldBeFalse();
        (await TestAsync("release")).ShouldBe("pass");
        (await PostAsync(secret, """{"verdict":"maybe"}""", "msg_2")).ShouldRefuse(422, "invalid-answer");

        var renewed = (await portal.Api.PostAsync("gates/external/release/secret?instance=qa", new { })).ShouldBe(200).Json["signingSecret"]!.GetValue<string>();
        (await PostAsync(secret, body, "msg_3")).ShouldRefuse(401, "not-proven");
        (await PostAsync(renewed, body, "msg_3")).ShouldBe(202);
        (await portal.Api.DeleteAsync("gates/external/release?instance=qa")).ShouldBe(204);
        (await PostAsync(renewed, body, "msg_4")).ShouldRefuse(401, "not-proven");
    }

    [Fact]
    public async Task Query_IsAddedChangedTestedAndNamedByAPolicy()
    {
        (await portal.Api.PostAsync("gates/external?instance=qa", new { name = "budget", kind = "promql", url = "http://127.0.0.1:9", query = "up", passes = "atLeast", threshold = 1, timeoutSeconds = 1, token = "of-mine" })).ShouldBe(201).Text.ShouldNotContain("of-mine");
        var edited = (await portal.Api.PutAsync("gates/external/budget?instance=qa", new { threshold = 0.5, token = "" })).ShouldBe(200).Json;
        (edited["query"]!["threshold"]!.GetValue<double>(), edited["query"]!["query"]!.GetValue<string>(), edited["hasToken"]!.GetValue<bool>()).ShouldBe((0.5, "up", false));
        (await TestAsync("budget")).ShouldBe("unknown");
        (await portal.Api.PostAsync("gates/external/budget/secret?instance=qa", new { })).ShouldRefuse(422, "kind-fixed");

        var unknown = await portal.Api.PutAsync("phases/opt-in/policy?instance=qa", new { gates = new { externalGates = new[] { "nowhere" } } });
        unknown.ShouldNameField("gates.externalGates");
        var policy = (await portal.Api.PutAsync("phases/opt-in/policy?instance=qa", new { gates = new { externalGates = new[] { "budget" } } })).ShouldBe(200).Json;
        policy["thresholds"]!["externalGates"]!.AsArray().Select(one => one!.GetValue<string>()).ShouldBe(["budget"]);
        (await portal.Api.PutAsync("phases/opt-in/policy?instance=qa", new { gates = new { externalGates = Array.Empty<string>() } })).ShouldBe(200);
        (await portal.Api.DeleteAsync("gates/external/budget?instance=qa")).ShouldBe(204);
    }

    [Fact]
    public async Task Wrong_EveryFieldIsNamed_AndTheGateItselfIsStillReached()
    {
        var wrong = await portal.Api.PostAsync("gates/external?instance=qa", new { name = "Bad Name", kind = "promql", url = "http://169.254.169.254", query = "", passes = "near", timeoutSeconds = 99, token = "a b" });
        foreach (var field in (string[])["name", "url", "query", "passes", "threshold", "timeoutSeconds", "token"]) wrong.ShouldNameField(field);
        (await portal.Api.PostAsync("gates/external?instance=qa", new { name = "x", kind = "post", query = "up" })).ShouldNameField("query");
        (await portal.Api.PostAsync("gates/external/evaluate", new { })).ShouldBe(200).Json["gates"]![0]!["key"]!.GetValue<string>().ShouldBe("external");
        (await portal.Api.GetAsync("gates/external/history")).ShouldBe(200);
    }

    private async Task<string> TestAsync(string name) => (await portal.Api.PostAsync($"gates/external/{name}/test?instance=qa", new { })).ShouldBe(200).Json["verdict"]!.GetValue<string>();

    private Task<PortalAnswer> PostAsync(string secret, string body, string id)
    {
        var stamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var bytes = Encoding.UTF8.GetBytes(body);
        return portal.Stranger().SendAsync(
            HttpMethod.Post, "/hooks/gates/release?instance=qa", new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") } },
            ("webhook-id", id), ("webhook-timestamp", stamp), ("webhook-signature", MessageSignature.Sign(SigningSecret.Key(secret)!, id, stamp, bytes)));
    }
}
