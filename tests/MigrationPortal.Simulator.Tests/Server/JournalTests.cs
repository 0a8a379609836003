using System.Text.Json.Nodes;
using MigrationPortal.Simulator;
using MigrationPortal.Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace MigrationPortal.Tests.Simulated;

public sealed class JournalTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Restart_BringsTheSameWorldBack_AndTimeDidNotPass()
    {
        var settings = SimulatorHost.ForTests();
        settings.ConnectionString = await postgres.CreateDatabaseAsync();
        string issued;
        (DateTimeOffset Now, ulong Hash, long Jobs, string Tags) before;
        await using (var first = await SimulatorHost.StartAsync(settings))
        {
            await first.AdvanceAsync(TimeSpan.FromHours(2));
            using var http = new HttpClient { BaseAddress = first.Address };
            http.DefaultRequestHeaders.Add("PRIVATE-TOKEN", first.AdminToken);
            (await http.PutAsync("/api/v4/runners/1", Form("tag_list", "kept,over,restarts"))).EnsureSuccessStatusCode();
            await first.AdvanceAsync(TimeSpan.FromHours(1));
            (await http.PutAsync("/api/v4/runners/2", Form("run_untagged", "true"))).EnsureSuccessStatusCode();
            using var token = await http.PostAsync("/_sim/tokens", new StringContent(
                """{"username":"mara","scopes":["read_api"]}""", System.Text.Encoding.UTF8, "application/json"));
            issued = (string)JsonNode.Parse(await token.Content.ReadAsStringAsync())!["token"]!;
            before = See(first);
        }

        await using var second = await SimulatorHost.StartAsync(settings);
        See(second).ShouldBe(before);
        using var again = new HttpClient { BaseAddress = second.Address };
        again.DefaultRequestHeaders.Add("PRIVATE-TOKEN", issued);
        (await again.GetAsync("/api/v4/runners/all")).EnsureSuccessStatusCode();
    }

    private static FormUrlEncodedContent Form(string name, string value) => new([new(name, value)]);

    private static (DateTimeOffset, ulong, long, string) See(SimulatorHost host) => host.Production.Do(w =>
        (w.Now, w.Events.Hash, w.Jobs.Count, string.Join(',', w.Fleet.Find(1)!.TagList)));
}
