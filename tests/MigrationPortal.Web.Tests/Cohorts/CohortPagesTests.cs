using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Cohorts;
using MigrationPortal.Domain.Tests.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Cohorts;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Cohorts;

public sealed class CohortPagesTests : IAsyncDisposable
{
    private readonly KitContext kit = new();
    private readonly CohortPortal portal = new();

    public CohortPagesTests()
    {
        kit.AddLivePages();
        kit.Services.AddSingleton<ICohortStore>(portal.Cohorts);
        kit.Services.AddSingleton<IEnrollmentStore>(portal.Enrollments);
        kit.Services.AddSingleton<ICohortFacts>(portal);
        kit.Services.AddSingleton<IProjectStore>(new NoProjects());
        kit.Services.AddSingleton<IRanJobs>(new Elsewhere(portal));
        kit.Services.AddSingleton<IMigrationStore>(new MemoryMigration(Make.Settings(), Make.State(Phase.OptIn), new Touches()));
        kit.Services.AddSingleton<ReadExposure>();
        kit.Services.AddSingleton<IPersonMails>(portal.Mails);
        kit.Services.AddSingleton<IPersonMailSender>(portal.Mails);
        kit.Services.AddSingleton(portal.Create);
        kit.Services.AddSingleton(portal.Preview);
        kit.Services.AddSingleton(portal.Send);
        kit.Services.AddSingleton(portal.Resize);
        kit.Services.AddSingleton(portal.Import);
    }

    [Fact]
    public void NoCohort_SaysWhatOneIs_AndLeadsToTheForm()
    {
        var page = Open<CohortsPage>("/cohorts");

        page.Markup.ShouldContain("There is no cohort yet");
        page.Find(".state a.btn, .empty a.btn, a.btn").GetAttribute("href")!.ShouldContain("new=1");
    }

    [Fact]
    public void Form_MakesACohort_AndNamesEveryBadLine()
    {
        var page = Open<CohortsPage>("/cohorts?new=1");
        page.Find("input[maxlength='80']").Change("first");
        page.Find("textarea").Change("12\nx why\n13 builds releases");
        page.Find("form").Submit();
        page.FindAll("[role=alert]").Select(one => one.TextContent).ShouldBe(["Left out: '12' needs a project number and why, such as: 1204 builds releases this month.", "Left out: 'x why' needs a project number and why, such as: 1204 builds releases this month."]);

        page.Find("textarea").Change("13 builds releases");
        page.Find("form").Submit();
        page.WaitForAssertion(() => portal.Cohorts.All.ShouldHaveSingleItem().Excluded.ShouldBe(new Dictionary<long, string> { [13] = "builds releases" }));
        kit.Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("/cohorts/1");
    }

    [Fact]
    public async Task Cohorts_SayHowManyMoved_AndWhoseJobsRanElsewhere()
    {
        var cohort = await portal.CohortAsync();
        await portal.WaveAsync(cohort.Id, 5);
        var first = (await portal.Enrollments.MembersAsync(cohort.Id, default))[0].Project;
        await portal.GoAsync(first, EnrollmentState.Accepted, EnrollmentState.Moving, EnrollmentState.Moved);

        var page = Open<CohortsPage>("/cohorts");

        page.Find("h1").TextContent.ShouldContain("1 of");
        page.Find("h1").TextContent.ShouldContain("in 1\u00a0cohort is on Kubernetes");
        page.Markup.ShouldContain("1 on Kubernetes");
        page.FindAll("tbody tr").ShouldHaveSingleItem().TextContent.ShouldContain("asks for Kubernetes (k8s-default), and 3 of 10 such jobs ran on docker");
        page.Markup.ShouldContain("ran elsewhere.");
    }

    [Fact]
    public async Task Wave_IsPlannedSeenAndSent_AndSaysWhomItReached()
    {
        var cohort = await portal.CohortAsync();
        var dialogs = kit.Render<MudBlazor.MudDialogProvider>();
        var page = Open<CohortPage>("/cohorts/1", of => of.Add(one => one.Id, cohort.Id));
        page.Find("h1").TextContent.ShouldBe("pilot: nobody is in it yet");

        page.Find(".when input").Change("5");
        page.Find(".when").Submit();
        page.WaitForAssertion(() => page.Markup.ShouldContain("would come in"));
        page.Markup.ShouldContain("The portal does not send it by itself yet: it is sent by hand.");
        page.FindAll(".btn.p").Single(one => one.TextContent == "Send wave 1").Click();
        dialogs.WaitForElement(".btn.p").Click();

        page.WaitForAssertion(() => page.Markup.ShouldContain("Sent:"));
        var members = await portal.Enrollments.MembersAsync(cohort.Id, default);
        members.ShouldAllBe(one => one.State == EnrollmentState.Invited);
        page.WaitForAssertion(() => page.FindAll("td.name").Count.ShouldBe(Math.Min(50, members.Count)));
        page.Find("h1").TextContent.ShouldContain($"0 of {members.Count}");
        page.Markup.ShouldContain($"0 delivered, {portal.Mails.All.Count} on their way. No SMTP server in this test.");
    }

