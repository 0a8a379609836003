using System.Net;

namespace MigrationPortal.Simulator;

/// <summary>
/// GitLab's own question before an application may act for somebody. Asked for the scope <c>api</c> only: for reading, the
/// application counts as authorized.
/// </summary>
internal static class ConsentPage
{
    private const string Decision = "decision";

    private static readonly string Template = PageFile.Read("OAuth.consent.html");

    public static bool Asks(AuthorizationRequest request) => request.ScopeList.Contains(Scopes.Api);

    /// <summary>True, false, or null while nothing was decided.</summary>
    public static bool? Decided(Parameters p) => p.Text(Decision) switch
    {
        "allow" => true,
        "deny" => false,
        _ => null,
    };

    /// <param name="others">Where another account can be chosen.</param>
    public static string Render(AuthorizationRequest request, string username, string instance, string others) => Template
        .Replace("{{client}}", Html(request.ClientId), StringComparison.Ordinal)
        .Replace("{{instance}}", Html(instance), StringComparison.Ordinal)
        .Replace("{{username}}", Html(username), StringComparison.Ordinal)
        .Replace("{{others}}", Html(others), StringComparison.Ordinal)
        .Replace("{{scopes}}", string.Concat(request.ScopeList.Select(scope => $"<li>{Html(scope)}</li>")), StringComparison.Ordinal)
        .Replace("{{fields}}", SignInPage.Fields(request) + $"""<input type="hidden" name="username" value="{Html(username)}">""", StringComparison.Ordinal);

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
