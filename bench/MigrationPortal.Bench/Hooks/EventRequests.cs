using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Bench.Hooks;

/// <summary>
/// Whole HTTP requests that carry one finished job each, as GitLab sends them (some 3,000 bytes of body), made before the clock
/// runs: the client then only writes bytes.
/// </summary>
internal sealed class EventRequests
{
    public const string Secret = "the-secret-of-the-benchmark";

    private readonly List<ReadOnlyMemory<byte>> _requests = [];

    public EventRequests(string path, IEnumerable<JobObservation> jobs)
    {
        var body = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(body);
        foreach (var job in jobs)
        {
            body.ResetWrittenCount();
            json.Reset();
            Write(json, job);
            json.Flush();
            var head = Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: GitLab/19.2.1\r\nContent-Type: application/json\r\nX-Gitlab-Event: Job Hook\r\nX-Gitlab-Webhook-UUID: 0d9c5a52-0b2a-4f7e-9a56-3c8c52c0{job.Id.Number & 0xffff:x4}\r\nX-Gitlab-Instance: https://gitlab.example.org\r\nX-Gitlab-Token: {Secret}\r\nIdempotency-Key: 7a1c5a52-0b2a-4f7e-9a56-3c8c52c0{job.Id.Number & 0xffff:x4}\r\nContent-Length: {body.WrittenCount}\r\n\r\n"));
            _requests.Add((byte[])[.. head, .. body.WrittenSpan]);
        }
    }

    public int Count => _requests.Count;

    public ReadOnlyMemory<byte> this[int at] => _requests[at];

    private static void Write(Utf8JsonWriter json, JobObservation job)
    {
        var (project, pipeline, runner) = (job.Project.Number, job.PipelineId ?? 0, job.RunnerNumber ?? 0);
        var sha = string.Create(CultureInfo.InvariantCulture, $"{job.Id.Number * 2654435761:x16}{job.Id.Number * 40503:x24}");
        var web = string.Create(CultureInfo.InvariantCulture, $"https://gitlab.example.org/team-{project % 40}/service-{project}");
        json.WriteStartObject();
        json.WriteString("object_kind", "build");
        json.WriteString("ref", job.Ref);
        json.WriteBoolean("tag", false);
        json.WriteString("before_sha", "0000000000000000000000000000000000000000");
        json.WriteString("sha", sha);
        json.WriteNumber("retries_count", 0);
        json.WriteNumber("build_id", job.Id.Number);
        json.WriteString("build_name", job.Name);
        json.WriteString("build_stage", job.Stage);
        json.WriteString("build_status", job.Status == JobStatus.Failed ? "failed" : "success");
        json.WriteString("build_created_at", Time(job.CreatedAt));
        json.WriteString("build_started_at", Time(job.StartedAt));
        json.WriteString("build_finished_at", Time(job.FinishedAt));
        json.WriteNumber("build_duration", (job.FinishedAt - job.StartedAt)?.TotalSeconds ?? 0);
        json.WriteNumber("build_queued_duration", (job.StartedAt - job.QueuedAt)?.TotalSeconds ?? 0);
        json.WriteBoolean("build_allow_failure", false);
        json.WriteString("build_failure_reason", job.FailureReason ?? "unknown_failure");
        json.WriteNumber("pipeline_id", pipeline);
        json.WritePropertyName("runner");
        json.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $$"""{"id":{{runner}},"description":"runner-{{runner}}","runner_type":"instance_type","active":true,"is_shared":true,"tags":["docker","linux"]}"""));
        json.WriteNumber("project_id", project);
        json.WriteString("project_name", string.Create(CultureInfo.InvariantCulture, $"Team {project % 40} / Service {project}"));
        json.WritePropertyName("user");
        json.WriteRawValue("""{"id":4711,"name":"Mara Sommer","username":"mara","avatar_url":"https://gitlab.example.org/uploads/-/system/user/avatar/4711/avatar.png","email":"[REDACTED]"}""");
        json.WritePropertyName("commit");
        json.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $$"""{"id":{{pipeline}},"name":null,"sha":"{{sha}}","message":"Read the limits once a minute and not at each request\n\nThe table has some 400 rows and changes when an administrator says so; each request read it\nanew, which was a third of all queries of the service.\n\nSee merge request team/service!481","author_name":"Mara Sommer","author_email":"mara@example.org","author_url":"https://gitlab.example.org/mara","status":"running","duration":null,"started_at":"{{Time(job.StartedAt)}}","finished_at":null}"""));
        json.WritePropertyName("repository");
        json.WriteRawValue($$"""{"name":"Service","url":"git@gitlab.example.org:team/service.git","description":"The service that everybody needs","homepage":"{{web}}","git_http_url":"{{web}}.git","git_ssh_url":"git@gitlab.example.org:team/service.git","visibility_level":10}""");
        json.WritePropertyName("project");
        json.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $$"""{"id":{{project}},"name":"Service","description":"The service that everybody needs","web_url":"{{web}}","avatar_url":null,"git_ssh_url":"git@gitlab.example.org:team/service.git","git_http_url":"{{web}}.git","namespace":"Team","visibility_level":10,"path_with_namespace":"team-{{project % 40}}/service-{{project}}","default_branch":"main","ci_config_path":""}"""));
        json.WriteNull("environment");
        json.WriteEndObject();
    }

    private static string Time(DateTimeOffset? at) => at!.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
