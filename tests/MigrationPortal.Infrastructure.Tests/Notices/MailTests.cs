using Microsoft.Extensions.Configuration;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Infrastructure.Notices;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;
using SmtpServer.Protocol;

namespace MigrationPortal.Infrastructure.Tests.Notices;

public sealed class MailTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Delivered_OverStartTls_WithAPrivateAuthority_AndPassword_AsTextAndHtml()
    {
        await using var server = MailServer.Start(password: "hunter2-of-the-test");
        await using var world = await NoticeWorld.OpenAsync(postgres, server.Settings(("Portal:Mail:User", "portal"), ("Portal:Mail:Password", "hunter2-of-the-test")));
        await AddAsync(world, "ops@example.org", "mara@example.org");
        await world.TellAsync(sentence: "docker-<b>1</b> & co\r\nBcc: x@example.org are halted.");

        var report = await world.DeliverAsync();

        var delivery = (await world.DeliveriesAsync()).Single();
        report.Delivered.ShouldBe(1, delivery.Said);
        var mail = server.Mails.ShouldHaveSingleItem();
        mail.Subject.ShouldBe("[critical, production] docker-<b>1</b> & co  Bcc: x@example.org are halted.");
        mail.MessageId.ShouldBe($"{delivery.Id}@example.org");
        mail.To.Mailboxes.Select(one => one.Address).ShouldBe(["ops@example.org", "mara@example.org"]);
        mail.Bcc.ShouldBeEmpty();
        mail.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        mail.TextBody!.ShouldContain("steps done: 3 of 6");
        mail.TextBody!.ShouldContain("Nobody has taken it yet.");
        mail.TextBody!.ShouldContain("https://portal.example.org/base/operations/12?instance=production");
        mail.HtmlBody!.ShouldContain("docker-&lt;b&gt;1&lt;/b&gt; &amp; co");
        mail.HtmlBody!.ShouldContain("""<a href="https://portal.example.org/base/operations/12?instance=production">""");
        world.Logged.All.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Digest_GoesToItsProjectsPeopleAlone_AsOneMessage_AndIsKeptByTheStore()
    {
        await using var server = MailServer.Start();
        await using var world = await NoticeWorld.OpenAsync(postgres, server.Settings());
        await AddAsync(world, "ops@example.org");
        var rules = NoticeRules.Usual with { Digest = new DigestPlan("data/etl", DigestEvery.Week, 6) };
        var made = NoticeWorld.Done(await world.Get<ChangeChannel>().AddAsync(new ChannelWish("etl", ChannelKind.Digest, true, ["etl@example.org"], null, null, rules), NoticeWorld.Mara, default)).Channel;
        var channels = world.Get<IChannelStore>();
        (await channels.FindAsync(made.Id, default))!.Rules.Digest.ShouldBe(rules.Digest);
        var notice = NoticeWorld.Of("digest/1", NoticeSeverity.Info, NoticeKind.Digest, "2 things happened.") with
        {
            Numbers = [new NoticeNumber("Mon 23 Nov 12:00", "Jobs without tags run on Kubernetes from now on."), new NoticeNumber("Tue 24 Nov 09:00", "They run on docker again.")],
            Link = "my-projects",
        };

        for (var twice = 0; twice < 2; twice++) await world.Get<INotices>().TellAsync(notice, made.Id, default);
        await world.TellAsync("single");
        await world.DeliverAsync();

        var mail = server.Mails.Single(one => one.To.Mailboxes.Single().Address == "etl@example.org");
        server.Mails.Count.ShouldBe(2, "the single alert went to the other channel alone");
        mail.Subject.ShouldBe("[info, production] 2 things happened.");
        mail.TextBody!.ShouldContain("Mon 23 Nov 12:00: Jobs without tags run on Kubernetes from now on.");
        mail.TextBody!.ShouldContain("https://portal.example.org/base/my-projects?instance=production");

        (await channels.DigestedAsync(made.Id, default)).ShouldBeNull();
        await channels.SaveDigestedAsync(made.Id, StoreFixture.Noon, default);
        await channels.SaveDigestedAsync(made.Id, StoreFixture.Noon.AddDays(-1), default);
        (await channels.DigestedAsync(made.Id, default)).ShouldBe(StoreFixture.Noon, "it never goes back");
        (await channels.FindAsync(made.Id, default))!.Version.ShouldBe(made.Version);
    }

    [Fact]
    public async Task AuthorityThatIsNotKnown_IsRefused_NamingTheSetting()
    {
        await using var server = MailServer.Start();
        await using var world = await NoticeWorld.OpenAsync(postgres, server.Settings(("Portal:Mail:CaFile", null)));

        var answer = await TestAsync(world);

        answer.IsDelivered.ShouldBeFalse();
        answer.Said.ShouldContain("Portal:Mail:CaFile");
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task ServerWithoutTls_IsNotSpokenToPlainly_UnlessAsked()
    {
        await using var server = MailServer.Start(starttls: false);
        await using var strict = await NoticeWorld.OpenAsync(postgres, server.Settings());
        (await TestAsync(strict)).IsDelivered.ShouldBeFalse();
        server.Mails.ShouldBeEmpty();

        await using var plain = await NoticeWorld.OpenAsync(postgres, server.Settings(("Portal:Mail:Security", "None")));
        (await TestAsync(plain)).IsDelivered.ShouldBeTrue();
        server.Mails.ShouldHaveSingleItem().Subject.ShouldStartWith("[info, production] This is a test of the channel mail");
    }

    [Fact]
    public async Task UnknownRecipient_DoesNotKeepItFromTheOthers()
    {
        await using var server = MailServer.Start();
        await using var world = await NoticeWorld.OpenAsync(postgres, server.Settings());

        var some = await TestAsync(world, "nobody@example.org", "mara@example.org");
        (some.IsDelivered, server.Mails.Count).ShouldBe((true, 1));
        some.Said.ShouldContain("not taken: nobody@example.org (550");

        var none = await TestAsync(world, "nobody@example.org");
        none.IsDelivered.ShouldBeFalse();
        none.Said.ShouldContain("nobody@example.org (550");
    }

    [Fact]
    public async Task BusyServer_IsTriedAgain_WithTheSameMessageId()
    {
        await using var server = MailServer.Start();
        await using var world = await NoticeWorld.OpenAsync(postgres, server.Settings());
        await AddAsync(world, "ops@example.org");
        server.Answers.Enqueue(new SmtpResponse(SmtpReplyCode.ServiceUnavailable, "try again later"));
        await world.TellAsync();

        (await world.DeliverAsync()).Failed.ShouldBe(1);
        (await world.DeliveriesAsync()).Single().Said!.ShouldContain("try again later");
        world.Time.Advance(TimeSpan.FromSeconds(5));
        (await world.DeliverAsync()).Delivered.ShouldBe(1);
        server.Mails.ShouldHaveSingleItem().MessageId.ShouldStartWith((await world.DeliveriesAsync()).Single().Id.ToString());
    }

    [Fact]
    public async Task WrongPassword_NoServer_NothingSet_AreSaid()
    {
        await using var server = MailServer.Start(password: "right");
        await using var wrong = await NoticeWorld.OpenAsync(postgres, server.Settings(("Portal:Mail:User", "portal"), ("Portal:Mail:Password", "wrong")));
        (await TestAsync(wrong)).Said.ShouldContain("refuses Portal:Mail:User and Password");

        await using var nobody = await NoticeWorld.OpenAsync(postgres, server.Settings(("Portal:Mail:Port", "9")));
        (await TestAsync(nobody)).Said.ShouldContain("localhost:9 cannot be reached");

        await using var unset = await NoticeWorld.OpenAsync(postgres);
        (await TestAsync(unset)).Said.ShouldStartWith("No SMTP server is set: Portal:Mail:Host");
        unset.Get<INoticeSender>().Missing(ChannelKind.Mail).ShouldHaveSingleItem();
        unset.Get<INoticeSender>().Missing(ChannelKind.Slack).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("Host=smtp.example.org;From=portal@example.org", "")]
    [InlineData("From=portal@example.org", "Portal:Mail:Host")]
    [InlineData("Host=smtp.example.org", "Portal:Mail:From")]
    [InlineData("Host=smtp.example.org;From=nobody", "Portal:Mail:From")]
    [InlineData("Host=smtp.example.org;From=a@example.org;User=a", "Portal:Mail:User")]
    [InlineData("Host=smtp.example.org;From=a@example.org;User=a;Password=hidden;Security=None", "Portal:Mail:Security")]
    [InlineData("Host=smtp.example.org;From=a@example.org;Security=maybe", "Portal:Mail:Security")]
    [InlineData("Host=smtp.example.org;From=a@example.org;Port=70000", "Portal:Mail:Port")]
    [InlineData("Host=smtp.example.org;From=a@example.org;CaFile=/nowhere.pem", "Portal:Mail:CaFile")]
    public void Settings_AreCheckedAtStart(string settings, string key)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(one => KeyValuePair.Create($"Portal:Mail:{one.Split('=')[0]}", (string?)one.Split('=')[1]))).Build();

        var problems = NoticeOptionsCheck.Read(configuration).Problems;

        problems.Count.ShouldBe(key.Length == 0 ? 0 : 1);
        problems.ShouldAllBe(one => one.StartsWith(key) && !one.Contains("hidden"));
    }

    private static async Task<long> AddAsync(NoticeWorld world, params string[] to) => NoticeWorld.Done(await world.Get<ChangeChannel>().AddAsync(
        new ChannelWish($"mail{(await world.Get<IChannelStore>().ListAsync(default)).Count switch { 0 => "", var count => count }}", ChannelKind.Mail, true, to, null, null, NoticeRules.Usual), NoticeWorld.Mara, default)).Channel.Id;

    private static async Task<SendAnswer> TestAsync(NoticeWorld world, params string[] to) =>
        NoticeWorld.Done(await world.Get<TestChannel>().RunAsync(await AddAsync(world, to.Length == 0 ? ["ops@example.org"] : to), StoreFixture.Production, NoticeWorld.Mara, default));
}
