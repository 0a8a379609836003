namespace MigrationPortal.Web.Tests.Hosting;

[Collection(PortalCollection.Name)]
public sealed class PagingTests(PortalFixture portal)
{
    [Theory]
    [MemberData(nameof(ApiRoutes.Lists), MemberType = typeof(ApiRoutes))]
    public async Task Pages_OfAnySize_GiveEachItemOnceInOneOrder(ApiRoute route)
    {
        if (route.Path == "schedule")
            for (var day = 1; day <= 5; day++)
                (await portal.Api.PostAsync("schedule", new { target = new { phase = "prepare" }, dueAt = $"2031-01-0{(day * 3 % 5) + 1}T00:00:00Z", reason = "paging" })).ShouldBe(201);
        if (route.Path == "plans") for (var time = 1; time <= 3; time++) (await portal.Api.PostAsync("plans", new { target = new { phase = "prepare" } })).ShouldBe(201);
        var key = route.Path switch { "tags" => "tag", "audit" => "sequence", _ => "id" };
        var whole = (await portal.Api.GetAsync($"{route.Path}?limit=500")).ShouldBe(200);
        var all = whole.Items.Select(one => one![key]!.ToJsonString()).ToList();
        all.ShouldBeUnique();
        whole.Json["nextCursor"].ShouldBeNull();

        foreach (var size in (int[])[1, 2, 7])
        {
            var seen = new List<string>();
            string? cursor = null;
            do
            {
                var page = (await portal.Api.GetAsync($"{route.Path}?limit={size}{(cursor is null ? "" : "&cursor=" + cursor)}")).ShouldBe(200);
                page.Items.Count.ShouldBeLessThanOrEqualTo(size);
                seen.AddRange(page.Items.Select(one => one![key]!.ToJsonString()));
                cursor = page.Json["nextCursor"]?.GetValue<string>();
            }
            while (cursor is not null && seen.Count < all.Count + 2);
            seen.ShouldBe(all);
        }
    }

    [Fact]
    public async Task Schedule_RowLeavesBetweenTwoPages_TheRestComesOnce()
    {
        for (var day = 1; day <= 3; day++)
            (await portal.Api.PostAsync("schedule", new { target = new { phase = "prepare" }, dueAt = $"2032-01-0{day}T00:00:00Z", reason = "leaving" })).ShouldBe(201);
        var all = (await portal.Api.GetAsync("schedule?limit=500")).Items.Select(one => one!["id"]!.GetValue<long>()).ToList();
        var first = await portal.Api.GetAsync($"schedule?limit={all.Count - 2}");
        (await portal.Api.DeleteAsync($"schedule/{all[^3]}")).ShouldBe(204);

        var rest = await portal.Api.GetAsync($"schedule?cursor={first.Json["nextCursor"]!.GetValue<string>()}");

        rest.Items.Select(one => one!["id"]!.GetValue<long>()).ShouldBe(all[^2..]);
    }
}
