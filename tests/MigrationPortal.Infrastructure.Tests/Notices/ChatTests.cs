using System.Text.Json.Nodes;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Infrastructure.Notices;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Notices;

public sealed class ChatTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(ChannelKind.Slack, "<!channel> *bold* <https://evil.example|click>", "&lt;!channel&gt; *bold* &lt;https://evil.example|click&gt;")]
    [InlineData(ChannelKind.Slack, "a & b @here", "a &amp; b @here")]
    [InlineData(ChannelKind.Mattermost, "@channel *bold* _x_ docker_large", "@\u200Bchannel \\*bold\\* \\_x\\_ docker\\_large")]
    [InlineData(ChannelKind.Mattermost, "[click](https://evil.example) ![x](y)", "\\[click\\]\\(https:\u200B//evil\\.example\\) \\!\\[x\\]\\(y\\)")]
    [InlineData(ChannelKind.Mattermost, "# no\nheading <b> & `code`", "\\# no heading &lt;b&gt; &amp; \\`code\\`")]
    public void Markup_OfWhatComesFromElsewhere_IsPlainText(ChannelKind dialect, string text, string plain) =>
        (dialect == ChannelKind.Slack ? ChatBody.Slack(text) : ChatBody.Mattermost(text)).ShouldBe(plain);

    [Theory]
    [InlineData(ChannelKind.Slack)]
    [InlineData(ChannelKind.Mattermost)]
    public async Task Message_HoldsSentenceNumbersTakerAndLink(ChannelKind kind)
    {
        await using var world = await NoticeWorld.OpenAsync(postgres);
        await using var receiver = await Receiver.StartAsync();
        (await world.HookAsync(receiver.Url, kind: kind)).MadeSecret.ShouldBeNull();
        await world.TellAsync();
        var id = (await world.Get<INoticeStore>().NewestAsync(NoticeWorld.Of("").Instance, NoticeFilter.Open, 1, null, default)).Single().Id;
        await world.Get<INoticeStore>().TakeAsync(id, null, NoticeWorld.Mara, world.Time.GetUtcNow(), default);

        (await world.DeliverAsync()).Delivered.ShouldBe(1);

        var got = receiver.All.ShouldHaveSingleItem();
        got.Headers.Keys.ShouldNotContain("webhook-signature");
        var body = JsonNode.Parse(got.Text)!;
        body["text"]!.GetValue<string>().Replace("\\", "", StringComparison.Ordinal).Replace("\u200B", "", StringComparison.Ordinal).ShouldBe("critical, production: Operation 12 is halted.");
        body["mrkdwn"]!.GetValue<bool>().ShouldBeFalse();
        var attachment = body["attachments"]!.AsArray().ShouldHaveSingleItem()!;
        attachment["title_link"]!.GetValue<string>().ShouldBe("https://portal.example.org/base/operations/12?instance=production");
        attachment["fields"]!.ToJsonString().ShouldBe("""[{"title":"steps done","value":"3 of 6","short":true}]""");
        attachment["text"]!.GetValue<string>().Replace("\\", "", StringComparison.Ordinal).ShouldBe("user 1 has taken it.");
    }
}
