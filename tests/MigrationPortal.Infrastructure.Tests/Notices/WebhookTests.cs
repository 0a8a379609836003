using System.Text.Json.Nodes;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;
using Npgsql;

namespace MigrationPortal.Infrastructure.Tests.Notices;

public sealed class WebhookTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Delivered_IsSignedAsStandardWebhooksSay()
    {
        await using var world = await NoticeWorld.OpenAsync(postgres);
        await using var receiver = await Receiver.StartAsync();
        var made = await world.HookAsync(receiver.Url);
        await world.TellAsync();

        (await world.DeliverAsync()).ShouldBe(new DeliveryReport(1, 0, 0, null));

        var got = receiver.All.ShouldHaveSingleItem();
        var delivery = (await world.DeliveriesAsync()).Single();
        (delivery.State, delivery.Tries, delivery.Said).ShouldBe((DeliveryState.Delivered, 1, "200 OK"));
        got.Headers["webhook-id"].ShouldBe(delivery.Id.ToString());
        MessageSignature.IsSigned(SigningSecret.Key(made.MadeSecret!)!, got.Headers["webhook-id"], got.Headers["webhook-timestamp"], got.Headers["webhook-signature"], got.Body, StoreFixture.Noon).ShouldBeTrue();
        MessageSignature.IsSigned(SigningSecret.Key(SigningSecret.Make())!, got.Headers["webhook-id"], got.Headers["webhook-timestamp"], got.Headers["webhook-signature"], got.Body, StoreFixture.Noon).ShouldBeFalse();
        JsonNode.DeepEquals(JsonNode.Parse(got.Text), JsonNode.Parse(
            $$"""
            {"type": "operation.halted", "timestamp": "2026-11-02T12:00:00Z", "data": {"id": {{delivery.Notice.Id}}, "instance": "production", "severity": "critical", "sentence": "Operation 12 is halted.",
             "numbers": [{"name": "steps done", "value": "3 of 6"}], "link": "https://portal.example.org/base/operations/12?instance=production", "takenBy": null} }
            """)).ShouldBeTrue(got.Text);
    }

    [Fact]
    public async Task Refused_ThenTaken_IsTheSameDelivery_AfterItsPause()
    {
        await using var world = await NoticeWorld.OpenAsync(postgres);
        await using var receiver = await Receiver.StartAsync();
        await world.HookAsync(receiver.Url);
        receiver.Next(500, "down for\nrepair");
        receiver.Next(429, "", ("Retry-After", "60"));
        await world.TellAsync();

        (await world.DeliverAsync()).ShouldBe(new DeliveryReport(0, 1, 0, StoreFixture.Noon.AddSeconds(5)));
        (await world.DeliveriesAsync()).Single().Said.ShouldBe("500 Internal Server Error: down for repair");
        world.Time.Advance(TimeSpan.FromSeconds(4.9));
        await world.DeliverAsync();
        receiver.All.Count.ShouldBe(1);
        world.Time.Advance(TimeSpan.FromSeconds(0.1));
        (await world.DeliverAsync()).NextAt.ShouldBe(StoreFixture.Noon.AddSeconds(65));
        world.Time.Advance(TimeSpan.FromSeconds(60));
        (await world.DeliverAsync()).Delivered.ShouldBe(1);
        world.Time.Advance(TimeSpan.FromHours(1));
        await world.DeliverAsync();

        receiver.All.Count.ShouldBe(3);
        receiver.All.Select(one => one.Headers["webhook-id"]).Distinct().ShouldHaveSingleItem();
        receiver.All.Select(one => one.Headers["webhook-try"]).ShouldBe(["1", "2", "3"]);
        receiver.All.Select(one => one.Headers["webhook-timestamp"]).ShouldBeUnique();
    }

    [Fact]
    public async Task Silent_IsGivenUpOnForNow_AndNoOtherChannelWaitsForIt()
    {
        await using var world = await NoticeWorld.OpenAsync(postgres);
        await using var silent = await Receiver.StartAsync();
        await using var well = await Receiver.StartAsync();
        await world.HookAsync(silent.Url, name: "silent");
        await world.HookAsync(well.Url, name: "well");
        silent.NextIsSilent();
        await world.TellAsync("one");
        await world.TellAsync("two");

        var run = world.DeliverAsync();
        await UntilAsync(() => well.All.Count == 2 && !silent.All.IsEmpty);
        world.Time.Advance(TimeSpan.FromSeconds(20));
        var report = await run;

        (report.Delivered, report.Failed).ShouldBe((2, 1));
        silent.All.Count.ShouldBe(1, "the second would have met the same silence");
        (await world.DeliveriesAsync()).Select(one => one.Said).ShouldContain("No answer in time.");
    }

    [Fact]
    public async Task NobodyThere_ForADay_IsGivenUp_AndSaidOnTheOtherChannels_Once()
    {
        await using var world = await NoticeWorld.OpenAsync(postgres);
        await using var well = await Receiver.StartAsync();
        var dead = await world.HookAsync(new Uri("http://127.0.0.1:9/secret"), name: "dead");
        await world.HookAsync(well.Url, new NoticeRules(null, new Dictionary<string, NoticeSeverity?> { [NoticeKind.Undelivered.Name] = NoticeSeverity.Attention }), "well");
        await world.TellAsync("one");
        await world.TellAsync("two");

        for (var at = await world.DeliverAsync(); at.NextAt is { } next; at = await world.DeliverAsync())
            world.Time.Advance(next > world.Time.GetUtcNow() ? next - world.Time.GetUtcNow() : TimeSpan.FromSeconds(1));

        var ended = (await world.DeliveriesAsync()).Where(one => one.Channel == dead.Channel.Id).ToList();
        ended.ShouldAllBe(one => one.State == DeliveryState.GivenUp && one.Tries > 20 && one.Said == "Cannot be reached (ConnectionRefused).");
        // The two asked for, and the notice about them, which nobody is told of a second time.
        ended.Select(one => one.Notice.Notice.Kind).ShouldBe([NoticeKind.Undelivered, NoticeKind.OperationHalted, NoticeKind.OperationHalted]);
        var said = JsonNode.Parse(well.All.ShouldHaveSingleItem().Text)!;
        said["type"]!.GetValue<string>().ShouldBe("notice.undelivered");
        said["data"]!["sentence"]!.GetValue<string>().ShouldStartWith("The channel dead could not be reached for 24 hours");
    }

    [Fact]
    public async Task RefusedMessage_DoesNotHoldUpTheNext()
    {
        await using var world = await NoticeWorld.OpenAsync(postgres);
        await using var receiver = await Receiver.StartAsync();
        await world.HookAsync(receiver.Url);
        receiver.Next(400, "invalid_payload");
        await world.TellAsync("one");
        await world.TellAsync("two");

        var report = await world.DeliverAsync();

        (report.Delivered, report.Failed).ShouldBe((1, 1));
        (await world.Get<IDeliveryStore>().UseAsync(world.Time.GetUtcNow(), default)).Single().Waiting.ShouldBe(1);
    }

    [Fact]
    public async Task Address_IsLookedAtAfterItsNameWasResolved()
    {
        await using var world = await NoticeWorld.OpenAsync(postgres, ("Portal:Webhooks:AllowLoopback", "false"));
        await using var receiver = await Receiver.StartAsync();
        var made = await world.HookAsync(new Uri($"http://localhost:{receiver.Url.Port}/"));

        var answer = NoticeWorld.Done(await world.Get<TestChannel>().RunAsync(made.Channel.Id, StoreFixture.Production, NoticeWorld.Mara, default));

        (answer.IsDelivered, receiver.All.Count).ShouldBe((false, 0));
        answer.Said.ShouldContain("Portal:Webhooks:AllowLoopback");
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        await using var world = await NoticeWorld.OpenAsync(postgres);
        await using var receiver = await Receiver.StartAsync();
        var made = await world.HookAsync(receiver.Url);
        receiver.Next(302, "", ("Location", "http://169.254.169.254/"));

        var answer = NoticeWorld.Done(await world.Get<TestChannel>().RunAsync(made.Channel.Id, StoreFixture.Production, NoticeWorld.Mara, default));

        (answer.IsDelivered, receiver.All.Count).ShouldBe((false, 1));
        answer.Said.ShouldStartWith("302 Found (redirects are not followed");
    }

    [Fact]
    public async Task AddressAndSecret_AreInNoLogNoAuditNoList_AndEncryptedInTheTable()
    {
        await using var world = await NoticeWorld.OpenAsync(postgres);
        await using var receiver = await Receiver.StartAsync();
        var made = await world.HookAsync(receiver.Url);
        receiver.Next(500);
        await world.TellAsync();
        await world.DeliverAsync();
        await world.Get<TestChannel>().RunAsync(made.Channel.Id, StoreFixture.Production, NoticeWorld.Mara, default);
        await world.Get<ChangeChannel>().RemoveAsync((await world.HookAsync(new Uri("http://127.0.0.1:9/secret-path"), name: "gone")).Channel.Id, NoticeWorld.Mara, default);

        var audit = await world.Get<IAuditTrail>().NewestAsync(100, null, default);
        audit.Select(one => one.Entry.What).ShouldBe(["notices.channel.remove", "notices.channel.add", "notices.channel.test", "notices.channel.add"]);
        await using var command = world.Get<NpgsqlDataSource>().CreateCommand("SELECT string_agg(c::text, ' ') FROM notice_channels c");
        string[] seen =
        [
            world.Logged.All, (string)(await command.ExecuteScalarAsync())!, string.Concat(audit.Select(one => one.Entry)),
            string.Concat(await world.Get<IChannelStore>().ListAsync(default)), string.Concat(await world.DeliveriesAsync()),
        ];
        foreach (var text in seen)
        {
            text.ShouldNotContain("secret-path");
            text.ShouldNotContain("secret-query");
            text.ShouldNotContain(made.MadeSecret!["whsec_".Length..]);
        }
        made.Channel.Place.ShouldBe($"{receiver.Url.GetLeftPart(UriPartial.Authority)}/…");
    }

    [Fact]
    public async Task Save_KeepsWhatIsNotGivenAnew()
    {
        await using var world = await NoticeWorld.OpenAsync(postgres);
        await using var receiver = await Receiver.StartAsync();
        var (made, store, change) = (await world.HookAsync(receiver.Url), world.Get<IChannelStore>(), world.Get<ChangeChannel>());
        var wish = new ChannelWish("renamed", ChannelKind.Webhook, true, null, null, null, new NoticeRules(null, new Dictionary<string, NoticeSeverity?> { ["drift"] = null }));

        var saved = NoticeWorld.Done(await change.SaveAsync(made.Channel.Id, wish, NoticeWorld.Mara, default)).Channel;

        (saved.Name, saved.Version, saved.Rules.Otherwise, saved.Rules.Kinds["drift"]).ShouldBe(("renamed", 2, null, null));
        (await store.TargetAsync(saved.Id, default)).ShouldBe(new ChannelTarget.Webhook(receiver.Url, made.MadeSecret!));
        var other = SigningSecret.Make();
        await change.SaveAsync(made.Channel.Id, wish with { Secret = other }, NoticeWorld.Mara, default);
        (await store.TargetAsync(saved.Id, default)).ShouldBe(new ChannelTarget.Webhook(receiver.Url, other));
        (await store.SaveAsync(saved, null, default)).ShouldBeNull("its version has moved on");
        (await change.SaveAsync(made.Channel.Id, wish with { Kind = ChannelKind.Slack, Url = "https://example.org/" }, NoticeWorld.Mara, default)).Match(_ => "", no => no.Code).ShouldBe("kind-fixed");
        (await change.AddAsync(wish with { Url = "https://example.org/" }, NoticeWorld.Mara, default)).Match(_ => "", no => no.Code).ShouldBe("name-taken");
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds()) await Task.Delay(10, limit.Token);
    }
}
