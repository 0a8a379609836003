using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Tests.GitLab;

public sealed class FleetReaderTests
{
    private const string First = """
        {"data":{"runners":{"pageInfo":{"hasNextPage":true,"endCursor":"abc"},"nodes":[
          {"id":"gid://gitlab/Ci::Runner/7","description":"docker-1","runnerType":"INSTANCE_TYPE","status":"ONLINE","paused":false,"locked":false,"runUntagged":true,
           "tagList":["docker","linux"],"accessLevel":"NOT_PROTECTED","maintenanceNote":null,"contactedAt":"2026-03-02T07:59:00.123Z","createdAt":"2025-03-02T07:59:00Z","projectCount":null,
           "managers":{"nodes":[{"systemId":"s_1","executorName":"docker+machine","version":"18.4.0","status":"ONLINE","contactedAt":"2026-03-02T07:59:00Z"},
                                {"systemId":"r_2","executorName":null,"version":null,"status":"STALE","contactedAt":null}]}}]}}}
        """;

    private const string Second = """
        {"data":{"runners":{"pageInfo":{"hasNextPage":false,"endCursor":null},"nodes":[
          {"id":"gid://gitlab/Ci::Runner/9","description":null,"runnerType":"PROJECT_TYPE","status":"NEVER_CONTACTED","paused":true,"locked":null,"runUntagged":false,
           "tagList":null,"accessLevel":"REF_PROTECTED","projectCount":200,
           "projects":{"pageInfo":{"hasNextPage":true},"nodes":[{"id":"gid://gitlab/Project/41"}]},"managers":{"nodes":[]}}]}}}
        """;

    private const string Owned = """
        {"data":{"runners":{"pageInfo":{"hasNextPage":false,"endCursor":null},"nodes":[
          {"id":"gid://gitlab/Ci::Runner/9","runnerType":"PROJECT_TYPE","paused":false,"runUntagged":false,"projectCount":2,
           "projects":{"pageInfo":{"hasNextPage":false},"nodes":[{"id":"gid://gitlab/Project/41"},{"id":"gid://gitlab/Project/42"}]}},
          {"id":"gid://gitlab/Ci::Runner/10","runnerType":"GROUP_TYPE","paused":false,"runUntagged":false,"groups":{"nodes":[{"id":"gid://gitlab/Group/5"}]}}]}}}
        """;

    private const string Nine = """{"id":9,"projects":[{"id":41,"name":"a"},{"id":42}],"groups":null}""";

    [Fact]
    public async Task Read_TwoPages_GivesAllRunnersWithManagersAndOwners()
    {
        var stub = new StubGitLab().Then(200, First, headers: ("Date", "Mon, 02 Mar 2026 08:00:05 GMT")).Then(200, Second).Then(200, Nine);
        var (takenAt, runners) = await Reader(stub).ReadAsync(StubGitLab.Instance, RequestLane.Monitoring, default);

        takenAt.ShouldBe(new DateTimeOffset(2026, 3, 2, 8, 0, 5, TimeSpan.Zero));
        runners.Select(one => one.Id.Number).ShouldBe([7, 9]);
        runners[0].Type.ShouldBe(RunnerType.Instance);
        runners[0].Attributes.ShouldBe(new RunnerAttributes(TagSet.Of("docker", "linux"), true, false, RunnerAccessLevel.NotProtected));
        runners[0].Managers.Select(one => (one.SystemId, one.Executor, one.Status)).ShouldBe(
            [("s_1", Executor.DockerMachine, RunnerStatus.Online), ("r_2", Executor.Unknown, RunnerStatus.Stale)]);
        runners[1].Status.ShouldBe(RunnerStatus.NeverContacted);
        runners[1].ProjectIds.ShouldBe([41, 42], ignoreOrder: true);
        stub.Asked.Select(one => (one.Method, one.Token)).ShouldBe([("POST", "glpat-read"), ("POST", "glpat-read"), ("GET", "glpat-read")]);
        stub.Asked[1].Body!.ShouldContain("\"variables\":{\"after\":\"abc\"}");
        stub.Budget.Taken.ShouldAllBe(one => one.Lane == RequestLane.Monitoring && one.Purpose == "fleet");
    }

    [Fact]
    public async Task Read_OwnedRunners_NeedsNoMoreRequests()
    {
        var stub = new StubGitLab().Then(200, Owned);
        var (_, runners) = await Reader(stub).ReadAsync(StubGitLab.Instance, RequestLane.Monitoring, default);
        runners[0].ProjectIds.ShouldBe([41, 42], ignoreOrder: true);
        (runners[1].GroupIds.Single(), runners[1].ProjectIds.Count).ShouldBe((5, 0));
        stub.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Read_SecondTime_RemembersOwnersOfARunnerWithManyProjects()
    {
        var stub = new StubGitLab().Then(200, Second).Then(200, Nine).Then(200, Second);
        var reader = Reader(stub);
        await reader.ReadAsync(StubGitLab.Instance, RequestLane.Monitoring, default);
        var (_, again) = await reader.ReadAsync(StubGitLab.Instance, RequestLane.Monitoring, default);
        again.Single().ProjectIds.ShouldBe([41, 42], ignoreOrder: true);
        stub.Asked.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Read_ForAnOperation_UsesTheOtherLane()
    {
        var stub = new StubGitLab().Then(200, Second).Then(200, Nine);
        await Reader(stub).ReadAsync(StubGitLab.Instance, RequestLane.Operations, default);
        stub.Budget.Taken.ShouldAllBe(one => one.Lane == RequestLane.Operations && one.Purpose == "operation");
    }

    [Fact]
    public async Task Read_GraphQlErrors_IsUnavailableWithItsWords()
    {
        var stub = new StubGitLab().Then(200, """{"errors":[{"message":"Query has complexity of 301, which exceeds max complexity of 300"}]}""");
        var fault = await Should.ThrowAsync<GitLabUnavailableException>(() => Reader(stub).ReadAsync(StubGitLab.Instance, RequestLane.Monitoring, default));
        fault.Message.ShouldContain("exceeds max complexity");
    }

    [Fact]
    public async Task Read_TokenRevoked_NamesTheStatus()
    {
        var stub = new StubGitLab().Then(401, """{"error":"invalid_token","error_description":"Token was revoked. You have to re-authorize from the user."}""");
        var fault = await Should.ThrowAsync<GitLabUnavailableException>(() => Reader(stub).ReadAsync(StubGitLab.Instance, RequestLane.Monitoring, default));
        fault.Status.ShouldBe(401);
        fault.Message.ShouldContain("Token was revoked");
        fault.Message.ShouldNotContain("glpat");
    }

    [Fact]
    public async Task Read_LongRetryAfter_DoesNotWaitInMonitoring()
    {
        var stub = new StubGitLab().Then(429, "Retry later", "text/plain", ("Retry-After", "600"));
        var fault = await Should.ThrowAsync<GitLabUnavailableException>(() => Reader(stub).ReadAsync(StubGitLab.Instance, RequestLane.Monitoring, default));
        fault.RetryAfter.ShouldBe(TimeSpan.FromMinutes(10));
        stub.Budget.Held.Single().Lane.ShouldBe(RequestLane.Monitoring);
    }

    private static IFleetReader Reader(StubGitLab stub) => stub.Services().GetRequiredService<IFleetReader>();
}
