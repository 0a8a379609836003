using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

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
