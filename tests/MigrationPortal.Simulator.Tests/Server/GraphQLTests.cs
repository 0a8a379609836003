using System.Net;
using System.Text.Json.Nodes;
using MigrationPortal.World;

namespace MigrationPortal.Tests.Simulated;

public sealed class GraphQLTests(Simulated sim) : IClassFixture<Simulated>
{
    private const string Fleet = """
        query($after: String) { queryComplexity { score limit } runners(first: 5, after: $after) { count pageInfo { hasNextPage endCursor } nodes {
          id description runnerType status paused locked runUntagged tagList accessLevel maximumTimeout contactedAt createdAt
          jobExecutionStatus jobCount managers(first: 20) { count nodes { systemId executorName version platformName status contactedAt } } } } }
        """;

    [Fact]
    public async Task Runners_Paged_SeeEachOnceWithItsExecutors()
    {
        var seen = new Dictionary<string, string>();
        string? after = null;
        do
        {
            var page = (await sim.GraphAsync(Fleet, new { after }))["data"]!["runners"]!;
            foreach (var runner in page["nodes"]!.AsArray())
            {
                seen.Add((string)runner!["id"]!, string.Join(' ', runner["managers"]!["nodes"]!.AsArray().Select(m => (string)m!["executorName"]!)));
            }

            after = (bool)page["pageInfo"]!["hasNextPage"]! ? (string)page["pageInfo"]!["endCursor"]! : null;
        }
        while (after is not null);

        var truth = sim.Host.Production.Do(w => w.Fleet.Runners.ToDictionary(
            r => $"gid://gitlab/Ci::Runner/{r.Id}", r => string.Join(' ', r.Managers.OrderByDescending(m => m.Id).Select(m => m.Executor.Wire()))));
        seen.ShouldBe(truth, ignoreOrder: true);
        seen.Values.ShouldContain("kubernetes");
    }

    [Fact]
    public async Task Jobs_Paged_AreNewestFirstAndCountStopsAtTheLimit()
    {
        var page = (await sim.GraphAsync("{ jobs(first: 3) { count(limit: 10) nodes { id status tags project { fullPath } } pageInfo { endCursor } } }"))["data"]!["jobs"]!;
        var next = (await sim.GraphAsync(
            "query($c: String) { jobs(first: 3, after: $c) { nodes { id } } }", new { c = (string)page["pageInfo"]!["endCursor"]! }))["data"]!["jobs"]!;

        ((int)page["count"]!).ShouldBe(11);
        var ids = page["nodes"]!.AsArray().Concat(next["nodes"]!.AsArray()).Select(n => long.Parse(((string)n!["id"]!).Split('/')[^1])).ToArray();
        ids.ShouldBe(ids.Distinct().OrderDescending());
        ids[0].ShouldBe(sim.Host.Production.Do(w => w.Jobs.Count));
    }

