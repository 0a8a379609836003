using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Instances;

/// <summary><c>Portal:GitLab</c>: which GitLab instances the portal watches and, with a write token, changes.</summary>
public sealed class GitLabOptions
{
    public const string Section = "Portal:GitLab";

    public List<GitLabInstanceOptions> Instances { get; init; } = [];

    /// <summary><c>Portal:PublicUrl</c>: the portal's own address as GitLab reaches it, with the path it is served under.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>What to do about a token that GitLab answers with 401.</summary>
    /// <param name="setting"><c>ReadToken</c> or <c>WriteToken</c>.</param>
    internal string NotAccepted(InstanceId instance, string setting) =>
        $"{Section}:Instances:{Instances.FindIndex(one => one.Id == instance)}:{setting} is not accepted by GitLab: it was revoked, has expired or is wrong. Restore it, or put a new one there and restart the portal.";

    public InstanceDirectory ToDirectory() => new([.. Instances.Select(one => one.ToInstance())]);
}

/// <summary>One GitLab instance as the operator wrote it.</summary>
public sealed class GitLabInstanceOptions
{
    public string Name { get; init; } = "";

    public InstanceKind Kind { get; init; }

    /// <summary>Base address, with the path where GitLab is served under one.</summary>
    public Uri? Url { get; init; }

    /// <summary>An administrator's token with scope <c>read_api</c>.</summary>
    public string ReadToken { get; init; } = "";

    /// <summary>An administrator's token with scope <c>api</c>; null or empty means observe mode.</summary>
    public string? WriteToken { get; init; }

    /// <summary>Secret that GitLab sends in <c>X-Gitlab-Token</c> with job events; without it and a signing token none are taken.</summary>
    public string? WebhookToken { get; init; }

    /// <summary><c>whsec_</c> and base64 of the key that signs job events (GitLab 19.0 and later).</summary>
    public string? WebhookSigningToken { get; init; }

    /// <summary>Answers <c>{now, speed}</c>: world time follows it. Only for demo and tests.</summary>
    public Uri? ClockUrl { get; init; }

    /// <summary>Monitoring's sustained requests a second, in (0, 1000].</summary>
    public double RequestsPerSecond { get; init; } = 1;

    /// <summary>Requests that monitoring may make at once after a pause, in [1, 10000].</summary>
    public double Burst { get; init; } = 10;

    /// <summary>The lane of operations, in (0, 1000].</summary>
    public double OperationsRequestsPerSecond { get; init; } = 20;

    /// <summary>Connections of the lane of operations, in [1, 64].</summary>
    public int OperationsConcurrency { get; init; } = 8;

    /// <summary>Days of finished jobs to read from before the portal came, in [0, 400].</summary>
    public int HistoryDays { get; init; } = 35;

    /// <summary>Months that single jobs are kept, in [1, 120]; sums of them stay for good. No shorter than <see cref="HistoryDays"/>.</summary>
    public int KeepJobsMonths { get; init; } = 6;

    /// <summary>Logs of failed jobs that are read a day and executor for the random sample, in [0, 500]; 0 reads none.</summary>
    public int LogSampleADay { get; init; } = 20;

    /// <summary>PEM file of certificate authorities to trust besides the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>HTTP proxy; when left out, <c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c> and <c>NO_PROXY</c> hold.</summary>
    public Uri? Proxy { get; init; }

    public InstanceId Id => new(Name);

    public bool CanWrite => !string.IsNullOrWhiteSpace(WriteToken);

    public BudgetLimit Limit(RequestLane lane) => lane == RequestLane.Operations
        ? new BudgetLimit(OperationsRequestsPerSecond, Math.Max(OperationsRequestsPerSecond, OperationsConcurrency))
        : new BudgetLimit(RequestsPerSecond, Burst);

    internal GitLabInstance ToInstance() => new(Id, Kind, Url!.ToString().TrimEnd('/'), CanWrite, ClockUrl is not null) { Monitoring = Limit(RequestLane.Monitoring) };
}
