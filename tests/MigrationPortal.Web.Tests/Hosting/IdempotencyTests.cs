namespace MigrationPortal.Web.Tests.Hosting;

[Collection(PortalCollection.Name)]
public sealed class IdempotencyTests(PortalFixture portal)
{
    [Fact]
    public async Task SameKeyAndBody_GetTheSameAnswer_AndHappenOnce()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var body = new { name = "once", scopes = (string[])["read"] };

        var first = (await portal.Api.PostAsync("tokens", body, key)).ShouldBe(201);
        var again = (await portal.Api.PostAsync("tokens", body, key)).ShouldBe(201);

        again.Text.ShouldBe(first.Text);
        again.Type.ShouldBe(first.Type);
        again.Headers["Location"].ShouldBe(first.Headers["Location"]);
        again.Headers["Idempotency-Replayed"].ShouldBe("true");
        (await portal.Api.GetAsync("tokens?limit=500")).Items.Count(one => one!["name"]!.GetValue<string>() == "once").ShouldBe(1);
    }

    [Fact]
    public async Task SameKey_OtherBody_IsRefused()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        (await portal.Api.PostAsync("plans", new { target = new { phase = "prepare" } }, key)).ShouldBe(201);

        (await portal.Api.PostAsync("plans", new { target = new { phase = "opt-in" } }, key)).ShouldRefuse(422, "idempotency-key-reused");
        (await portal.Api.PostAsync("plans?instance=qa", new { target = new { phase = "opt-in" } }, key)).ShouldBe(201);
    }

    [Fact]
    public async Task SameKey_OfAnotherCaller_IsAnotherKey()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var other = await portal.WithScopesAsync("operate");
        var first = (await portal.Api.PostAsync("plans", new { target = new { phase = "prepare" } }, key)).ShouldBe(201);

        (await other.PostAsync("plans", new { target = new { phase = "prepare" } }, key)).ShouldBe(201).Json["id"]!.GetValue<long>().ShouldNotBe(first.Json["id"]!.GetValue<long>());
    }

    [Fact]
    public async Task Refusal_IsAnsweredAgainTheSame()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var first = (await portal.Api.PostAsync("plans/987654321/apply", new { reason = "a test" }, key)).ShouldRefuse(404, "unknown-plan");

        (await portal.Api.PostAsync("plans/987654321/apply", new { reason = "a test" }, key)).ShouldRefuse(404, "unknown-plan").Text.ShouldBe(first.Text);
    }

    [Fact]
    public async Task ManyAtOnce_HappenOnce()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var body = new { name = "at once", scopes = (string[])["read"] };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => portal.Api.PostAsync("tokens", body, key)));

        answers.ShouldAllBe(one => (int)one.Status == 201 || one.Code == "request-under-way");
        answers.Where(one => (int)one.Status == 201).Select(one => one.Text).Distinct().Count().ShouldBe(1);
        (await portal.Api.GetAsync("tokens?limit=500")).Items.Count(one => one!["name"]!.GetValue<string>() == "at once").ShouldBe(1);
    }

    [Fact]
    public async Task LongKey_IsRefused() =>
        (await portal.Api.PostAsync("plans", new { target = new { phase = "prepare" } }, ("Idempotency-Key", new string('k', 201)))).ShouldNameField("Idempotency-Key");
}
