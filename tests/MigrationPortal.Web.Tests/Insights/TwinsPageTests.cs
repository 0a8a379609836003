using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Cohorts.TwinRuns;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Insights;

public sealed class TwinsPageTests : IAsyncDisposable
{
    private readonly KitContext kit = new();
    private readonly MemoryTwins twins = new();

    [Fact]
    public void NoPair_SaysWhatOneIs() => Render().Markup.ShouldContain("No job was tried on both");

    [Fact]
    public void Pairs_SayHowManyDiffer_WithLimits_AndLeadToTheJobs()
    {
        for (var at = 0; at < 4; at++) Add($"job-{at}", JobStatus.Success, at == 0 ? JobStatus.Failed : JobStatus.Success);
        var page = Render();

        page.Find("h1").TextContent.ShouldBe("1 of 4\u00a0pairs failed on Kubernetes alone, 0 on docker alone");
        page.Find("dl").TextContent.ShouldContain("+25.00\u00a0pp");
        page.Find("dl").TextContent.ShouldContain("50\u00a0%");
        page.FindAll("tbody tr").Count.ShouldBe(4);
        page.FindAll("tbody a[href='https://gitlab.example/-/jobs/2']").Count.ShouldBe(4);
        page.FindAll("tbody a").Count(link => link.TextContent == "failed").ShouldBe(1);
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<TwinsPage> Render()
    {
        kit.AddLivePages();
        kit.Services.AddSingleton(new ReadTwins(twins, null!));
        kit.Services.AddSingleton<IProjectStore>(new MemoryProjects());
        return kit.Render<TwinsPage>();
    }

    private void Add(string job, JobStatus docker, JobStatus kubernetes) => twins.All.Add(new TwinRun(
        twins.All.Count + 1, new ProjectId(PageServices.Production, 7), job, "0123456789", "b", [], [], [], [], TwinState.Ended, TwinBranch.Gone, null, null, Half(1, docker, "docker"), Half(2, kubernetes, "kubernetes"), null, Actor.Portal,
        KitContext.Now.AddHours(-2), KitContext.Now.AddHours(-1), 1));

    private static TwinHalf Half(long job, JobStatus status, string executor) => new(job, status, null, 5, new Executor(executor), 2, 40, $"https://gitlab.example/-/jobs/{job}");
}
