using System.Diagnostics;
using Microsoft.Extensions.Logging;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using Polly.Timeout;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>
/// Innermost, once per attempt: pays from the budget, signs with the token, reads the body whole (so that a dropped
/// connection is retried), logs GitLab's request id. The token is in no log.
/// </summary>
internal sealed partial class GitLabWireHandler(
    InstanceId instance, RequestLane lane, string? token, RequestBudget budget, GitLabMetrics metrics, TimeProvider time, ILogger logger) : DelegatingHandler
{
    public static readonly HttpRequestOptionsKey<string> Purpose = new(IGitLabApi.Purpose);

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(30);

    private const int LongestBody = 32 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var purpose = request.Options.TryGetValue(Purpose, out var named) ? named : Purposes.User;
        await budget.TakeAsync(instance, lane, purpose, cancellationToken).ConfigureAwait(false);
        if (token is not null)
        {
            request.Headers.Remove("PRIVATE-TOKEN");
            request.Headers.Add("PRIVATE-TOKEN", token);
        }
        var began = Stopwatch.GetTimestamp();
        HttpResponseMessage? response = null;
        // From here on only: waiting for the budget's turn is not GitLab's slowness.
        using var deadline = new CancellationTokenSource(AttemptTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            response = await base.SendAsync(request, either.Token).ConfigureAwait(false);
            if (request.Options.TryGetValue(LogTail.Kept, out var kept)) response = await LogTail.CutAsync(response, kept, either.Token).ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(LongestBody, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            response?.Dispose();
            metrics.Request(instance, lane, purpose, 0, Stopwatch.GetElapsedTime(began));
            LogFailed(logger, instance, request.Method, request.RequestUri!.AbsolutePath, "no answer in time");
            throw new TimeoutRejectedException("No answer in time.", AttemptTimeout, fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            response?.Dispose();
            metrics.Request(instance, lane, purpose, 0, Stopwatch.GetElapsedTime(began));
            LogFailed(logger, instance, request.Method, request.RequestUri!.AbsolutePath, fault.Message);
            throw fault as HttpRequestException ?? new HttpRequestException(HttpRequestError.ResponseEnded, fault.Message, fault);
        }
        var status = (int)response.StatusCode;
        metrics.Request(instance, lane, purpose, status, Stopwatch.GetElapsedTime(began));
        LogAnswer(logger, status < 400 ? LogLevel.Debug : LogLevel.Information, instance, request.Method, request.RequestUri!.AbsolutePath, status, RequestId(response));
        // GitLab limits each user: a person who asks too often must not stop the portal's own operations.
        var personal = request.Headers.Authorization is not null;
        if (!personal && RetryAdvice.Pause(response, time) is { } wait) await budget.HoldAsync(instance, lane, wait, cancellationToken).ConfigureAwait(false);
        return response;
    }

    private static string RequestId(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Request-Id", out var ids) ? ids.FirstOrDefault() ?? "" : "";

    [LoggerMessage(EventId = 3001, Message = "GitLab {Instance}: {Method} {Path} answered {Status} (request {RequestId})")]
    private static partial void LogAnswer(ILogger logger, LogLevel level, InstanceId instance, HttpMethod method, string path, int status, string requestId);

    [LoggerMessage(3002, LogLevel.Warning, "GitLab {Instance}: {Method} {Path} failed: {Why}")]
    private static partial void LogFailed(ILogger logger, InstanceId instance, HttpMethod method, string path, string why);
}
