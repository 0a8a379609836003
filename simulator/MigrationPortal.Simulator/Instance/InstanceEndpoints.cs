using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationPortal.Simulator;

/// <summary>The instance itself: version, settings, the caller's own token.</summary>
internal static class InstanceEndpoints
{
    public const string Revision = "5a8c3f2b9d1";

    public static void Map(ApiRoutes api)
    {
        api.Get("/version", c => ApiAnswer.Ok(new { Version = c.World.Options.GitLabVersion, Revision }), Scopes.ReadUser);
        api.Get("/metadata", Metadata, Scopes.ReadUser);
        api.Get("/personal_access_tokens/self", Self, [.. Scopes.Known]);
        api.Get("/application/settings", c => c.IsAdmin ? ApiAnswer.Ok(c.Instance.Settings.Values.DeepClone()) : ApiAnswer.Forbidden());
        api.Put("/application/settings", ChangeSettings);
    }

    private static ApiAnswer Metadata(ApiCall call) => ApiAnswer.Ok(new
    {
        Version = call.World.Options.GitLabVersion,
        Revision,
        Kas = new Dictionary<string, object?>
        {
            ["enabled"] = false,
            ["externalUrl"] = null,
            ["externalK8sProxyUrl"] = null,
            ["version"] = null,
        },
        Enterprise = false,
    });

    private static ApiAnswer Self(ApiCall call) => call.Token!.Kind != TokenKind.Personal
        ? ApiAnswer.Message(400, "400 Bad request - This endpoint requires the personal access token in use")
        : ApiAnswer.Ok(new
        {
            call.Token.Id,
            call.Token.Name,
            call.Token.Revoked,
            call.Token.CreatedAt,
            Description = (string?)null,
            call.Token.Scopes,
            UserId = call.Me.Id,
            LastUsedAt = call.Token.CreatedAt,
            Active = true,
            ExpiresAt = call.Token.ExpiresAt?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        });

    private static ApiAnswer ChangeSettings(ApiCall call)
    {
        if (!call.IsAdmin)
        {
            return ApiAnswer.Forbidden();
        }

        var values = call.Instance.Settings.Values;
        foreach (var name in values.Select(v => v.Key).Where(n => n != "id" && call.Params.Has(n)).ToArray())
        {
            values[name] = values[name]?.GetValueKind() is JsonValueKind.True or JsonValueKind.False && call.Params.Flag(name) is { } flag
                ? JsonValue.Create(flag)
                : call.Params.Node(name)?.DeepClone();
        }

        return ApiAnswer.Ok(values.DeepClone());
    }
}
