using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Offers;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts.Offers;

/// <summary>Projects 1 to 3 have jobs that will fail: 2 has answered, 3 has nobody to ask.</summary>
public sealed class OfferTests : IWorldClock, IProjectMembers
{
    private readonly MemoryPredictions predictions = new();
    private readonly MemoryProjects projects = new();
    private readonly MemoryOffers offers = new();
    private readonly MemoryAudit audit = new();
    private readonly MemoryNotices notices = new();
    private readonly MemoryPersonMails mails = new();
    private readonly MemoryWordings wordings = new();
    private DateTimeOffset time = Make.Now;

    public OfferTests()
    {
        projects.All[Id(1)] = new ObservedProject(new ProjectAccess(Id(1), "data/etl", true, true, new HashSet<long>()), "main", false, Make.Now, [], [], Make.Now);
        predictions.Now = new Predictions(9, [Fails(1, "build", 4, "R05"), Fails(1, "test", 3, "R01", "R05"), Fails(2, "build", 90, "R01") with { IsAnswered = true }, Fails(3, "build", 20, "R07")], 0, 0);
    }

    [Fact]
    public async Task WhoHasNotAnswered_IsListed_MostFailingJobsFirst()
    {
        var silent = await Reader().RunAsync(Make.Production, default);
        silent.Select(one => (one.Project.Number, one.Path, one.JobsPerDay, Jobs: string.Join(' ', one.Jobs), Rules: string.Join(' ', one.Rules), one.Last)).ShouldBe(
            [(3, "project 3", 20, "build", "R07", null), (1, "data/etl", 7, "build test", "R01 R05", null)]);
    }

    [Fact]
    public async Task AnOffer_GoesToThePeople_OnceAWeek_AndSaysWhomItCannotReach()
    {
        var sent = (await SendAsync()).ShouldBeOfType<Outcome<OffersSent>.Done>().Result;
        (sent.Asked, sent.People, sent.AskedLately, sent.Left, sent.Unreachable.ShouldHaveSingleItem().Number).ShouldBe((1, 2, 0, 0, 3));
        notices.Told.ShouldHaveSingleItem().Kind.ShouldBe(NoticeKind.OfferSent);
        audit.Entries.ShouldHaveSingleItem().What.ShouldBe("readiness.offer");
        mails.All.Select(one => one.Mail.Person.Number).ShouldBe([5, 6], ignoreOrder: true);
        mails.All.ShouldAllBe(one => one.Mail.Subject == "CI jobs of 1 of your projects will fail on Kubernetes" && one.Mail.Text.Contains("- data/etl: build, test\n", StringComparison.Ordinal) && one.Mail.Link == "my-projects");
        (await Reader().RunAsync(Make.Production, default))[1].Last!.Times.ShouldBe(1);

        time = Make.Now.AddDays(6.9);
        No(await SendAsync(1)).ShouldBe("asked-lately");
        No(await SendAsync(3)).ShouldBe("nobody-to-ask");
        No(await SendAsync(2)).ShouldBe("nobody-to-ask", "it has answered");
        notices.Told.Count.ShouldBe(1);

        time = Make.Now.AddDays(7);
        (await SendAsync(1)).ShouldBeOfType<Outcome<OffersSent>.Done>();
        offers.Last[Id(1)].Times.ShouldBe(2);
    }

    [Fact]
    public async Task TwoAdminsAtOnce_AskOnce()
    {
        predictions.Now = predictions.Now with { Failures = [.. predictions.Now.Failures.Take(1)] };
        var reader = Reader();
        var first = new SendOffers(reader, new AfterOther(this), offers, mails, wordings, audit, notices, this);

        No(await first.RunAsync(Make.Production, null, Make.Admin, default)).ShouldBe("asked-lately", "somebody else was first while GitLab was asked");
        offers.Last[Id(1)].Times.ShouldBe(1);
    }

    [Fact]
    public async Task ADigest_SaysThatPeopleAreAsked()
    {
        await SendAsync();
        var news = new OfferNews(offers, projects);
        (await news.RunAsync(Make.Production, new HashSet<ProjectId> { Id(1) }, new TimeWindow(Make.Now, Make.Now.AddDays(1)), default)).ShouldHaveSingleItem().Sentence.ShouldBe("Jobs of data/etl will fail on Kubernetes as they are: mend them, say that they are all right, or stay on docker.");
        (await news.RunAsync(Make.Production, new HashSet<ProjectId> { Id(2) }, new TimeWindow(Make.Now, Make.Now.AddDays(1)), default)).ShouldBeEmpty();
        (await news.RunAsync(Make.Production, new HashSet<ProjectId> { Id(1) }, new TimeWindow(Make.Now.AddDays(1), Make.Now.AddDays(2)), default)).ShouldBeEmpty();
    }

    private Task<Outcome<OffersSent>> SendAsync(long? project = null) => new SendOffers(Reader(), this, offers, mails, wordings, audit, notices, this).RunAsync(Make.Production, project is { } one ? [Id(one)] : null, Make.Admin, default);

    private ReadUnanswered Reader() => new(predictions, projects, offers);

    private static string No(Outcome<OffersSent> outcome) => outcome.ShouldBeOfType<Outcome<OffersSent>.Refused>().Refusal.Code;

    private static PredictedFailure Fails(long project, string job, double perDay, params string[] rules) => new(Id(project), TagSet.Empty, job, rules, perDay);

    private static ProjectId Id(long number) => new(Make.Production, number);

    DateTimeOffset IWorldClock.Now(InstanceId instance) => time;

    double IWorldClock.Speed(InstanceId instance) => 0;

    Task<IReadOnlyDictionary<ProjectId, IReadOnlyList<UserId>>> IProjectMembers.MaintainersAsync(IReadOnlyCollection<ProjectId> projects, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<ProjectId, IReadOnlyList<UserId>>>(projects.Where(one => one.Number != 3).ToDictionary(one => one, _ => (IReadOnlyList<UserId>)[new UserId(Make.Production, 5), new UserId(Make.Production, 6)]));

    /// <summary>While GitLab is asked for the people, another admin's offer goes out.</summary>
    private sealed class AfterOther(OfferTests other) : IProjectMembers
    {
        public async Task<IReadOnlyDictionary<ProjectId, IReadOnlyList<UserId>>> MaintainersAsync(IReadOnlyCollection<ProjectId> projects, CancellationToken cancel)
        {
            (await other.SendAsync()).ShouldBeOfType<Outcome<OffersSent>.Done>();
            return await ((IProjectMembers)other).MaintainersAsync(projects, cancel);
        }
    }
}
