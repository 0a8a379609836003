using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Audit;

/// <param name="Hash">SHA-256 over the hash before it and this entry, lower-case hex.</param>
public sealed record AuditView(long Sequence, DateTimeOffset At, string? Instance, string Who, string What, string Subject, string? Why, JsonElement? Before, JsonElement? After, string Hash)
{
    internal static AuditView Of(AuditRecord record) => new(
        record.Sequence, record.Entry.At, record.Entry.Instance?.Name, record.Entry.Who.ToString(), record.Entry.What, record.Entry.Subject, record.Entry.Why,
        Json(record.Entry.Before), Json(record.Entry.After), record.Hash);

    private static JsonElement? Json(string? text) => text is null ? null : JsonSerializer.Deserialize<JsonElement>(text);
}

/// <param name="FirstBroken">Sequence of the first entry whose hash does not follow; null when the chain holds.</param>
public sealed record AuditVerification(bool Valid, long Entries, long? FirstBroken);

internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("Audit").RequireScope(TokenScope.Read);
        audit.MapGet("", ListAsync).WithSummary("The trail, newest first");
        audit.MapGet("/verify", VerifyAsync).WithSummary("Recomputes the whole chain");
    }

    private static async Task<Results<Ok<PageOf<AuditView>>, ProblemHttpResult>> ListAsync(IAuditTrail trail, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        var rows = await trail.NewestAsync(paging.Limit + 1, paging.AfterNumber, cancel);
        return TypedResults.Ok(paging.Page(rows, AuditView.Of, row => row.Sequence.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Ok<AuditVerification>> VerifyAsync(IAuditTrail trail, CancellationToken cancel)
    {
        var verdict = await trail.VerifyAsync(cancel);
        return TypedResults.Ok(new AuditVerification(verdict.FirstBroken is null, verdict.Entries, verdict.FirstBroken));
    }
}
