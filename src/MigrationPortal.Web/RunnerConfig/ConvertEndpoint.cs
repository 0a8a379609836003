using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Conversion;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>Stateless: a docker, docker+machine or docker-autoscaler configuration for Kubernetes, with a word on every key. What is sent is read and forgotten.</summary>
internal static class ConvertEndpoint
{
    /// <summary>Bytes: the longest text that is read, with every character escaped.</summary>

    private const string Description = """
        `keys` has one entry for each key of the source, in its order: `mapping` is `direct`, `approximate` (said or proposed, with a difference) or `impossible` (not to be said in a config.toml; the remedy names what to do instead),
        `parts` the entries of lists where they went different ways. Tokens, passwords and keys are never written again, and neither is the token of the old runner.
        `worksheet` says what the options of machines mean for a node pool. A file without a docker runner is refused with `no-docker-runner`.
        """;

    public static void MapConversion(this IEndpointRouteBuilder api)
    {
        api.MapPost("/runner-config/convert-many", ConvertManyEndpoint.Convert).RequireScope(TokenScope.Read).WithTags("Runner configurations").WithMetadata(new RequestSizeLimitAttribute(ConfigCheckEndpoints.LongestBody))
            .WithSummary("The same for many files at once: what became of each, the sum, and which impossible keys occur how often; as=zip gives the files and a report")
            .WithDescription(ConvertManyEndpoint.Description);
        api.MapPost("/runner-config/convert", Convert).RequireScope(TokenScope.Read).WithTags("Runner configurations").WithMetadata(new RequestSizeLimitAttribute(ConfigCheckEndpoints.LongestBody))
            .WithSummary("A docker configuration for Kubernetes: the new config.toml, and of every key what became of it and what to do")
            .WithDescription(Description);
    }

    private static Results<Ok<ConversionView>, ProblemHttpResult> Convert(ConvertBody body)
    {
        var errors = new RequestErrors();
        var document = Read(body.Toml, "toml", errors);
        var options = body.Options(errors);
        if (errors.Any) return errors.ToProblem();
        return ConvertConfig.Of(document!, options).Match<Results<Ok<ConversionView>, ProblemHttpResult>>(
            done => TypedResults.Ok(ConversionView.Of(done)),
            refused => Problems.Of(refused));
    }

    internal static ConfigDocument? Read(string? toml, string field, RequestErrors errors)
    {
        if (string.IsNullOrWhiteSpace(toml))
        {
            errors.Add(field, "Needed: the text of a config.toml.");
            return null;
        }

        var reading = ConfigDocument.Read(toml);
        foreach (var fault in reading.Faults.Take(10)) errors.Add(field, string.Create(CultureInfo.InvariantCulture, $"It is no TOML: line {fault.Line}, column {fault.Column}: {fault.Message}"));
        if (reading.Document is null)
            foreach (var sentence in ConvertMany.Template(toml)) errors.Add(field, sentence);
        return reading.Document;
    }
}
