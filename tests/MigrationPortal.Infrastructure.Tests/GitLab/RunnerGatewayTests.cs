using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Tests.GitLab;

public sealed class RunnerGatewayTests
{
    private const string Runner = """{"id":12,"tag_list":["linux","docker"],"run_untagged":true,"paused":false,"access_level":"ref_protected","locked":null,"new_field":{}}""";

    private static readonly RunnerId Twelve = new(StubGitLab.Instance, 12);

    private static readonly RunnerAttributes Wanted = new(TagSet.Of("docker", "k8s-default"), false, true, RunnerAccessLevel.NotProtected);

    [Fact]
    public async Task Read_Runner_AnswersItsAttributes()
    {
        var stub = new StubGitLab().Then(200, Runner);
        var answer = (await Gateway(stub).ReadAsync([Twelve], default)).Single();
        answer.ShouldBe(new GitLabAnswer.Runner(new RunnerAttributes(TagSet.Of("docker", "linux"), true, false, RunnerAccessLevel.RefProtected)));
        stub.Asked.Single().ShouldBe(("GET", "https://gitlab.example.com/ci/api/v4/runners/12?include_projects=false", null, "glpat-write"));
    }

    [Fact]
    public async Task Read_Several_IsOneRequest_AndWhatItDoesNotShowIsAskedForSingly()
    {
        var stub = new StubGitLab()
            .Then(200, """{"data":{"r12":{"id":"gid://gitlab/Ci::Runner/12","tagList":["linux","docker"],"runUntagged":true,"paused":false,"accessLevel":"REF_PROTECTED","maintenanceNote":"ask Kim"},"r13":null}}""")
            .Then(404, """{"message":"404 Runner Not Found"}""");
        var answers = await Gateway(stub).ReadAsync([Twelve, Twelve with { Number = 13 }], default);
        answers.ShouldBe([new GitLabAnswer.Runner(new RunnerAttributes(TagSet.Of("docker", "linux"), true, false, RunnerAccessLevel.RefProtected), "ask Kim"), new GitLabAnswer.Gone()]);
        stub.Asked.Select(one => (one.Method, one.Url, one.Token)).ShouldBe([
            ("POST", "https://gitlab.example.com/ci/api/graphql", "glpat-write"),
            ("GET", "https://gitlab.example.com/ci/api/v4/runners/13?include_projects=false", "glpat-write")]);
    }