    [Fact]
    public async Task Jobs_ForSomebodyElse_AreAnEmptyListWithoutError()
    {
        var token = sim.Host.Production.Do(w => sim.Host.TokenOf(w.Directory.Users.First(u => !u.IsAdmin && u.State == UserState.Active)));

        var answer = await sim.GraphAsync("{ jobs { count nodes { id } } }", token: token);

        answer["errors"].ShouldBeNull();
        answer["data"]!["jobs"]!["nodes"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task RunnerJobs_OfMoreThanOneRunner_AreAnErrorBesideHttp200()
    {
        using var answer = await sim.SendAsync(
            HttpMethod.Post, "/api/graphql", new { query = "{ runners(first: 2) { nodes { jobs(first: 1) { nodes { id } } } } }" });

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        ((string)(await Simulated.BodyAsync(answer))["errors"]![0]!["message"]!).ShouldContain("can be requested only for 1 CiRunner");
    }

    [Fact]
    public async Task Complexity_GrowsWithThePage_AndStopsAtTheCallersLimit()
    {
        // Four times the fleet with 100 rows each is more than an administrator may ask.
        var part = "nodes { id description runnerType status paused locked runUntagged tagList accessLevel maximumTimeout contactedAt createdAt jobCount "
            + "managers(first: 100) { count nodes { id systemId executorName version revision platformName architectureName status contactedAt } } }";
        var costly = await sim.GraphAsync($"{{ a: runners(first: 100) {{ {part} }} b: runners(first: 100) {{ {part} }} c: runners(first: 100) {{ {part} }} d: runners(first: 100) {{ {part} }} }}");
        var small = (await sim.GraphAsync(Fleet))["data"]!["queryComplexity"]!;

        ((string)costly["errors"]![0]!["message"]!).ShouldMatch("^Query has complexity of [0-9]+, which exceeds max complexity of 300$");
        costly["data"].ShouldBeNull();
        ((int)small["limit"]!).ShouldBe(300);
        ((int)small["score"]!).ShouldBeInRange(20, 60);
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("user", 250)]
    public async Task Complexity_LimitFollowsTheCaller(string who, int limit)
    {
        var token = who == "" ? "" : sim.Host.Production.Do(w => sim.Host.TokenOf(w.Directory.Users.First(u => !u.IsAdmin && u.State == UserState.Active)));

        var answer = await sim.GraphAsync("{ queryComplexity { limit } currentUser { username } }", token: token);

        ((int)answer["data"]!["queryComplexity"]!["limit"]!).ShouldBe(limit);
        (answer["data"]!["currentUser"] is null).ShouldBe(who == "");
    }

    [Fact]
    public async Task Depth_BeyondTwenty_IsRefused()
    {
        var query = string.Concat(Enumerable.Repeat("runner { managers { nodes { ", 8)) + "id" + string.Concat(Enumerable.Repeat(" } } }", 8));

        var answer = await sim.GraphAsync($"{{ runners(first: 1) {{ nodes {{ managers {{ nodes {{ {query} }} }} }} }} }}");

        ((string)answer["errors"]![0]!["message"]!).ShouldMatch("exceeds max (depth of 20|complexity of 300)$");
    }

    [Fact]
    public async Task BadToken_Is401_AndAWrongQueryIsNot()
    {
        using var token = await sim.SendAsync(HttpMethod.Post, "/api/graphql", new { query = "{ __typename }" }, "glpat-nobody");
        using var query = await sim.SendAsync(HttpMethod.Post, "/api/graphql", new { query = "{ nothing }" });

        token.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        query.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Simulated.BodyAsync(query))["errors"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task RunnerUpdate_ChangesAndRefusesInThePayload_AndNeedsTheApiScope()
    {
        const string Mutation = "mutation($i: RunnerUpdateInput!) { runnerUpdate(input: $i) { runner { tagList paused } errors } }";
        var changed = await sim.GraphAsync(Mutation, Input(1, new { tagList = (string[])["x", "y"], paused = true }));
        var refused = await sim.GraphAsync(Mutation, Input(1, new { tagList = Array.Empty<string>(), runUntagged = false }));
        var reader = await sim.GraphAsync(Mutation, Input(1, new { paused = false }), sim.Host.ReadToken);

        changed["data"]!["runnerUpdate"]!["runner"]!["tagList"]!.AsArray().Select(t => (string)t!).ShouldBe(["x", "y"], ignoreOrder: true);
        ((string)refused["data"]!["runnerUpdate"]!["errors"]![0]!).ShouldBe("Tags list can not be empty when runner is not allowed to pick untagged jobs");
        ((string)reader["errors"]![0]!["message"]!).ShouldStartWith("The resource that you are attempting to access does not exist");
        sim.Host.Production.Do(w => w.Fleet.Find(1)!.Paused).ShouldBeTrue();
    }

    [Fact]
    public async Task BulkPause_PausesThoseNamed()
    {
        var answer = await sim.GraphAsync(
            "mutation { runnerBulkPause(input: { ids: [\"gid://gitlab/Ci::Runner/2\", \"gid://gitlab/Ci::Runner/3\"], paused: true }) { updatedCount errors } }");

        ((int)answer["data"]!["runnerBulkPause"]!["updatedCount"]!).ShouldBe(2);
        sim.Host.Production.Do(w => w.Fleet.Find(2)!.Paused && w.Fleet.Find(3)!.Paused).ShouldBeTrue();
    }

    private static JsonObject Input(int runner, object change)
    {
        var input = System.Text.Json.JsonSerializer.SerializeToNode(change)!.AsObject();
        input["id"] = $"gid://gitlab/Ci::Runner/{runner}";
        return new JsonObject { ["i"] = input };
    }
}
