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

    private static readonly JobEvent Ignored = new JobEvent.Ignored();

    private readonly SharedTexts _texts = new();
    private readonly Sender[] _senders = [.. options.Instances.Select(Sender.Of)];

    public JobEvent Read(in EventProof proof, ReadOnlySpan<byte> body)
    {
        if (SenderOf(proof, body) is not { } instance)
            return new JobEvent.NotProven("No configured instance's WebhookToken or WebhookSigningToken proves this event.");
        JobEventBody job;
        try
        {
            job = JobEventBody.Read(body, _texts);
        }
        catch (JsonException fault)
        {
            return new JobEvent.Unreadable($"The body is not a GitLab event: {fault.Message}");
        }

        if (!job.IsJob) return Ignored;
        if (job.BuildId <= 0 || job.ProjectId <= 0) return new JobEvent.Unreadable("The event has no build_id or project_id.");
        return new JobEvent.Observed(Observed(instance, job));
    }

    private InstanceId? SenderOf(in EventProof proof, ReadOnlySpan<byte> body)
    {
        var now = time.GetUtcNow();
        Span<byte> given = stackalloc byte[WebhookSecret.HashLength];
        if (proof.Token is { } token) WebhookSecret.Hash(token, given);
        foreach (var one in _senders)
        {
            // With a signing token configured the weaker proof does not count any more.
            var proven = one.Key is { } key
                ? proof is { Id: { } id, Timestamp: { } timestamp, Signatures: { } signatures } && MessageSignature.IsSigned(key, id, timestamp, signatures, body, now)
                : one.Secret is { } secret && proof.Token is not null && WebhookSecret.IsSecret(secret, given);
            if (proven) return one.Instance;
        }

        return null;
    }

    private static JobObservation Observed(InstanceId instance, in JobEventBody job)
    {
        var status = GitLabWords.Status(job.Status);
        return new JobObservation(
            new JobId(instance, job.BuildId), new ProjectId(instance, job.ProjectId), status, JobSource.Webhook,
            job.Name ?? "", job.Stage, job.Ref, null, null, job.PipelineId, null,
            job.CreatedAt,
            job.StartedAt is { } start && job.QueuedDuration is { } queued and >= 0 and < LongestWait ? start - TimeSpan.FromSeconds(queued) : null,
            job.StartedAt, job.FinishedAt, job.RunnerId, null, null,
            // On every other status GitLab sends unknown_failure, the enum's null value.
            status == JobStatus.Failed ? job.FailureReason : null,
            null, job.AllowFailure);
    }

    /// <param name="Secret">Hash of the plain secret.</param>
    private sealed record Sender(InstanceId Instance, byte[]? Key, byte[]? Secret)
    {
        public static Sender Of(GitLabInstanceOptions one) => new(
            one.Id,
            one.WebhookSigningToken is { } signing ? SigningSecret.Key(signing) : null,
            one is { WebhookSigningToken: null, WebhookToken: { } secret } ? WebhookSecret.Hash(secret) : null);
    }
}
