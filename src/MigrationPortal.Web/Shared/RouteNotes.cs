namespace MigrationPortal.Web.Shared;

/// <summary>Query words that a handler reads by itself, for the OpenAPI document.</summary>
internal sealed record QueryWords(IReadOnlyList<string> Words);

/// <summary>The route honours <c>If-Match</c>.</summary>
internal sealed record VersionTaken;

internal static class RouteNotes
{
    public static RouteHandlerBuilder TakesVersion(this RouteHandlerBuilder route) => route.WithMetadata(new VersionTaken());
}
