using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace MigrationPortal.Simulator;

/// <summary><c>/_sim/deliveries</c>: webhooks that get lost or come twice, and how many did.</summary>
internal static class DeliveryEndpoints
{
    public static void Map(IEndpointRouteBuilder sim)
    {
        sim.MapGet("/deliveries", (HookPump pump) => pump.Told());
        sim.MapPut("/deliveries", SetAsync);
        sim.MapPut("/hooks/{id:int}/alert", SetAlert);
    }

    private static IResult SetAlert(int id, AlertRequest request, HttpContext http)
    {
        if (request.Status is not ("executable" or "temporarily_disabled" or "disabled"))
        {
            return Results.BadRequest(new { error = "status is executable, temporarily_disabled or disabled" });
        }

        return http.Instance().Do(world =>
        {
            if (world.Directory.Projects.SelectMany(p => p.Hooks).FirstOrDefault(h => h.Id == id) is not { } hook)
            {
                return Results.NotFound();
            }

            hook.AlertStatus = request.Status;
            return Results.NoContent();
        });
    }

    // Read here and not bound: a misspelt field must be named.
    private static async Task<IResult> SetAsync(HttpContext http, HookPump pump, IOptions<JsonOptions> json)
    {
        const string known = "Fields: lost, doubled (shares, together at most 1), seed.";
        try
        {
            if (await http.Request.ReadFromJsonAsync<DeliveryRule>(json.Value.SerializerOptions, http.RequestAborted) is not { } rule
                || rule.Lost is not >= 0 || rule.Doubled is not >= 0 || rule.Lost + rule.Doubled is not <= 1)
            {
                return Results.BadRequest(new { error = known });
            }

            pump.Faults.Rule = rule;
            return Results.Ok(pump.Told());
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return Results.BadRequest(new { error = $"{fault.Message} {known}" });
        }
    }

    private sealed record AlertRequest(string Status);
}
