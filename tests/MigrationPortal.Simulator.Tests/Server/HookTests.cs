using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using MigrationPortal.Simulator;
using MigrationPortal.World;

namespace MigrationPortal.Tests.Simulated;

public sealed class HookTests(Simulated sim) : IClassFixture<Simulated>
{
    [Fact]
    public async Task JobEvents_ReachTheHook_SignedAndWithoutTheJobsTags()
    {
        var arrived = Channel.CreateUnbounded<(IHeaderDictionary Headers, string Body)>();
        await using var receiver = await ReceiverAsync(arrived.Writer);
        var key = RandomNumberGenerator.GetBytes(32);
        var project = sim.Host.Production.Do(w => w.Directory.Projects.MaxBy(p => w.Jobs.OfProject(p, null, null, 0, 1000).Count)!);
        using var made = await sim.SendAsync(HttpMethod.Post, $"/api/v4/projects/{project.Id}/hooks", new
        {
            url = receiver.Urls.First() + "/hook",
            job_events = true,
            push_events = false,
            token = "plain-secret",
            signing_token = "whsec_" + Convert.ToBase64String(key),
        });
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await made.Content.ReadAsStringAsync()).ShouldNotContain("plain-secret");

        (await sim.SendAsync(HttpMethod.Post, $"/api/v4/projects/{project.Id}/pipeline", new { @ref = project.DefaultBranch })).StatusCode
            .ShouldBe(HttpStatusCode.Created);
        var (headers, body) = await arrived.Reader.ReadAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);

        headers["X-Gitlab-Event"].ToString().ShouldBe("Job Hook");
        headers["X-Gitlab-Token"].ToString().ShouldBe("plain-secret");
        headers["X-Gitlab-Instance"].ToString().ShouldBe(sim.Host.Address.ToString().TrimEnd('/'));
        headers["Idempotency-Key"].ToString().ShouldBe(headers["webhook-id"].ToString());
        headers["webhook-signature"].ToString().ShouldBe("v1," + Convert.ToBase64String(HMACSHA256.HashData(
            key, Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}"))));
        var payload = JsonNode.Parse(body)!.AsObject();
        ((string)payload["object_kind"]!).ShouldBe("build");
        ((string)payload["build_failure_reason"]!).ShouldBe("unknown_failure");
        ((int)payload["project_id"]!).ShouldBe(project.Id);
        payload.ContainsKey("tags").ShouldBeFalse();
        Contract.Check("schemas/derived/job_event.schema.json", payload, optional: true);
    }

    [Fact]
    public async Task Deliveries_LostAndDoubledAsTold_AndCounted()
    {
        await using var own = await SimulatorHost.StartAsync(SimulatorHost.ForTests());
        using var http = new HttpClient { BaseAddress = own.Address };
        var arrived = Channel.CreateUnbounded<(IHeaderDictionary Headers, string Body)>();
        await using var receiver = await ReceiverAsync(arrived.Writer);
        own.Production.Do(w => w.Directory.Projects.Select(p => w.Apply(new CreateHook(p.Id, new HookSettings(receiver.Urls.First(), JobEvents: true)))).ToList());
        (await http.PutAsJsonAsync("/_sim/deliveries", new { lost = 0.2, doubled = 0.3, seed = 4 })).EnsureSuccessStatusCode();

        await own.AdvanceAsync(TimeSpan.FromHours(1));
        var counts = await ArrivedAsync(http);
        arrived.Writer.Complete();
        var byKey = (await arrived.Reader.ReadAllAsync().ToListAsync()).GroupBy(one => one.Headers["Idempotency-Key"].ToString()).ToList();

        counts["events"].ShouldBeGreaterThan(200);
        counts["overflowed"].ShouldBe(0);
        byKey.Count.ShouldBe(counts["events"] - counts["lost"]);
        byKey.Count(twice => twice.Count() == 2).ShouldBe(counts["doubled"]);
        byKey.ShouldAllBe(one => one.Select(delivery => delivery.Body).Distinct().Count() == 1);
        ((double)counts["lost"] / counts["events"]).ShouldBeInRange(0.1, 0.3);
        ((double)counts["doubled"] / counts["events"]).ShouldBeInRange(0.2, 0.4);
    }

    [Fact]
    public void DeliveryRule_SameEventSameFate_OtherSeedOtherLuck()
    {
        var rule = new DeliveryRule(0.05, 0.05, 9);
        var fates = Enumerable.Range(1, 20_000).Select(job => rule.Times(3, job, 2)).ToList();

        Enumerable.Range(1, 20_000).Select(job => (rule with { }).Times(3, job, 2)).ShouldBe(fates);
        Enumerable.Range(1, 20_000).Select(job => (rule with { Seed = 10 }).Times(3, job, 2)).ShouldNotBe(fates);
        fates.Count(times => times == 0).ShouldBeInRange(850, 1150);
        fates.Count(times => times == 2).ShouldBeInRange(850, 1150);
    }

    [Theory]
    [InlineData("""{"lost":0.6,"doubled":0.5}""")]
    [InlineData("""{"lost":-0.1}""")]
    [InlineData("""{"late":0.1}""")]
    [InlineData("none")]
    public async Task DeliveryRuleThatCannotBeMeant_IsRefused(string body)
    {
        using var answer = await sim.Http.PutAsync("/_sim/deliveries", new StringContent(body, Encoding.UTF8, "application/json"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)(await Simulated.BodyAsync(answer))["error"]!).ShouldContain("together at most 1");
    }

    private static async Task<Dictionary<string, int>> ArrivedAsync(HttpClient http)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var counts = JsonNode.Parse(await http.GetStringAsync("/_sim/deliveries", patience.Token))!["counts"].Deserialize<Dictionary<string, int>>()!;
            if (counts["waiting"] == 0)
            {
                return counts;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    private static async Task<WebApplication> ReceiverAsync(ChannelWriter<(IHeaderDictionary, string)> arrived)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            await arrived.WriteAsync((new HeaderDictionary(http.Request.Headers.ToDictionary()), body));
        });
        await app.StartAsync();
        return app;
    }
}
