using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Gates;

/// <param name="Taken">False when this message was taken before: again it changes nothing.</param>
public sealed record ExternalTakenView(bool Taken);

/// <summary>Where external gates post their answers. The signature is the whole sign-in, as with GitLab's events.</summary>
internal static class ExternalAnswerEndpoint
{
    public const string Path = "hooks/gates/";

    /// <summary>Bytes of a body.</summary>
    private const int Longest = 16 * 1024;

    public static void MapExternalAnswers(this IEndpointRouteBuilder routes) => routes.MapPost($"/{Path}{{name}}", TakeAsync).AllowAnonymous()
        .WithTags("Hooks").WithSummary("Takes the signed answer of an external gate: `verdict`, `sentence` and `expiresAt`").WithMetadata(new RequestSizeLimitAttribute(Longest));

    private static async Task<Results<Accepted<ExternalTakenView>, ProblemHttpResult>> TakeAsync(
        string name, HttpContext http, InstanceDirectory instances, TakeExternalAnswer take, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, cancel);
        var headers = http.Request.Headers;
        var post = new SignedPost(headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString(), body.ToArray());
        return await take.RunAsync(of, name, post, cancel) switch
        {
            Outcome<bool>.Done { Result: var taken } => TypedResults.Accepted((string?)null, new ExternalTakenView(taken)),
            Outcome<bool>.Refused { Refusal: { Code: TakeExternalAnswer.NotProvenCode } no } => Problems.Of(StatusCodes.Status401Unauthorized, no.Code, no.Reasons[0]),
            Outcome<bool>.Refused { Refusal: var no } => Problems.Of(no),
            _ => throw new InvalidOperationException("An outcome is done or refused."),
        };
    }
}
