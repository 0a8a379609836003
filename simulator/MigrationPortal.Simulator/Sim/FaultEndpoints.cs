using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace MigrationPortal.Simulator;

/// <summary><c>/_sim/faults</c>: what goes wrong on the wire.</summary>
internal static class FaultEndpoints
{
    private const string Known =
        "Fields: kind (latency, status, rate-limit, rate-limit-app, drop, html), path, method, status, latencyMs, rate, count, retryAfter, after.";

    public static void Map(IEndpointRouteBuilder sim)
    {
        sim.MapGet("/faults", (FaultRules rules) => rules.List());
        sim.MapPost("/faults", AddAsync);
        sim.MapDelete("/faults", (FaultRules rules) => Clear(rules, null));
        sim.MapDelete("/faults/{id:int}", (int id, FaultRules rules) => Clear(rules, id));
    }

    // Read here and not bound: a misspelt field must be named, not silently make another fault.
    private static async Task<IResult> AddAsync(HttpContext http, FaultRules rules, IOptions<JsonOptions> json)
    {
        try
        {
            return await http.Request.ReadFromJsonAsync<FaultRule>(json.Value.SerializerOptions, http.RequestAborted) is { } rule
                ? Add(rule, rules)
                : Results.BadRequest(new { error = $"a fault is needed. {Known}" });
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return Results.BadRequest(new { error = $"{fault.Message} {Known}" });
        }
    }

    private static IResult Add(FaultRule rule, FaultRules rules)
    {
        string[] problems =
        [
            .. rule.Rate is >= 0 and <= 1 ? [] : (string[])["rate is 0 to 1"],
            .. rule.LatencyMs is >= 0 and <= 600_000 ? [] : (string[])["latencyMs is 0 to 600000"],
            .. rule.Status is null or (>= 400 and <= 599) ? [] : (string[])["status is 400 to 599"],
            .. rule.Count is null or > 0 ? [] : (string[])["count is above 0"],
            .. rule.RetryAfter is null or >= 0 ? [] : (string[])["retryAfter is seconds from 0"],
        ];
        return problems.Length > 0 ? Results.BadRequest(new { error = string.Join("; ", problems) }) : Results.Created(
            (string?)null, new { id = rules.Add(rule) });
    }

    private static IResult Clear(FaultRules rules, int? id)
    {
        rules.Clear(id);
        return Results.NoContent();
    }
}
