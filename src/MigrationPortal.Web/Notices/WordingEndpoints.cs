using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Notices;

/// <param name="Text">As it is said now.</param>
/// <param name="Usual">What it says unless somebody wrote another.</param>
/// <param name="Names">What may stand in braces.</param>
public sealed record WordingView(string Key, string Title, string Text, string Usual, bool IsOwn, IReadOnlyList<string> Names)
{
    internal static WordingView Of(Wording piece, string? own) => new(piece.Key, piece.Title, own ?? piece.Usual, piece.Usual, own is not null, piece.Names);
}

public sealed record WordingBody(string? Text);

/// <summary>Texts of mails and pages in admins' own words.</summary>
internal static class WordingEndpoints
{
    public static void MapWordings(this IEndpointRouteBuilder api)
    {
        var wordings = api.MapGroup("/wordings").WithTags("Notices");
        wordings.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("Texts of mails and pages that can be put into other words");
        wordings.MapPut("/{key}", PutAsync).RequireScope(TokenScope.Admin).WithSummary("Puts a text into own words");
        wordings.MapDelete("/{key}", DeleteAsync).RequireScope(TokenScope.Admin).WithSummary("Takes own words back: it says the usual again");
    }

    private static async Task<Ok<IReadOnlyList<WordingView>>> ListAsync(IWordings wordings, CancellationToken cancel)
    {
        var own = await wordings.ReadAsync(cancel);
        return TypedResults.Ok<IReadOnlyList<WordingView>>([.. Wording.All.Select(piece => WordingView.Of(piece, own.GetValueOrDefault(piece.Key)))]);
    }

    private static async Task<Results<Ok<WordingView>, ProblemHttpResult>> PutAsync(string key, WordingBody body, ClaimsPrincipal caller, ChangeWording change, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        if (body.Text is null) errors.Add("text", "Needed. To have the usual words again, use DELETE.");
        return errors.Any ? errors.ToProblem() : await ChangedAsync(key, body.Text, caller, change, cancel);
    }

    private static Task<Results<Ok<WordingView>, ProblemHttpResult>> DeleteAsync(string key, ClaimsPrincipal caller, ChangeWording change, CancellationToken cancel) => ChangedAsync(key, null, caller, change, cancel);

    private static async Task<Results<Ok<WordingView>, ProblemHttpResult>> ChangedAsync(string key, string? text, ClaimsPrincipal caller, ChangeWording change, CancellationToken cancel) =>
        (await change.RunAsync(key, text, caller.Actor(), cancel)).TryGet(out var now, out var no)
            ? TypedResults.Ok(WordingView.Of(Wording.All.First(one => one.Key == key), text is null ? null : now))
            : Problems.Of(no);
}
