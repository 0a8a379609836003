using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Tests.Hosting;
using MigrationPortal.World;

namespace MigrationPortal.Web.Tests.Cohorts;

/// <summary>Failed jobs explained: to those who maintain the project, in their own name, and to nobody else.</summary>
[Collection(PortalCollection.Name)]
public sealed class FailureApiTests(PortalFixture portal)
{
    [Fact]
    public async Task SomebodyElsesProject_IsNotThere_OnEveryRoute()
    {
        var (name, _, others) = portal.GitLab.Production.Do(People.Maintainer);
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);
        var antiforgery = await person.AntiforgeryAsync();

        foreach (var other in others.Take(5))
        {
            var job = portal.GitLab.Production.Do(world => world.Jobs.OfProject(world.Directory.FindProject(other)!, [JobStatus.Failed], null, 0, 1) is [var failed] ? failed.Id : 1);
            (await person.GetAsync($"projects/{other}/failures")).ShouldRefuse(404, "not-found");
            (await person.SendAsync(HttpMethod.Post, $"projects/{other}/failures/{job}/explain", null, antiforgery)).ShouldRefuse(404, "not-found");
        }
    }

    [Fact]
    public async Task Maintainer_HearsWhy_InTheirOwnName_AndTheLogIsReadOnce()
    {
        var (name, project, job, log) = portal.GitLab.Production.Do(Failed);
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);
        var before = (await person.GetAsync($"projects/{project}/failures")).ShouldBe(200).Json["items"]!.AsArray();
        before.Count.ShouldBeInRange(1, 10);
        before.ShouldContain(one => one!["jobId"]!.GetValue<long>() == job);
        before.ShouldAllBe(one => one!["url"]!.GetValue<string>().StartsWith(portal.GitLab.Address.ToString(), StringComparison.Ordinal));

        var spent = await MonitoringAsync();
        var told = (await person.SendAsync(HttpMethod.Post, $"projects/{project}/failures/{job}/explain", null, await person.AntiforgeryAsync())).ShouldBe(200).Json["explained"]!;
        (await MonitoringAsync()).ShouldBe(spent, "the person's own token read it");
        told["log"]!.GetValue<string>().ShouldBe("read");
        told["explanation"]!.GetValue<string>().ShouldNotBeEmpty();
        told["excerpt"]!.AsArray().Select(line => line!.GetValue<string>()).ShouldAllBe(line => log.Contains(line, StringComparison.Ordinal));

        (await person.GetAsync($"projects/{project}/failures")).ShouldBe(200).Json["items"]!.AsArray().Single(one => one!["jobId"]!.GetValue<long>() == job)!["explained"]!.ToJsonString().ShouldBe(told.ToJsonString());
        (await portal.Api.PostAsync($"projects/{project}/failures/{job}/explain")).ShouldBe(200).Json["explained"]!["readAt"]!.ToJsonString().ShouldBe(told["readAt"]!.ToJsonString());
    }

    [Fact]
    public async Task AnotherProjectsJob_OrOneThatDidNotFail_IsRefused()
    {
        var (_, project, job, _) = portal.GitLab.Production.Do(Failed);
        var (other, fine, home) = portal.GitLab.Production.Do(world => (
            world.Directory.Projects.First(one => one.Id != project && !one.Archived).Id,
            world.Directory.Projects.SelectMany(one => world.Jobs.OfProject(one, [JobStatus.Success], null, 0, 1)).First().Id,
            world.Directory.Projects.SelectMany(one => world.Jobs.OfProject(one, [JobStatus.Success], null, 0, 1)).First().Project.Id));

        (await portal.Api.PostAsync($"projects/{other}/failures/{job}/explain")).ShouldRefuse(404, "unknown-job");
        (await portal.Api.PostAsync($"projects/{home}/failures/{fine}/explain")).ShouldRefuse(409, "not-failed");
    }

    /// <summary>A maintainer's job that failed in the last week, on a runner.</summary>
    private static (string Name, int Project, long Job, string Log) Failed(GitLabWorld world)
    {
        var since = world.Now - TimeSpan.FromDays(6);
        foreach (var user in world.Directory.Users.Where(one => one is { IsAdmin: false, State: UserState.Active }))
            foreach (var project in world.Directory.Projects.Where(project => !project.Archived && world.Directory.AccessTo(user, project) >= AccessLevel.Maintainer))
                if (world.Jobs.OfProject(project, [JobStatus.Failed], null, 0, 1).FirstOrDefault(one => one.FinishedAt > since && one.RanOn is not null && one.Cause == Cause.Script) is { } job) return (user.Username, project.Id, job.Id, world.Truth.Trace(job));
        throw new InvalidOperationException("No maintainer's job failed lately.");
    }

    private async Task<long> MonitoringAsync()
    {
        var (budget, clock) = (portal.Services.GetRequiredService<IBudgetStore>(), portal.Services.GetRequiredService<TimeProvider>());
        var now = clock.GetUtcNow();
        return (await budget.SpendingAsync(new InstanceId("production"), new TimeWindow(now.AddHours(-1), now.AddMinutes(1)), default)).Where(one => one.Purpose == "logs").Sum(one => one.Taken);
    }
}
