using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Testing;
using MigrationPortal.World;

namespace MigrationPortal.Infrastructure.Tests.Notices;

/// <summary>Mails to people: where they are reached is asked of GitLab, and kept nowhere.</summary>
public sealed class PersonMailTests(PostgresFixture postgres)
{
    private const string Key = "cohort/1/wave/1";

    [Fact]
    public async Task Mail_ReachesTheAddressThatGitLabTells_AndNothingOfItIsKept()
    {
        await using var server = MailServer.Start();
        await using var portal = await SimulatedPortal.StartAsync(postgres, change: settings =>
        {
            foreach (var (key, value) in server.Settings(("Portal:PublicUrl", "https://portal.example.org"))) settings[key] = value;
        });
        var (mara, blocked) = portal.Simulator.Production.Do(world => (world.Directory.Users.First(one => one.Username == "mara").Id, world.Directory.Users.First(one => one.State != UserState.Active).Id));
        await portal.Get<IPersonMails>().QueueAsync([Mail(mara), Mail(blocked), Mail(mara)], default);

        await portal.RunAsync<NoticeSweep>();

        var mail = server.Mails.ShouldHaveSingleItem();
        mail.To.Mailboxes.ShouldHaveSingleItem().Address.ShouldBe("mara@example.org");
        mail.Subject.ShouldBe("Two lines  Bcc: x@example.org");
        mail.TextBody!.ReplaceLineEndings("\n").ShouldBe("Try it:\n- web/shop\n\nhttps://portal.example.org/my-projects");
        mail.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        (await portal.Get<IPersonMails>().CountAsync(SimulatedPortal.Production, Key, default)).ShouldBe(new MailCounts(0, 1, 1, "GitLab tells no e-mail address of this person: they are blocked, or the read token is no administrator's."));
        (await portal.ScalarAsync<long>("SELECT count(*) FROM person_mails WHERE subject = '' AND text = ''")).ShouldBe(2);
        (await portal.ScalarAsync<long>("SELECT count(*) FROM person_mails WHERE person_mails::text LIKE '%@example.org%'")).ShouldBe(0);

        await portal.RunAsync<NoticeSweep>();
        server.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task MailOfAChangeThatDidNotHappen_IsNotQueued()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);

        await portal.Get<IAuditTrail>().ChangeAsync<bool>(
            async () =>
            {
                await portal.Get<IPersonMails>().QueueAsync([Mail(1)], default);
                return (false, null);
            },
            default);

        (await portal.Get<IPersonMails>().CountAsync(SimulatedPortal.Production, Key, default)).Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Words_AreStored_Changed_AndTakenBack()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        var change = portal.Get<ChangeWording>();

        foreach (var text in (string[])["Ask Mara.", "Ask Tomas."])
        {
            await change.RunAsync("my-projects.note", text, Actor.Portal, default);
            (await portal.Get<IWordings>().ReadAsync(default)).ShouldBe(new Dictionary<string, string> { ["my-projects.note"] = text });
        }

        await change.RunAsync("my-projects.note", null, Actor.Portal, default);
        (await portal.Get<IWordings>().ReadAsync(default)).ShouldBeEmpty();
    }

    private static PersonMail Mail(long person) => new(new UserId(SimulatedPortal.Production, person), Key, "Two lines\r\nBcc: x@example.org", "Try it:\n- web/shop", "my-projects");
}
