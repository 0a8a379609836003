using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <param name="Log">As GitLab gives it, with colours and timestamps; only its last 64 KiB are read.</param>
/// <param name="FailureReason">GitLab's word, such as script_failure; words that are not known here are taken too.</param>
/// <param name="ExitCode">Of the script, -1 to 32767 as GitLab stores it.</param>
public sealed record ClassifyBody([property: JsonConverter(typeof(LogText))] string? Log, string? FailureReason, int? ExitCode);

/// <param name="Class">One of the classes of failures, or unknown.</param>
/// <param name="Rule">The readiness rule that warns of it, such as R05; null where there is none.</param>
/// <param name="ExecutorRelated">Whether such failures come from where a job runs rather than from its code.</param>
/// <param name="Blame">runner, code, or unknown: also where a known class can be of either making.</param>
/// <param name="Excerpt">The line that decided and up to three around it, without secrets.</param>
public sealed record ClassifyView(string Class, string? Rule, string Explanation, string Remedy, bool ExecutorRelated, FailureBlame Blame, IReadOnlyList<string> Excerpt);

/// <summary>Stateless: was it the runner or the code? The log is read and forgotten.</summary>
internal static class ClassifyEndpoint
{
    /// <summary>Bytes: a log of 4 MiB, the runner's own limit, with every escape written out.</summary>
    private const long LongestBody = 16 * 1024 * 1024;

    private const int LongestReason = 100;

    /// <summary>GitLab keeps exit codes as small integers.</summary>
    private const int HighestExitCode = short.MaxValue;

    private const string Description = """
        Reads the end of the log, so of a longer one its last 64 KiB do. `class` is one word of a fixed list or `unknown`; `exit-code` is a failure of the script itself.
        `blame` is `runner`, `code` or `unknown`; a timeout, for one, can be of either making. Nothing is stored.
        """;

    public static void MapClassify(this IEndpointRouteBuilder api) =>
        api.MapPost("/failures/classify", Classify).RequireScope(TokenScope.SelfService, TokenScope.Read).WithTags("Readiness").WithMetadata(new RequestSizeLimitAttribute(LongestBody))
            .WithSummary("Was it the runner or the code? The class of a failed job, why, and what to do, from the end of its log")
            .WithDescription(Description);

    private static Results<Ok<ClassifyView>, ProblemHttpResult> Classify(ClassifyBody body)
    {
        var errors = new RequestErrors();
        if (body.Log is null) errors.Add("log", "Needed: the job's log, or its end.");
        if (body.FailureReason?.Length > LongestReason) errors.Add("failureReason", $"At most {LongestReason} characters.");
        if (body.ExitCode is < -1 or > HighestExitCode) errors.Add("exitCode", $"Must lie between -1 and {HighestExitCode}; leave it out when it is not known.");
        if (errors.Any) return errors.ToProblem();

        var verdict = FailureClassifier.Classify(body.Log!, body.FailureReason, body.ExitCode);
        return TypedResults.Ok(new ClassifyView(verdict.Class, verdict.Rule, verdict.Explanation, verdict.Remedy, verdict.ExecutorRelated, verdict.Blame, verdict.Excerpt));
    }
}

/// <summary>A log holds whatever programs print, also U+0000, and is never stored: other than all other texts it is taken as it is.</summary>
internal sealed class LogText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException("The value could not be converted.");
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("The text is not valid Unicode.");
        }
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
