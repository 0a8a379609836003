using System.Globalization;
using System.Text.Json;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>Verifies and reads job events. The instance is the one whose secret proves the event, not the one that a header names.</summary>
internal sealed class GitLabWebhook(GitLabOptions options, TimeProvider time)
{
    /// <summary>Seconds: GitLab drops jobs long before, so anything else is not a time in the queue.</summary>
    private const double LongestWait = 400 * 86_400d;

    private static readonly string[] TimeForms = ["yyyy-MM-dd HH:mm:ss 'UTC'", "yyyy-MM-dd HH:mm:ss.FFFFFFF 'UTC'", "yyyy-MM-dd HH:mm:ss zzz"];
    private static readonly JobEvent Ignored = new JobEvent.Ignored();

    private readonly Sender[] _senders = [.. options.Instances.Select(Sender.Of)];

    public JobEvent Read(in EventProof proof, ReadOnlySpan<byte> body)
    {
        if (SenderOf(proof, body) is not { } instance)
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
        if (job?.ObjectKind != "build") return Ignored;
        if (job.BuildId <= 0 || job.ProjectId <= 0) return new JobEvent.Unreadable("The event has no build_id or project_id.");
        return new JobEvent.Observed(Observed(instance, job));
    }

    private InstanceId? SenderOf(in EventProof proof, ReadOnlySpan<byte> body)
    {
        var now = time.GetUtcNow();
        Span<byte> given = stackalloc byte[WebhookSignature.HashLength];
        if (proof.Token is { } token) WebhookSignature.Hash(token, given);
        foreach (var one in _senders)
        {
            // With a signing token configured the weaker proof does not count any more.
            var proven = one.Key is { } key
                ? proof is { Id: { } id, Timestamp: { } timestamp, Signatures: { } signatures } && WebhookSignature.IsSigned(key, id, timestamp, signatures, body, now)
                : one.Secret is { } secret && proof.Token is not null && WebhookSignature.IsSecret(secret, given);
            if (proven) return one.Instance;
        }

        return null;
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

    private static DateTimeOffset? Time(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (UsualTime(text) is { } usual) return usual;
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, utc, out var exact) ? exact
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out var iso) ? iso : null;
    }

    // "2026-08-21 10:00:00 UTC", three of them in each event, and general parsing is a quarter of an event's cost.
    private static DateTimeOffset? UsualTime(string text)
    {
        if (text.Length != 23 || text[10] != ' ' || !text.EndsWith(" UTC", StringComparison.Ordinal)) return null;
        return Number(text, 0, 4) is >= 1 and var year && Number(text, 5, 2) is >= 1 and <= 12 and var month
            && Number(text, 8, 2) is >= 1 and var day && day <= DateTime.DaysInMonth(year, month)
            && Number(text, 11, 2) is >= 0 and < 24 and var hour && Number(text, 14, 2) is >= 0 and < 60 and var minute && Number(text, 17, 2) is >= 0 and < 60 and var second
            ? new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero)
            : null;
    }

    private static int Number(string text, int at, int digits)
    {
        var number = 0;
        for (var end = at + digits; at < end; at++)
        {
            if (!char.IsAsciiDigit(text[at])) return -1;
            number = number * 10 + (text[at] - '0');
        }

        return number;
    }

    /// <param name="Secret">Hash of the plain secret.</param>
    private sealed record Sender(InstanceId Instance, byte[]? Key, byte[]? Secret)
    {
        public static Sender Of(GitLabInstanceOptions one) => new(
            one.Id,
            one.WebhookSigningToken is { } signing ? WebhookSignature.Key(signing) : null,
            one is { WebhookSigningToken: null, WebhookToken: { } secret } ? WebhookSignature.Hash(secret) : null);
    }
}
