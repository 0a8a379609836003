using System.Globalization;
using System.Text.Json;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>Verifies and reads job events. The instance is the one whose secret proves the event, not the one that a header names.</summary>
internal sealed class GitLabWebhook(GitLabOptions options, TimeProvider time) : IJobEventReader
{
    /// <summary>Seconds: GitLab drops jobs long before, so anything else is not a time in the queue.</summary>
    private const double LongestWait = 400 * 86_400d;

    private static readonly string[] TimeForms = ["yyyy-MM-dd HH:mm:ss 'UTC'", "yyyy-MM-dd HH:mm:ss.FFFFFFF 'UTC'", "yyyy-MM-dd HH:mm:ss zzz"];

    public JobEvent Read(IReadOnlyDictionary<string, string> headers, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if (Sender(headers, body) is not { } instance)
            return new JobEvent.NotProven("No configured instance's WebhookToken or WebhookSigningToken proves this event.");
        JobEventDto? job;
        try
        {
            job = JsonSerializer.Deserialize(body, RestJson.Default.JobEventDto);
        }
        catch (JsonException fault)
        {
            return new JobEvent.Unreadable($"The body is not a GitLab event: {fault.Message}");
        }
        if (job?.ObjectKind != "build") return new JobEvent.Ignored();
        if (job.BuildId <= 0 || job.ProjectId <= 0) return new JobEvent.Unreadable("The event has no build_id or project_id.");
        return new JobEvent.Observed(instance, Observed(instance, job));
    }

    private InstanceId? Sender(IReadOnlyDictionary<string, string> headers, ReadOnlySpan<byte> body)
    {
        foreach (var one in options.Instances)
            if (IsProven(one, headers, body)) return one.Id;
        return null;
    }

    private bool IsProven(GitLabInstanceOptions instance, IReadOnlyDictionary<string, string> headers, ReadOnlySpan<byte> body)
    {
        // With a signing token configured the weaker proof does not count any more.
        if (instance.WebhookSigningToken is { } signing)
            return Header(headers, "webhook-id") is { } id && Header(headers, "webhook-timestamp") is { } timestamp && Header(headers, "webhook-signature") is { } signatures
                && WebhookSignature.Key(signing) is { } key && WebhookSignature.IsSigned(key, id, timestamp, signatures, body, time.GetUtcNow());
        return instance.WebhookToken is { } secret && Header(headers, "X-Gitlab-Token") is { } given && WebhookSignature.IsSecret(secret, given);
    }

    private static JobObservation Observed(InstanceId instance, JobEventDto job)
    {
        var status = GitLabWords.Status(job.BuildStatus);
        var started = Time(job.BuildStartedAt);
        return new JobObservation(
            new JobId(instance, job.BuildId), new ProjectId(instance, job.ProjectId), status, JobSource.Webhook,
            job.BuildName ?? "", job.BuildStage, job.Ref, null, null, job.PipelineId, null,
            Time(job.BuildCreatedAt),
            started is { } start && job.BuildQueuedDuration is { } queued and >= 0 and < LongestWait ? start - TimeSpan.FromSeconds(queued) : null,
            started, Time(job.BuildFinishedAt), job.Runner?.Id, null, null,
            // On every other status GitLab sends unknown_failure, the enum's null value.
            status == JobStatus.Failed ? job.BuildFailureReason : null,
            null, job.BuildAllowFailure);
    }

    private static string? Header(IReadOnlyDictionary<string, string> headers, string name)
    {
        if (headers.TryGetValue(name, out var value)) return value;
        foreach (var (key, other) in headers)
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) return other;
        return null;
    }

    private static DateTimeOffset? Time(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, utc, out var exact) ? exact
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out var iso) ? iso : null;
    }
}
