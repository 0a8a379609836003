using System.Net;

namespace MigrationPortal.Tests.Simulated;

public sealed class PagingTests(Simulated sim) : IClassFixture<Simulated>
{
    [Fact]
    public async Task Offset_FollowedToTheEnd_SeesEachRunnerOnce()
    {
        var ids = new List<int>();
        for (var next = "/api/v4/runners/all?per_page=5"; next is not null;)
        {
            using var page = await sim.GetAsync(next);
            ids.AddRange((await Simulated.BodyAsync(page)).AsArray().Select(r => (int)r!["id"]!));
            next = Simulated.Next(page);
        }

        ids.ShouldBe(sim.Host.Production.Do(w => w.Fleet.Runners.Select(r => r.Id).ToArray()));
    }

    [Fact]
    public async Task Offset_FirstAndLastPage_TellTheEndsByEmptyHeaders()
    {
        using var first = await sim.GetAsync("/api/v4/runners/all?per_page=500");

        Simulated.Header(first, "x-per-page").ShouldBe("100");
        Simulated.Header(first, "x-prev-page").ShouldBe("");
        Simulated.Header(first, "x-next-page").ShouldBe("");
        Simulated.Header(first, "x-total-pages").ShouldBe("1");
        Simulated.Header(first, "Link")!.ShouldContain("rel=\"last\"");
    }

    [Fact]
    public async Task Projects_ByTimeOfUpdate_AreThoseWhoseSettingsChanged_AndOnlyInThatOrder()
    {
        var project = await BusyProjectAsync();
        await sim.Host.AdvanceAsync(TimeSpan.FromDays(1));
        var before = DateTimeOffset.Parse((string)(await sim.JsonAsync("/_sim/clock"))["now"]!, System.Globalization.CultureInfo.InvariantCulture).AddSeconds(-1);
        using var _ = await sim.SendAsync(HttpMethod.Put, $"/api/v4/projects/{project}", new { build_timeout = 7200 });

        (await sim.JsonAsync($"/api/v4/projects?order_by=updated_at&updated_after={before:yyyy-MM-ddTHH:mm:ssZ}")).AsArray().Select(one => (long)one!["id"]!).ShouldContain(project);
        using var refused = await sim.GetAsync($"/api/v4/projects?order_by=id&updated_after={before:yyyy-MM-ddTHH:mm:ssZ}");
        ((int)refused.StatusCode).ShouldBe(400);
    }

    [Fact]
    public async Task ProjectJobs_ByOffset_TellNoTotalsAndNoLast()
    {
        using var page = await sim.GetAsync($"/api/v4/projects/{await BusyProjectAsync()}/jobs?per_page=2");

        Simulated.Header(page, "x-next-page").ShouldBe("2");
        Simulated.Header(page, "x-total").ShouldBeNull();
        Simulated.Header(page, "Link")!.ShouldNotContain("rel=\"last\"");
    }

    [Fact]
    public async Task ProjectJobs_ByKey_HaveOnlyANextLinkAndThenNone()
    {
        var project = await BusyProjectAsync();
        var ids = new List<long>();
        var next = $"/api/v4/projects/{project}/jobs?pagination=keyset&order_by=id&sort=desc&per_page=50";
        while (next is not null)
        {
            using var page = await sim.GetAsync(next);
            Simulated.Header(page, "x-page").ShouldBeNull();
            ids.AddRange((await Simulated.BodyAsync(page)).AsArray().Select(j => (long)j!["id"]!));
            next = Simulated.Next(page);
        }

        ids.Count.ShouldBeGreaterThan(50);
        ids.ShouldBe(ids.Distinct().OrderDescending());
    }

    [Fact]
    public async Task RunnerJobs_WithoutOrder_ComeOldestFirstWhateverSortSays()
    {
        var runner = sim.Host.Production.Do(w => w.Fleet.Runners.First(r => w.Jobs.CountOfRunner(r, null, 100) > 20).Id);

        var plain = (await sim.JsonAsync($"/api/v4/runners/{runner}/jobs?sort=desc")).AsArray().Select(j => (long)j!["id"]!).ToArray();
        var ordered = (await sim.JsonAsync($"/api/v4/runners/{runner}/jobs?order_by=id&sort=desc")).AsArray().Select(j => (long)j!["id"]!).ToArray();

        plain.ShouldBe(plain.Order());
        ordered.ShouldBe(ordered.OrderDescending());
    }

    [Fact]
    public async Task Offset_BeyondFiftyThousand_Is405NamingTheType()
    {
        using var answer = await sim.GetAsync($"/api/v4/projects/{await BusyProjectAsync()}/jobs?per_page=100&page=501");

        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        ((string)(await Simulated.BodyAsync(answer))["error"]!).ShouldBe(
            "Offset pagination has a maximum allowed offset of 50000 for requests that return objects of type Ci::Build. "
            + "Remaining records can be retrieved using keyset pagination.");
    }

    [Fact]
    public async Task Keyset_ByAnythingButId_Is405()
    {
        using var answer = await sim.GetAsync("/api/v4/projects?pagination=keyset&order_by=name");

        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        ((string)(await Simulated.BodyAsync(answer))["error"]!).ShouldBe("Keyset pagination is not yet available for this type of request");
    }

    [Fact]
    public async Task Etag_SentBack_Is304WithoutBody()
    {
        using var first = await sim.GetAsync("/api/v4/version");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/v4/version");
        again.Headers.Add("PRIVATE-TOKEN", sim.Host.AdminToken);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        (await sim.Http.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    private Task<int> BusyProjectAsync() => Task.FromResult(sim.Host.Production.Do(w =>
        w.Directory.Projects.MaxBy(p => w.Jobs.OfProject(p, null, null, 0, 1000).Count)!.Id));
}
