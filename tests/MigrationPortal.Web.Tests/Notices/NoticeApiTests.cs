using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Notices;

[Collection(PortalCollection.Name)]
public sealed class NoticeApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Channel_IsAddedTestedChangedAndRemoved_WithoutShowingWhatIsSecret()
    {
        var made = (await portal.Api.PostAsync("notices/channels", new { name = "api", kind = "webhook", url = "http://127.0.0.1:9/hidden?hidden", on = false })).ShouldBe(201);
        var (id, secret) = (made.Json["id"]!.GetValue<long>(), made.Json["signingSecret"]!.GetValue<string>());
        made.Headers["Cache-Control"].ShouldBe("no-store");
        made.Headers["Location"].ShouldBe($"/api/v1/notices/channels/{id}");
        made.Json["place"]!.GetValue<string>().ShouldBe("http://127.0.0.1:9/…");

        var tested = (await portal.Api.PostAsync($"notices/channels/{id}/test")).ShouldBe(200);
        (tested.Json["delivered"]!.GetValue<bool>(), tested.Json["answer"]!.GetValue<string>().Contains("Portal:Webhooks:AllowLoopback", StringComparison.Ordinal)).ShouldBe((false, true));

        var saved = (await portal.Api.PutAsync($"notices/channels/{id}", new { name = "api, renamed", rules = new { otherwise = "never", events = new Dictionary<string, string> { ["operation.halted"] = "critical" } } })).ShouldBe(200);
        saved.Headers["ETag"].ShouldBe("\"v2\"");
        (await portal.Api.PutAsync($"notices/channels/{id}", new { on = true }, ("If-Match", "\"v1\""))).ShouldRefuse(412, "changed-meanwhile");
        (await portal.Api.PostAsync("notices/channels", new { name = "api, renamed", kind = "slack", url = "https://example.org/x" })).ShouldRefuse(409, "name-taken");

        var listed = (await portal.Api.GetAsync("notices/channels?limit=500")).ShouldBe(200);
        var one = listed.Items.Single(one => one!["id"]!.GetValue<long>() == id)!;
        (one["name"]!.GetValue<string>(), one["on"]!.GetValue<bool>(), one["signingSecret"]).ShouldBe(("api, renamed", false, null));
        one["rules"]!.ToJsonString().ShouldBe("""{"otherwise":"never","events":{"operation.halted":"critical"}}""");
        foreach (var text in (string[])[listed.Text, saved.Text, (await portal.Api.GetAsync("audit?limit=100")).Text])
        {
            text.ShouldNotContain("hidden");
            text.ShouldNotContain(secret);
        }

        (await portal.Api.DeleteAsync($"notices/channels/{id}")).ShouldBe(204);
        (await portal.Api.DeleteAsync($"notices/channels/{id}")).ShouldRefuse(404, "unknown-channel");
        string[] done = ["notices.channel.add", "notices.channel.test", "notices.channel.change", "notices.channel.remove"];
        done.Except((await portal.Api.GetAsync("audit?limit=100")).Items.Select(entry => entry!["what"]!.GetValue<string>())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Digest_IsSetReadAndChanged_FieldByField()
    {
        var made = (await portal.Api.PostAsync("notices/channels", new { name = "etl people", kind = "digest", to = (string[])["etl@example.org"], on = false, digest = new { path = "data/etl", every = "week", hour = 7 } })).ShouldBe(201).Json;
        made["digest"]!.ToJsonString().ShouldBe("""{"path":"data/etl","every":"week","hour":7}""");
        var id = made["id"]!.GetValue<long>();
        (await portal.Api.PutAsync($"notices/channels/{id}", new { digest = new { every = "day" } })).ShouldBe(200).Json["digest"]!.ToJsonString().ShouldBe("""{"path":"data/etl","every":"day","hour":7}""");
        (await portal.Api.PutAsync($"notices/channels/{id}", new { digest = new { hour = 24 } })).ShouldNameField("digest.hour");
        (await portal.Api.PutAsync($"notices/channels/{id}", new { digest = new { every = "moon" } })).ShouldNameField("digest.every");
        (await portal.Api.PostAsync("notices/channels", new { name = "x", kind = "digest", to = (string[])["etl@example.org"] })).ShouldNameField("digest");
        (await portal.Api.DeleteAsync($"notices/channels/{id}")).ShouldBe(204);
    }

    [Fact]
    public async Task Body_WithSeveralMistakes_HearsOfEach()
    {
        var no = await portal.Api.PostAsync("notices/channels", new { name = " ", kind = "webhook", url = "ftp://x", to = (string[])["a@example.org"], signingSecret = "short" });
        no.ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["name", "url", "to", "signingSecret"], ignoreOrder: true);
        (await portal.Api.PostAsync("notices/channels", new { name = "x", kind = "pigeon" })).ShouldNameField("kind");
        (await portal.Api.PostAsync("notices/channels", new { name = "x", kind = "mail", to = (string[])["a@example.org"], rules = new { otherwise = "loud" } })).ShouldNameField("rules.otherwise");
        (await portal.Api.PostAsync("notices/channels", new { name = "x", kind = "mail", to = (string[])["a@example.org"], rules = new { events = new Dictionary<string, string> { ["nonsense"] = "never" } } })).ShouldNameField("rules");
        (await portal.Api.GetAsync("notices?show=some")).ShouldNameField("show");
        (await portal.Api.GetAsync("notices/deliveries?state=lost")).ShouldNameField("state");
    }

    [Fact]
    public async Task Alert_IsListed_AndTakenByOne()
    {
        var production = portal.Services.GetRequiredService<InstanceDirectory>().Production.Id;
        foreach (var severity in Enum.GetValues<NoticeSeverity>())
            await portal.Services.GetRequiredService<INotices>().TellAsync(
                new Notice(production, NoticeKind.OperationHalted, severity, $"api-test/{severity}", $"{severity} of a test", [new NoticeNumber("steps done", "3 of 6")], "operations/12", KitNow()), default);

        var open = (await portal.Api.GetAsync("notices?show=open&limit=500")).ShouldBe(200).Items.Where(one => one!["sentence"]!.GetValue<string>().EndsWith("of a test", StringComparison.Ordinal)).ToList();
        open.Select(one => one!["severity"]!.GetValue<string>()).ShouldBe(["critical", "attention"]);
        var id = open[0]!["id"]!.GetValue<long>();

        var taken = (await portal.Api.PostAsync($"notices/{id}/take")).ShouldBe(200);
        taken.Json["takenBy"]!.GetValue<string>().ShouldStartWith("token:");
        var other = await portal.WithScopesAsync("operate", "read");
        (await other.PostAsync($"notices/{id}/take")).ShouldRefuse(409, "already-taken");
        (await other.PostAsync($"notices/{id}/take", new { over = true })).ShouldBe(200);
        (await portal.Api.PostAsync("notices/987654321/take")).ShouldRefuse(404, "unknown-notice");
        var info = (await portal.Api.GetAsync("notices?limit=500")).Items.Single(one => one!["sentence"]!.GetValue<string>() == "Info of a test")!["id"]!.GetValue<long>();
        (await portal.Api.PostAsync($"notices/{info}/take")).ShouldRefuse(422, "not-an-alert");
        (await portal.Api.GetAsync("notices?instance=qa&limit=500")).Items.ShouldNotContain(one => one!["sentence"]!.GetValue<string>().EndsWith("of a test", StringComparison.Ordinal));
    }

    private static DateTimeOffset KitNow() => new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
}
