using System.Text.Json.Nodes;
using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Readiness;

[Collection(PortalCollection.Name)]
public sealed class ClassifyApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Log_IsExplained()
    {
        var answer = (await ClassifyAsync(new { log = "$ ping -c1 db\nping: permission denied (are you root?)\nERROR: Job failed: command terminated with exit code 1\n", failureReason = "script_failure", exitCode = 1 })).ShouldBe(200).Json;

        (Text(answer, "class"), Text(answer, "rule"), Text(answer, "blame")).ShouldBe(("ping-cap", "R05", "runner"));
        answer["executorRelated"]!.GetValue<bool>().ShouldBeTrue();
        Text(answer, "explanation").ShouldNotBeNullOrWhiteSpace();
        Text(answer, "remedy").ShouldNotBeNullOrWhiteSpace();
        answer["excerpt"]!.AsArray().Select(line => line!.GetValue<string>()).ShouldContain("ping: permission denied (are you root?)");
    }

    [Theory]
    [InlineData("""{"log":"ERROR: Job failed: exit code 1"}""", "exit-code", false, "code")]
    [InlineData("""{"log":"ERROR: Job failed: exit code 1","failureReason":null,"exitCode":null}""", "exit-code", false, "code")]
    [InlineData("""{"log":"","failureReason":"a_word_of_gitlab_21","exitCode":null}""", "unknown", false, "unknown")]
    [InlineData("""{"log":"","failureReason":"job_execution_timeout"}""", "timeout", true, "unknown")]
    [InlineData("""{"log":"","exitCode":-1}""", "exit-code", false, "code")]
    [InlineData("""{"log":"\u0000\u001b[31mERROR: Job failed: command terminated with exit code 137\u001b[0m\u0000"}""", "oom-child", true, "runner")]
    public async Task WhatIsLeftOut_IsNotKnown(string body, string expected, bool related, string blame)
    {
        var answer = (await portal.Api.RawAsync(HttpMethod.Post, "failures/classify", body)).ShouldBe(200).Json;

        (Text(answer, "class"), answer["executorRelated"]!.GetValue<bool>(), Text(answer, "blame")).ShouldBe((expected, related, blame));
    }

    [Theory]
    [InlineData("{}", "log")]
    [InlineData("""{"log":null,"exitCode":1}""", "log")]
    [InlineData("""{"log":7}""", "log")]
    [InlineData("""{"log":"x","exitCode":40000}""", "exitCode")]
    [InlineData("""{"log":"x","exitCode":-2}""", "exitCode")]
    [InlineData("""{"log":"x","exitCode":"1"}""", "exitCode")]
    [InlineData("""{"log":"x","failureReason":5}""", "failureReason")]
    [InlineData("""{"log":"x","failureReason":"a\u0000b"}""", "failureReason")]
    [InlineData("""{"log":"x","reason":"y"}""", "reason")]
    public async Task Mistake_IsNamedWithItsField(string body, string field) =>
        (await portal.Api.RawAsync(HttpMethod.Post, "failures/classify", body)).ShouldBe(400).Errors.Keys.ShouldBe([field]);

    [Fact]
    public async Task Mistakes_AreAllNamed()
    {
        var answer = (await ClassifyAsync(new { failureReason = new string('x', 101), exitCode = 99999 })).ShouldBe(400);

        answer.Errors.Keys.ShouldBe(["log", "failureReason", "exitCode"], ignoreOrder: true);
    }

    [Fact]
    public async Task LogOfFourMebibytes_IsRead()
    {
        var log = string.Concat(Enumerable.Repeat("\u001b[32;1mcompiling one of very many files\u001b[0;m\n", 90_000)) + "ERROR: Job failed (system failure): pod \"ci/r\" is being deleted\n";

        Text((await ClassifyAsync(new { log, failureReason = "runner_system_failure" })).ShouldBe(200).Json, "class").ShouldBe("pod-deleted");
    }

    [Fact]
    public async Task Secrets_DoNotComeBack()
    {
        var answer = (await ClassifyAsync(new { log = "cloning https://ci:hunter22@git.example.org/x.git\nping: socket: Operation not permitted\nexport DB_PASSWORD=hunter22", exitCode = 2 })).ShouldBe(200);

        answer.Text.ShouldNotContain("hunter22");
        Text(answer.Json, "class").ShouldBe("ping-cap");
    }

    [Theory]
    [InlineData("read", 200)]
    [InlineData("selfservice", 200)]
    [InlineData("operate", 403)]
    public async Task Scope_ReadOrSelfService(string scope, int status) =>
        (await (await portal.WithScopesAsync(scope)).PostAsync("failures/classify", new { log = "x" })).ShouldBe(status);

    private Task<PortalAnswer> ClassifyAsync(object body) => portal.Api.PostAsync("failures/classify", body);

    private static string? Text(JsonNode answer, string field) => answer[field]?.GetValue<string>();
}
