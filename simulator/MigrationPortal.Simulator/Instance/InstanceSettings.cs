using System.Text.Json.Nodes;

namespace MigrationPortal.Simulator;

/// <summary>The application settings that an administrator may change, as far as they are shown.</summary>
internal sealed class InstanceSettings
{
    public JsonObject Values { get; } = new()
    {
        ["id"] = 1,
        ["shared_runners_enabled"] = true,
        ["valid_runner_registrars"] = new JsonArray("project", "group"),
        ["allow_runner_registration_token"] = false,
        ["runner_token_expiration_interval"] = null,
        ["group_runner_token_expiration_interval"] = null,
        ["project_runner_token_expiration_interval"] = null,
        ["outbound_local_requests_whitelist"] = new JsonArray(),
        ["allow_local_requests_from_web_hooks_and_services"] = true,
        ["throttle_authenticated_api_enabled"] = false,
        ["throttle_authenticated_api_requests_per_period"] = 7200,
        ["throttle_authenticated_api_period_in_seconds"] = 3600,
        ["project_jobs_api_rate_limit"] = 600,
        ["projects_api_limit"] = 2000,
        ["project_api_limit"] = 400,
        ["admin_mode"] = false,
    };
}
