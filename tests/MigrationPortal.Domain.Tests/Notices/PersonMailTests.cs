using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Notices;

public sealed class PersonMailTests
{
    private readonly Turned time = new();
    private readonly MemoryPersonMails mails = new() { Missing = null };

    [Fact]
    public async Task WithoutAServer_MailsWait_HoweverLong()
    {
        mails.Missing = "No SMTP server is set.";
        await QueueAsync(1, 2);
        time.Advance(TimeSpan.FromDays(40));
        (await RunAsync()).ShouldBe(new DeliveryReport(0, 0, 0, null));

        mails.Missing = null;
        (await RunAsync()).Delivered.ShouldBe(2);
        mails.All.ShouldAllBe(one => one.State == DeliveryState.Delivered && one.Said == "250 ok");
    }

    [Fact]
    public async Task SamePersonAndOccasion_GetOneMail()
    {
        await QueueAsync(1, 1);
        await QueueAsync(1);
        mails.All.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task PersonWithoutAnAddress_IsGivenUpAtOnce_AndTheOthersGoOn()
    {
        await QueueAsync(1, 2);
        mails.Answer = mail => mail.Mail.Person.Number == 1 ? new PersonMailAnswer.Nobody("GitLab tells no address.") : new PersonMailAnswer.Tried(new SendAnswer(true, "250 ok"));

        (await RunAsync()).ShouldBe(new DeliveryReport(1, 0, 1, null));
        mails.All[0].Said.ShouldBe("GitLab tells no address.");
    }

    [Fact]
    public async Task ServerThatIsDown_SparesTheOthersTheWait_AndCountsNoTry()
    {
        await QueueAsync(1, 2, 3);
        var tries = 0;
        mails.Answer = _ =>
        {
            tries++;
            return new PersonMailAnswer.Tried(new SendAnswer(false, "cannot be reached", IsDown: true));
        };

        await RunAsync();

        tries.ShouldBe(1);
        mails.All.ShouldAllBe(one => one.State == DeliveryState.Waiting && one.Tries == 0);
        mails.All[0].DueAt.ShouldBe(Make.Now.AddMinutes(1));
    }

    [Fact]
    public async Task RefusedMail_IsTriedForADayFromItsFirstTry_AndGivenUpThen()
    {
        await QueueAsync(1);
        mails.Answer = _ => new PersonMailAnswer.Tried(new SendAnswer(false, "550 unknown"));
        // It waited for a server for a week: that is not held against it.
        time.Advance(TimeSpan.FromDays(7));
        await RunAsync();
        mails.All[0].State.ShouldBe(DeliveryState.Waiting);

        for (var hour = 0; hour < 30 && mails.All[0].State == DeliveryState.Waiting; hour++)
        {
            time.Advance(TimeSpan.FromHours(1));
            await RunAsync();
        }

        mails.All[0].State.ShouldBe(DeliveryState.GivenUp);
        (time.GetUtcNow() - Make.Now.AddDays(7)).ShouldBeInRange(TimeSpan.FromHours(23), TimeSpan.FromHours(25));
    }

    private Task QueueAsync(params long[] people) => mails.QueueAsync([.. people.Select(one => new PersonMail(new UserId(Make.Production, one), "cohort/1/wave/1", "Hello", "Try it", "my-projects"))], default);

    private Task<DeliveryReport> RunAsync() => new DeliverPersonMails(mails, mails, time).RunAsync(default);

    private sealed class Turned : TimeProvider
    {
        private DateTimeOffset _now = Make.Now;

        public void Advance(TimeSpan by) => _now += by;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
