using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Plans;

namespace MigrationPortal.Web.Shared;

/// <summary>The single place where exceptions leave as problem details: what was malformed, what does not answer, and our own faults.</summary>
internal sealed partial class FaultAnswers(DatabaseFaults database, ILogger<FaultAnswers> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var answer = Answer(httpContext, exception);
        if (httpContext.IsApi()) await answer.ExecuteAsync(httpContext);
        else await WriteForPeopleAsync(httpContext, answer);
        return true;
    }

    private ProblemHttpResult Answer(HttpContext http, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException bad:
                return Malformed(bad);
            case GitLabUnavailableException gitLab:
                Unavailable(logger, gitLab.Message);
                http.Response.Headers.RetryAfter = Seconds(gitLab.RetryAfter ?? TimeSpan.FromSeconds(30));
                return Problems.Of(StatusCodes.Status503ServiceUnavailable, "gitlab-unavailable", gitLab.Message);
            case OperationMovedOnException:
                http.Response.Headers.RetryAfter = "1";
                return Problems.Of(StatusCodes.Status409Conflict, "operation-moved-on", "The operation moved on while this was decided. Read it again and repeat the request.");
            case var _ when database.Explain(exception) is { } why:
                DatabaseAway(logger, exception, why);
                http.Response.Headers.RetryAfter = "5";
                return Problems.Of(StatusCodes.Status503ServiceUnavailable, "database-unavailable", why);
            default:
                var trace = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
                Fault(logger, exception, http.Request.Method, http.Request.Path, trace);
                return Problems.Of(StatusCodes.Status500InternalServerError, "fault", "The portal made a mistake. The log holds the details under the trace id.",
                    new Dictionary<string, object?> { ["traceId"] = trace });
        }
    }

    // The frame of the pages needs sessions and so the database: a page of its own, without a look inside.
    private static Task WriteForPeopleAsync(HttpContext http, ProblemHttpResult answer)
    {
        var trace = answer.ProblemDetails.Extensions.TryGetValue("traceId", out var id) ? $" Trace {id}." : "";
        return answer.StatusCode == StatusCodes.Status503ServiceUnavailable
            ? WaitingPage.WriteAsync(http, "MigrationPortal cannot show this page now", answer.ProblemDetails.Detail!)
            : WaitingPage.WriteAsync(http, answer.StatusCode, "This page stopped with an error", answer.ProblemDetails.Detail + trace);
    }

    private static ProblemHttpResult Malformed(BadHttpRequestException bad)
    {
        if (bad.InnerException is JsonException json)
        {
            var field = string.IsNullOrEmpty(json.Path) || json.Path == "$" ? "body" : json.Path.TrimStart('$', '.');
            // The serializer's own words name our types, which tell a caller nothing.
            var what = json.Message.Contains("could not be converted", StringComparison.Ordinal) ? "The value has the wrong type."
                : json.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "This field is not known here."
                : json.Message.Split(" Path:")[0];
            return RequestErrors.Of(new Dictionary<string, string[]>
            {
                [field] = [string.Create(CultureInfo.InvariantCulture, $"{what} Line {json.LineNumber + 1}, position {json.BytePositionInLine + 1}. Send the type that the OpenAPI document names.")],
            });
        }

        // "Failed to bind parameter "Nullable<int> limit" from "abc"." names the parameter last.
        var quoted = bad.Message.Split('"');
        if (quoted.Length > 1 && quoted[1].Split(' ') is [.., var name])
        {
            var shown = quoted.Length > 3 ? $"'{quoted[3]}' has the wrong type or is missing." : "Needed, or of the wrong type.";
            return RequestErrors.Of(new Dictionary<string, string[]> { [name] = [$"{shown} Send the type that the OpenAPI document names."] });
        }

        var code = bad.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => "too-long",
            StatusCodes.Status415UnsupportedMediaType => "unsupported-media-type",
            _ => "malformed-request",
        };
        return Problems.Of(bad.StatusCode, code, bad.Message);
    }

    private static string Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(5001, LogLevel.Warning, "A request could not be answered: {Why}")]
    private static partial void Unavailable(ILogger logger, string why);

    [LoggerMessage(5002, LogLevel.Error, "A request could not be answered: {Why}")]
    private static partial void DatabaseAway(ILogger logger, Exception exception, string why);

    [LoggerMessage(5003, LogLevel.Error, "Fault in {Method} {Path}, trace {Trace}")]
    private static partial void Fault(ILogger logger, Exception exception, string method, string path, string trace);
}

/// <summary>Tells the database's faults from ours; filled by the host, which knows the driver.</summary>
/// <param name="Explain">A sentence for people, or null when the fault is of another kind.</param>
/// <param name="Now">The same sentence while something keeps the portal from reading or writing now, else null.</param>
public sealed record DatabaseFaults(Func<Exception, string?> Explain, Func<string?> Now);
