using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Access;

/// <summary>Answers to callers whose own name or session is needed.</summary>
internal static class OwnNameAnswers
{
    /// <param name="things">What is known by the session only: "projects".</param>
    public static ProblemHttpResult NoSession(string things) => Problems.Of(StatusCodes.Status403Forbidden, "sign-in-needed",
        $"Which {things} are the caller's own is known by their GitLab session only: sign in, or use a token with the scope 'read'.", new Dictionary<string, object?> { ["missingScope"] = "read" });

    /// <param name="whose">"A project is changed in its maintainer's own name".</param>
    /// <param name="page">Where the browser comes back to, with its slash.</param>
    /// <param name="instead">What else there is; null: nothing.</param>
    public static ProblemHttpResult ConsentNeeded(string whose, string page, string? instead = null) => Problems.Of(StatusCodes.Status403Forbidden, DeskCode.ConsentNeeded,
        $"{whose}: sign in with a browser and agree at 'consentUrl'. API tokens cannot{(instead is null ? "" : $"; {instead}")}.", new Dictionary<string, object?> { ["consentUrl"] = $"/account/consent?returnUrl={page}" });
}
