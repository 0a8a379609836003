using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.Tests.GitLab;

public sealed class GitLabWebhookTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 21, 10, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Key = Enumerable.Range(0, 32).Select(one => (byte)one).ToArray();
    private static readonly string SigningToken = "whsec_" + Convert.ToBase64String(Key);

    [Theory]
    [InlineData("2026-08-21 09:58:00 UTC")]
    [InlineData("2026-08-21T09:58:00.000Z")]
    [InlineData("2026-08-21T11:58:00+02:00")]
    public void Read_JobEvent_UnderstandsBothFormsOfTime(string startedAt)
    {
        var job = Read(WithSecret(), Body("running", startedAt)).ShouldBeOfType<JobEvent.Observed>();
        job.Job.Id.Instance.ShouldBe(new InstanceId("qa"));
        job.Job.StartedAt.ShouldBe(new DateTimeOffset(2026, 8, 21, 9, 58, 0, TimeSpan.Zero));
        job.Job.QueuedAt.ShouldBe(new DateTimeOffset(2026, 8, 21, 9, 57, 30, TimeSpan.Zero));
        (job.Job.Id.Number, job.Job.Project.Number, job.Job.RunnerNumber, job.Job.Source).ShouldBe((99, 5, 12, JobSource.Webhook));
        job.Job.Tags.ShouldBeNull();
    }

    [Theory]
    [InlineData("2026-13-21 09:58:00 UTC")]
    [InlineData("2026-02-30 09:58:00 UTC")]
    [InlineData("2026-08-21 24:00:00 UTC")]
    [InlineData("0000-08-21 09:58:00 UTC")]
    [InlineData("2026-08-21 0x:58:00 UTC")]
    public void Read_TimeThatIsNone_IsNotKnown(string startedAt) =>
        Read(WithSecret(), Body("running", startedAt)).ShouldBeOfType<JobEvent.Observed>().Job.StartedAt.ShouldBeNull();

    [Theory]
    [InlineData("failed", "runner_system_failure")]
    [InlineData("success", null)]
    [InlineData("running", null)]
    public void Read_FailureReason_CountsOnlyWhenFailed(string status, string? reason) =>
        Read(WithSecret(), Body(status, null, reason ?? "unknown_failure")).ShouldBeOfType<JobEvent.Observed>().Job.FailureReason.ShouldBe(reason);

    [Fact]
    public void Read_WrongOrNoSecret_IsNotProven()
    {
        Read(new EventProof("hook-secreT", null, null, null), Body("running")).ShouldBeOfType<JobEvent.NotProven>();
        Read(default, Body("running")).ShouldBeOfType<JobEvent.NotProven>();
    }

    [Fact]
    public void Read_Signed_IsProvenByAnyOfItsSignatures() =>
        Read(Signed(Body("running"), Now), Body("running")).ShouldBeOfType<JobEvent.Observed>().Job.Id.Instance.ShouldBe(new InstanceId("production"));

    [Fact]
    public void Read_SignedBodyChanged_IsNotProven() => Read(Signed(Body("running"), Now), Body("success")).ShouldBeOfType<JobEvent.NotProven>();

    [Theory]
    [InlineData(-6)]
    [InlineData(6)]
    public void Read_SignatureOutsideItsWindow_IsNotProven(int minutes) =>
        Read(Signed(Body("running"), Now.AddMinutes(minutes)), Body("running")).ShouldBeOfType<JobEvent.NotProven>();

    [Fact]
    public void Read_OtherEvent_IsIgnored() => Read(WithSecret(), """{"object_kind":"pipeline","object_attributes":{"id":1}}""").ShouldBeOfType<JobEvent.Ignored>();

    [Theory]
    [InlineData("prüfen 試験 \\\"a\\\\b\\\"", "prüfen 試験 \"a\\b\"")]
    [InlineData("caf\\u00e9", "café")]
    [InlineData("", "")]
    public void Read_Names_AreAsGitLabMeansThem(string written, string name)
    {
        var body = Body("running").Replace("\"build_name\":\"test\"", $"\"build_name\":\"{written}\"", StringComparison.Ordinal);
        var webhook = Webhook();
        foreach (var _ in Enumerable.Range(0, 2))
            webhook.Read(WithSecret(), Encoding.UTF8.GetBytes(body)).ShouldBeOfType<JobEvent.Observed>().Job.Name.ShouldBe(name);
    }

    [Fact]
    public void Read_NullMembers_AreNotKnown()
    {
        var job = Read(WithSecret(), """{"object_kind":"build","build_id":99,"project_id":5,"build_name":null,"ref":null,"runner":null,"pipeline_id":null,"build_queued_duration":null,"build_allow_failure":null}""")
            .ShouldBeOfType<JobEvent.Observed>().Job;
        (job.Name, job.Ref, job.RunnerNumber, job.PipelineId, job.QueuedAt, job.AllowFailure, job.Status).ShouldBe(("", null, null, null, null, null, JobStatus.Other));
    }

    [Theory]
    [InlineData("waiting_for_resource", JobStatus.WaitingForResource)]
    [InlineData("canceling", JobStatus.Canceling)]
    [InlineData("dancing", JobStatus.Other)]
    [InlineData("10", JobStatus.Other)]
    public void Read_Status_IsGitLabsWord(string word, JobStatus status) =>
        Read(WithSecret(), Body(word)).ShouldBeOfType<JobEvent.Observed>().Job.Status.ShouldBe(status);

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"object_kind":"build"}""")]
    [InlineData("""{"object_kind":"build","build_id":"99","project_id":5}""")]
    [InlineData("""{"object_kind":"build","build_id":99.5,"project_id":5}""")]
    [InlineData("""{"object_kind":"build","build_id":99,"project_id":5,"build_allow_failure":"yes"}""")]
    [InlineData("""{"object_kind":"build","build_id":99,"project_id":5,"runner":7}""")]
    [InlineData("""{"object_kind":"build","build_id":99,"project_id":5,"ref":["main"]}""")]
    [InlineData("""{"object_kind":"build","build_id":99,"project_id":5,"ref":"\ud800"}""")]
    [InlineData("""{"object_kind":"build","build_id":99,"project_id":5""")]
    [InlineData("""{"object_kind":"build","build_id":99,"project_id":5} {}""")]
    public void Read_Unreadable_SaysSo(string body) => Read(WithSecret(), body).ShouldBeOfType<JobEvent.Unreadable>();

    private static JobEvent Read(EventProof proof, string body) => Webhook().Read(proof, Encoding.UTF8.GetBytes(body));

    private static GitLabWebhook Webhook()
    {
        var options = new GitLabOptions
        {
            Instances = [new() { Name = "production", WebhookSigningToken = SigningToken }, new() { Name = "qa", WebhookToken = "hook-secret" }, new() { Name = "silent" }],
        };
        return new GitLabWebhook(options, new FakeTimeProvider(Now));
    }

    private static EventProof WithSecret() => new("hook-secret", null, null, null);

    private static EventProof Signed(string body, DateTimeOffset at)
    {
        var timestamp = $"{at.ToUnixTimeSeconds()}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes($"msg_1.{timestamp}.{body}")));
        return new EventProof(null, "msg_1", timestamp, $"v1,b2xkIGtleQ== v1,{signature}");
    }

    private static string Body(string status, string? startedAt = null, string reason = "unknown_failure") => $$"""
        {"object_kind":"build","ref":"main","tag":false,"build_id":99,"build_name":"test","build_stage":"test","build_status":"{{status}}",
         "build_created_at":"2026-08-21 09:57:00 UTC","build_started_at":{{(startedAt is null ? "null" : $"\"{startedAt}\"")}},"build_finished_at":null,
         "build_queued_duration":30.0,"build_allow_failure":false,"build_failure_reason":"{{reason}}","pipeline_id":7,
         "runner":{"id":12,"description":"docker-1","tags":["docker"]},"project_id":5,"project_name":"a / b","commit":{ "id":7 } }
        """;
}
