using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Jobs;

[Collection(PortalCollection.Name)]
public sealed class HookApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Event_ProvenByItsSecret_IsRecorded()
    {
        var finished = await FinishedAsync();

        (await SendAsync(PortalFixture.HookSecret + "qa", Job(900_001, "success"))).ShouldBe(200);
        (await SendAsync(PortalFixture.HookSecret + "qa", Job(900_001, "success"))).ShouldBe(200);

        await PortalFixture.UntilAsync(async () => await FinishedAsync() > finished);
        (await SendAsync(PortalFixture.HookSecret + "qa", Job(900_004, "success"))).ShouldBe(200);
        await PortalFixture.UntilAsync(async () => await FinishedAsync() > finished + 1);
        (await FinishedAsync()).ShouldBe(finished + 2);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("another secret")]
    public async Task Event_WithoutProof_IsRefused(string? secret) => (await SendAsync(secret, Job(900_002, "success"))).ShouldRefuse(401, "not-proven");

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{\"object_kind\":\"build\"}")]
    [InlineData("{\"object_kind\":\"build\",\"build_id\":\"x\"}")]
    [InlineData("{\"object_kind\":\"build\",\"build_id\":5,\"project_id\":-1,\"build_status\":\"success\"}")]
    public async Task Event_ThatIsNone_IsRefused(string body) => (await SendAsync(PortalFixture.HookSecret + "qa", body)).ShouldRefuse(400, "unreadable");

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    [InlineData(null)]
    public async Task Event_OfAForeignType_IsRefusedAsSuch_WhateverProvesIt(string? type)
    {
        var body = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(Job(900_006, "success")));
        if (type is not null) body.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue(type);

        (await portal.Stranger().SendAsync(HttpMethod.Post, "/hooks/gitlab", body, ("X-Gitlab-Token", PortalFixture.HookSecret + "qa"))).ShouldRefuse(415, "not-json");
    }

    [Fact]
    public async Task Taken_IsAnEmpty200()
    {
        var answer = (await SendAsync(PortalFixture.HookSecret + "qa", Job(900_005, "running"))).ShouldBe(200);

        answer.Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task Body_LongerThanAnyEvent_IsRefused() =>
        (await SendAsync(PortalFixture.HookSecret + "qa", new string(' ', 600 * 1024))).ShouldRefuse(413, "too-long");

    [Theory]
    [InlineData("null")]
    [InlineData("{\"object_kind\":\"pipeline\"}")]
    public async Task OtherEvent_IsTakenAndForgotten(string body) => (await SendAsync(PortalFixture.HookSecret + "qa", body)).ShouldBe(200);

    [Theory]
    [InlineData("\"build_name\":\"a\\u0000b\"")]
    [InlineData("\"build_name\":\"\\ud800\"")]
    [InlineData("\"build_status\":\"from-the-future\"")]
    [InlineData("\"build_queued_duration\":-5")]
    [InlineData("\"build_queued_duration\":1e300")]
    [InlineData("\"build_started_at\":\"0001-01-01 00:00:00 UTC\"")]
    [InlineData("\"build_finished_at\":\"not a time\"")]
    [InlineData("\"runner\":{\"id\":-9}")]
    [InlineData("\"ref\":null")]
    public async Task Event_WithAnOddField_IsNeverOurFault(string field)
    {
        var body = "{\"object_kind\":\"build\",\"build_id\":900003,\"project_id\":1,\"build_status\":\"running\",\"build_name\":\"x\",\"build_started_at\":\"2026-11-23 08:00:00 UTC\"," + field + "}";

        var answer = await SendAsync(PortalFixture.HookSecret + "qa", body);

        ((int)answer.Status).ShouldBeLessThan(500, answer.Text);
    }

    private static string Job(long id, string status) =>
        $$"""{"object_kind":"build","ref":"main","build_id":{{id}},"build_name":"unit","build_stage":"test","build_status":"{{status}}","build_created_at":"2026-11-23 08:00:00 UTC","build_started_at":"2026-11-23 08:00:05 UTC","build_finished_at":"2026-11-23 08:01:00 UTC","build_queued_duration":5,"project_id":1,"runner":{"id":1} }""";

    private async Task<long> FinishedAsync() =>
        (await portal.Api.GetAsync("insights/failure-rates?instance=qa&bucket=day&by=executor")).ShouldBe(200).Json["points"]!.AsArray().Sum(one => one!["finished"]!.GetValue<long>());

    private Task<PortalAnswer> SendAsync(string? secret, string body) => portal.Stranger().SendAsync(
        HttpMethod.Post, "/hooks/gitlab", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), [("X-Gitlab-Event", "Job Hook"), .. secret is null ? Array.Empty<(string, string)>() : [("X-Gitlab-Token", secret)]]);
}