    [Theory]
    [InlineData(401, typeof(GitLabAnswer.Unavailable))]
    [InlineData(403, typeof(GitLabAnswer.Refused))]
    public async Task Read_Several_WhenGraphQlRefuses_AnswersAsRestDoes(int status, Type kind)
    {
        var stub = new StubGitLab().Then(status, """{"message":"no"}""");
        (await Gateway(stub).ReadAsync([Twelve, Twelve with { Number = 13 }], default)).ShouldAllBe(answer => answer.GetType() == kind);
        stub.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Write_Attributes_SendsOnePutWithTheWholeTagList()
    {
        var stub = new StubGitLab().Then(200, Runner);
        await Gateway(stub).WriteAsync(Twelve, Wanted, "moved", default);
        var (method, url, body, token) = stub.Asked.Single();
        (method, url, token).ShouldBe(("PUT", "https://gitlab.example.com/ci/api/v4/runners/12", "glpat-write"));
        body.ShouldBe("""{"tag_list":["docker","k8s-default"],"run_untagged":false,"paused":true,"maintenance_note":"moved"}""");
    }

    [Fact]
    public async Task Write_WithoutNote_LeavesTheNoteAlone()
    {
        var stub = new StubGitLab().Then(200, Runner);
        await Gateway(stub).WriteAsync(Twelve, Wanted, null, default);
        stub.Asked.Single().Body!.ShouldNotContain("maintenance_note");
    }

    [Theory]
    [InlineData("""{"message":{"tags_list":["can not be empty when runner is not allowed to pick untagged jobs"]}}""", "tags_list: can not be empty when runner is not allowed to pick untagged jobs")]
    [InlineData("""{"message":"403 Forbidden - No access granted"}""", "403 Forbidden - No access granted")]
    [InlineData("""{"error":"insufficient_scope","error_description":"The request requires higher privileges."}""", "insufficient_scope: The request requires higher privileges.")]
    [InlineData("""{"error":"runner_id is missing, paused is invalid"}""", "runner_id is missing, paused is invalid")]
    public async Task Write_Refused_KeepsGitLabsOwnMessage(string body, string message)
    {
        var stub = new StubGitLab().Then(400, body);
        (await Gateway(stub).WriteAsync(Twelve, Wanted, null, default)).ShouldBe(new GitLabAnswer.Refused(400, message));
        stub.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Write_TokenRevoked_IsUnavailable_NamingTheSetting()
    {
        var stub = new StubGitLab().Then(401, """{"error":"invalid_token","error_description":"Token was revoked. You have to re-authorize from the user."}""");
        var answer = (await Gateway(stub).WriteAsync(Twelve, Wanted, null, default)).ShouldBeOfType<GitLabAnswer.Unavailable>();
        answer.Message.ShouldStartWith("Portal:GitLab:Instances:0:WriteToken is not accepted by GitLab");
        answer.RetryAfter.ShouldNotBeNull();
        (await Gateway(stub).DeleteAsync(Twelve, default)).ShouldBe(answer);
    }

    [Fact]
    public async Task Read_NotThere_IsGone() =>
        (await Gateway(new StubGitLab().Then(404, """{"message":"404 Runner Not Found"}""")).ReadAsync([Twelve], default)).Single().ShouldBe(new GitLabAnswer.Gone());

    [Fact]
    public async Task Delete_AnsweredByNothing_IsGone()
    {
        var stub = new StubGitLab().Then(204, "");
        (await Gateway(stub).DeleteAsync(Twelve, default)).ShouldBe(new GitLabAnswer.Gone());
        stub.Asked.Single().Method.ShouldBe("DELETE");
    }

    [Fact]
    public async Task Delete_RunnerOfSeveralProjects_IsRefused() =>
        (await Gateway(new StubGitLab().Then(403, """{"message":"Runner associated with more than one project"}""")).DeleteAsync(Twelve, default))
            .ShouldBe(new GitLabAnswer.Refused(403, "Runner associated with more than one project"));

    [Fact]
    public async Task Write_429WithRetryAfter_WaitsAsAskedAndHoldsTheLane()
    {
        var stub = new StubGitLab().Then(429, "Retry later", "text/plain", ("Retry-After", "15")).Then(200, Runner);
        var before = stub.Time.GetUtcNow();
        (await stub.Run(Gateway(stub).WriteAsync(Twelve, Wanted, null, default))).ShouldBeOfType<GitLabAnswer.Runner>();
        (stub.Time.GetUtcNow() - before).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(15));
        stub.Budget.Held.Single().ShouldBe((RequestLane.Operations, before + TimeSpan.FromSeconds(15)));
    }

    [Fact]
    public async Task APersonIsThrottled_OperationsAreNot()
    {
        var stub = new StubGitLab().Then(429, "Retry later", "text/plain", ("Retry-After", "15")).Then(200, "[]");
        (await stub.Run(stub.Services().GetRequiredService<IGitLabIdentity>().MaintainedProjectsAsync(StubGitLab.Instance, "a-persons-token", default))).ShouldNotBeNull().ShouldBeEmpty();
        stub.Asked.Count.ShouldBe(2);
        stub.Budget.Held.ShouldBeEmpty();
    }

    [Fact]
    public async Task RunningJobs_AreWhatGitLabSays_AndNoneOfARunnerThatIsGone()
    {
        var stub = new StubGitLab().Then(200, """[{"id":7,"status":"running"},{"id":8,"status":"running"}]""").Then(404, """{"message":"404 Not found"}""");
        var gateway = Gateway(stub);
        (await stub.Run(gateway.RunningJobsAsync(Twelve, default))).ShouldBe(2);
        (await stub.Run(gateway.RunningJobsAsync(Twelve, default))).ShouldBe(0);
        stub.Asked[0].Url.ShouldContain("status=running");
    }

    [Fact]
    public async Task Write_429OfTheApplicationLimiter_IsToldAtOnce_AndTheLaneIsHeldForAMinute()
    {
        var stub = new StubGitLab().Then(429, """{"message":{"error":"This endpoint has been requested too many times. Try again later."}}""").Then(200, Runner);
        var before = stub.Time.GetUtcNow();
        (await stub.Run(Gateway(stub).WriteAsync(Twelve, Wanted, null, default))).ShouldBeOfType<GitLabAnswer.Unavailable>().RetryAfter.ShouldBe(TimeSpan.FromSeconds(60));
        stub.Time.GetUtcNow().ShouldBe(before);
        stub.Budget.Held.Single().ShouldBe((RequestLane.Operations, before + TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task LaneIsHeldForLong_WhoeverAsksIsToldWithoutAskingGitLab()
    {
        var stub = new StubGitLab().Then(200, Runner);
        stub.Budget.Answer = _ => TimeSpan.FromSeconds(45);
        (await stub.Run(Gateway(stub).ReadAsync([Twelve], default))).Single().ShouldBeOfType<GitLabAnswer.Unavailable>().RetryAfter.ShouldBe(TimeSpan.FromSeconds(45));
        stub.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Write_429WithReset_WaitsByTheServersClock()
    {
        var server = DateTimeOffset.UnixEpoch.AddYears(100);
        var stub = new StubGitLab()
            .Then(429, "Retry later", "text/plain", ("RateLimit-Reset", $"{server.AddSeconds(12).ToUnixTimeSeconds()}"), ("Date", server.ToString("R")))
            .Then(200, Runner);
        var before = stub.Time.GetUtcNow();
        (await stub.Run(Gateway(stub).WriteAsync(Twelve, Wanted, null, default))).ShouldBeOfType<GitLabAnswer.Runner>();
        (stub.Time.GetUtcNow() - before).ShouldBeInRange(TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Write_DroppedThen502_IsRetriedUntilAnswered()
    {
        var stub = new StubGitLab().ThenDrops().Then(502, "<html>Bad Gateway</html>", "text/html").Then(200, Runner);
        (await stub.Run(Gateway(stub).WriteAsync(Twelve, Wanted, null, default))).ShouldBeOfType<GitLabAnswer.Runner>();
        stub.Asked.Count.ShouldBe(3);
        stub.Asked.ShouldAllBe(one => one.Body != null && one.Token == "glpat-write");
    }

    [Fact]
    public async Task Write_GitLabStaysDown_IsUnavailable()
    {
        var stub = new StubGitLab().Then(503, "down", "text/plain");
        var answer = await stub.Run(Gateway(stub).WriteAsync(Twelve, Wanted, null, default));
        answer.ShouldBeOfType<GitLabAnswer.Unavailable>().Message.ShouldBe("GitLab 'production': answers 503");
        stub.Asked.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Read_HtmlInsteadOfJson_SaysThatAnotherServerStandsThere()
    {
        var answer = (await Gateway(new StubGitLab().Then(200, "<html>Welcome</html>", "text/html")).ReadAsync([Twelve], default)).Single();
        answer.ShouldBeOfType<GitLabAnswer.Unavailable>().Message.ShouldContain("answers text/html (200) where GitLab's API answers JSON");
    }

    [Fact]
    public async Task Read_JsonOfAnotherForm_IsUnavailable()
    {
        var answer = (await Gateway(new StubGitLab().Then(200, """["not","a","runner"]""")).ReadAsync([Twelve], default)).Single();
        answer.ShouldBeOfType<GitLabAnswer.Unavailable>().Message.ShouldContain("in a form that is not GitLab's");
    }

    [Fact]
    public async Task Read_Redirected_NeverFollowsWithTheToken()
    {
        var stub = new StubGitLab().Then(302, "", "text/html", ("Location", "https://elsewhere.example.com/login?secret=1"));
        var answer = (await Gateway(stub).ReadAsync([Twelve], default)).Single();
        answer.ShouldBeOfType<GitLabAnswer.Unavailable>().Message.ShouldContain("redirects to https://elsewhere.example.com/login: set Url");
        stub.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Write_InObserveMode_IsRefusedWithoutAsking()
    {
        var stub = new StubGitLab();
        var gateway = stub.Services(writes: false).GetRequiredService<IRunnerGateway>();
        (await gateway.WriteAsync(Twelve, Wanted, null, default)).ShouldBeOfType<GitLabAnswer.Refused>().Message.ShouldContain("observe mode");
        (await gateway.DeleteAsync(Twelve, default)).ShouldBeOfType<GitLabAnswer.Refused>().Message.ShouldContain("observe mode");
        stub.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_InObserveMode_UsesTheReadToken()
    {
        var stub = new StubGitLab().Then(200, Runner);
        (await stub.Services(writes: false).GetRequiredService<IRunnerGateway>().ReadAsync([Twelve], default)).Single().ShouldBeOfType<GitLabAnswer.Runner>();
        stub.Asked.Single().Token.ShouldBe("glpat-read");
    }

    private static IRunnerGateway Gateway(StubGitLab stub) => stub.Services().GetRequiredService<IRunnerGateway>();
}
