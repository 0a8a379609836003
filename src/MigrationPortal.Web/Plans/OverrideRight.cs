using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Plans;

/// <summary>Whoever operates applies what nothing stops; waving a blocker through by name is an administrator's word.</summary>
internal static class OverrideRight
{
    public static ProblemHttpResult? Lacking(ClaimsPrincipal caller, IReadOnlyList<string>? overrides) =>
        overrides is null or { Count: 0 } || caller.Holds(TokenScope.Admin) ? null
            : Problems.Of(StatusCodes.Status403Forbidden, "scope-missing", "Overriding what stops a plan needs the scope 'admin'.",
                new Dictionary<string, object?> { ["missingScope"] = TokenScope.Admin.Word() });
}
