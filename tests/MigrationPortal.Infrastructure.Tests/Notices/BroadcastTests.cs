using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Notices;

public sealed class BroadcastTests(PostgresFixture postgres)
{
    private static readonly TimeWindow Window = new(StoreFixture.Noon.AddMilliseconds(123), StoreFixture.Noon.AddMinutes(15));

    [Fact]
    public async Task Announced_StandsForItsWindow_OnceHoweverOftenItIsAsked_UntilItIsTakenBack()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        var broadcasts = portal.Get<IBroadcasts>();

        var number = Done(await broadcasts.AnnounceAsync(SimulatedPortal.Production, "The tag docker_large is away for 15 minutes.", Window, default));
        Done(await broadcasts.AnnounceAsync(SimulatedPortal.Production, "The tag docker_large is away for 15 minutes.", Window, default)).ShouldBe(number);

        var message = portal.Simulator.Production.Do(world => world.Directory.Broadcasts.Single());
        message.Id.ShouldBe((int)number);
        (message.Settings.Message, message.Settings.StartsAt, message.Settings.EndsAt, message.Settings.BroadcastType)
            .ShouldBe((@"The tag docker\_large is away for 15 minutes.", StoreFixture.Noon, StoreFixture.Noon.AddMinutes(15), "banner"));
        Done(await broadcasts.AnnounceAsync(SimulatedPortal.Production, "Another one.", Window, default)).ShouldNotBe(number);

        Done(await broadcasts.TakeBackAsync(SimulatedPortal.Production, number, default)).ShouldBe(number);
        Done(await broadcasts.TakeBackAsync(SimulatedPortal.Production, number, default)).ShouldBe(number, "it is gone already");
        portal.Simulator.Production.Do(world => world.Directory.Broadcasts.Single().Settings.Message).ShouldBe("Another one.");
    }

    [Fact]
    public async Task ObserveMode_AndGitLabsNo_AreRefusals_SilenceIsAFault()
    {
        await using var observing = await SimulatedPortal.StartAsync(postgres, change: settings => settings.Remove("Portal:GitLab:Instances:0:WriteToken"));
        (await observing.Get<IBroadcasts>().AnnounceAsync(SimulatedPortal.Production, "x", Window, default)).Match(_ => "", no => no.Code).ShouldBe("observe-mode");

        await using var portal = await SimulatedPortal.StartAsync(postgres);
        portal.Wire.Instead = path => path.Contains("broadcast_messages", StringComparison.Ordinal) ? FaultyWire.Answer(403, """{"message":"403 Forbidden"}""") : null;
        (await portal.Get<IBroadcasts>().TakeBackAsync(SimulatedPortal.Production, 1, default)).Match(_ => "", no => string.Join(' ', no.Reasons)).ShouldContain("403 Forbidden");
        portal.Wire.Instead = null;
        portal.Wire.Always = () => FaultyWire.Answer(502, "<html>");
        await Should.ThrowAsync<GitLabUnavailableException>(portal.Get<IBroadcasts>().AnnounceAsync(SimulatedPortal.Production, "x", Window, default));
    }

    [Theory]
    [InlineData("docker_large <b>now</b>", @"docker\_large \<b\>now\</b\>")]
    [InlineData("[a](b) `c` *d*\ne", @"\[a\](b) \`c\` \*d\* e")]
    public void Markup_IsPlainText(string text, string plain) => GitLabBroadcasts.Escaped(text).ShouldBe(plain);

    private static T Done<T>(Outcome<T> outcome) => NoticeWorld.Done(outcome);
}