    [Fact]
    public async Task Shrinking_NamesWhoGoesBack_AndSaysByWhom()
    {
        var cohort = await portal.CohortAsync();
        await portal.WaveAsync(cohort.Id, 5);
        var last = (await portal.Enrollments.MembersAsync(cohort.Id, default))[^1].Project;
        await portal.GoAsync(last, EnrollmentState.Accepted, EnrollmentState.Moving, EnrollmentState.Moved);
        var page = Open<CohortPage>("/cohorts/1", of => of.Add(one => one.Id, cohort.Id));

        IElement Form() => page.FindAll("form").Single(one => one.TextContent.Contains("Change the share", StringComparison.Ordinal));
        Form().QuerySelector("input[type=number]")!.Change("1");
        Form().QuerySelector("input[maxlength]")!.Change("too many");
        Form().Submit();

        page.WaitForAssertion(() => page.FindAll("[role=status]").Select(one => one.TextContent).ShouldContain(said => said.Contains($"go back to docker: project {last.Number}. The portal takes their change out", StringComparison.Ordinal)));
        (await portal.Enrollments.ActiveAsync(last, default))!.State.ShouldBe(EnrollmentState.Returning);
    }

    [Fact]
    public async Task Share_CannotBeChangedWithoutAReason_AndBadLinesOfAFileAreAllNamed()
    {
        var cohort = await portal.CohortAsync();
        var page = Open<CohortPage>("/cohorts/1", of => of.Add(one => one.Id, cohort.Id));

        page.FindAll("form").Single(one => one.TextContent.Contains("Share", StringComparison.Ordinal)).Submit();
        page.Find("[role=alert]").TextContent.ShouldContain("Say why");

        page.Find("details textarea").Change("path,kind,target,until,reason\nteam/none,hand-picked,kubernetes,,x\nteam/app-1,odd,kubernetes,,x\n");
        page.Find("details form").Submit();
        page.FindAll("[role=alert]").Count.ShouldBe(2);

        page.Find("details textarea").Change("path,kind,target,until,reason\nteam/app-1,hand-picked,kubernetes,,asked for it\n");
        page.Find("details form").Submit();
        page.WaitForAssertion(() => page.Markup.ShouldContain("1 came in, 0 changed"));
        page.Find("td.name").TextContent.ShouldBe("project 1");
    }

    [Fact]
    public void CohortThatIsNotThere_LeadsBack() => Open<CohortPage>("/cohorts/9", of => of.Add(one => one.Id, 9)).Markup.ShouldContain("There is no cohort 9");

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<T> Open<T>(string address, Action<ComponentParameterCollectionBuilder<T>>? set = null)
        where T : IComponent
    {
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var person = new ClaimsPrincipal(new ClaimsIdentity([new(PortalClaims.Instance, "production"), new(ClaimTypes.NameIdentifier, "1"), new(ClaimTypes.Role, PortalClaims.AdminRole), new(PortalClaims.Scope, "admin")], "test"));
        return kit.Render<T>(of =>
        {
            of.AddCascadingValue(Task.FromResult(new AuthenticationState(person)));
            set?.Invoke(of);
        });
    }

    private sealed class NoProjects : IProjectStore
    {
        public Task<IReadOnlyDictionary<ProjectId, ObservedProject>> FindAsync(IReadOnlyCollection<ProjectId> ids, CancellationToken cancel) => Task.FromResult<IReadOnlyDictionary<ProjectId, ObservedProject>>(new Dictionary<ProjectId, ObservedProject>());

        public Task SaveAsync(IReadOnlyCollection<ObservedProject> projects, CancellationToken cancel) => throw new NotSupportedException();

        public Task<ObservedProject?> FindAsync(ProjectId id, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<ObservedProject>> ListAsync(InstanceId instance, string? search, int limit, string? after, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<ProjectId>> UnreadAsync(InstanceId instance, DateTimeOffset notSince, int limit, CancellationToken cancel) => throw new NotSupportedException();
    }

    /// <summary>Ten jobs of each moved project, three of them on docker.</summary>
    private sealed class Elsewhere(CohortPortal portal) : IRanJobs
    {
        public Task<IReadOnlyList<RanJobs>> SinceAsync(InstanceId instance, IReadOnlyCollection<Enrollment> enrollments, CancellationToken cancel) => Task.FromResult<IReadOnlyList<RanJobs>>(
            [.. portal.Enrollments.All.Where(one => one.State == EnrollmentState.Moved).SelectMany(one => (RanJobs[])[new(one.Project, TagSet.Of("k8s-default"), ExecutorFamily.Docker, 3), new(one.Project, TagSet.Of("k8s-default"), ExecutorFamily.Kubernetes, 7)])]);
    }
}
