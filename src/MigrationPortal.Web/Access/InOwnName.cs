using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts;

namespace MigrationPortal.Web.Access;

/// <summary>The token by which a click on a page is done in the person's name; without one the browser goes to GitLab's own question and comes back to the page.</summary>
public sealed class InOwnName(ActingSessions acting, NavigationManager navigation)
{
    /// <returns>Null: the browser is on its way to GitLab's question.</returns>
    public async Task<PersonToken?> TokenAsync(ClaimsPrincipal person, CancellationToken cancel)
    {
        if (await acting.TokenAsync(person, cancel) is { } token)
        {
            if (navigation.Uri.Contains(ConsentNotice.Agreed + "=", StringComparison.Ordinal)) navigation.NavigateTo(navigation.GetUriWithQueryParameter(ConsentNotice.Agreed, (string?)null), replace: true);
            return token;
        }

        var here = "/" + navigation.ToBaseRelativePath(navigation.GetUriWithQueryParameter(ConsentNotice.Agreed, "1"));
        navigation.NavigateTo($"account/consent?returnUrl={Uri.EscapeDataString(here)}", forceLoad: true);
        return null;
    }
}
