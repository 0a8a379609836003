using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>What goes wrong, or is done by somebody else, inside the world: darkness, incidents, any input at all.</summary>
internal static class WorldEndpoints
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void Map(IEndpointRouteBuilder sim)
    {
        sim.MapPost("/runners/{id:int}/dark", (HttpContext http, int id, double? minutes) => ApplyAsync(http, new GoDark(id, null, minutes)));
        sim.MapDelete("/runners/{id:int}/dark", (HttpContext http, int id) => ApplyAsync(http, new ComeBack(id)));
        sim.MapPost("/clusters/{name}/dark", (HttpContext http, string name, double? minutes) => ApplyAsync(http, new GoDark(null, name, minutes)));
        sim.MapDelete("/clusters/{name}/dark", (HttpContext http, string name) => ApplyAsync(http, new ComeBack(null, name)));
        sim.MapGet("/incidents", (HttpContext http) => Results.Json(http.Instance().Do(w => w.Faults.Incidents.ToArray()), Json));
        sim.MapPost("/incidents", StartIncident);
        sim.MapDelete("/incidents/{id:int}", (HttpContext http, int id) => ApplyAsync(http, new EndIncident(id)));
        sim.MapPost("/act", (Delegate)ActAsync);
        sim.MapGet("/inputs", (HttpContext http, int? after) => Results.Json(Inputs(http.Instance(), after ?? 0), Json));
    }

    private static Task<IResult> StartIncident(HttpContext http, IncidentRequest request)
    {
        var executor = request.Executor is null ? (Executor?)null
            : Enum.GetValues<Executor>().FirstOrDefault(e => e.Wire() == request.Executor);
        return executor is Executor.Unknown || request.AddedRate is not (> 0 and <= 1)
            ? Task.FromResult(Results.BadRequest(new { error = "executor is a GitLab executor name; addedRate is above 0 and at most 1" }))
            : ApplyAsync(http, new StartIncident(
                request.Name ?? "incident", new IncidentReach(executor, request.Cluster, request.RunnerId), request.AddedRate, request.Minutes));
    }

    /// <summary>Any input of the world by its <c>kind</c>, such as another administrator's <c>runner-update</c>.</summary>
    private static async Task<IResult> ActAsync(HttpContext http)
    {
        try
        {
            return await http.Request.ReadFromJsonAsync<WorldInput>(Json, http.RequestAborted) is { } input
                ? await ApplyAsync(http, input)
                : Results.BadRequest(new { error = "an input is {\"kind\":\"runner-update\",\"runnerId\":1,...}" });
        }
        catch (JsonException e)
        {
            return Results.BadRequest(new { error = e.Message });
        }
    }

    /// <summary>Everything that was ever done to the world, in order: what took effect, and how often.</summary>
    private static InputPage Inputs(Instance instance, int after) => instance.Do(w => new InputPage([.. w.InputLog.Skip(after)], w.InputLog.Count));

    private static async Task<IResult> ApplyAsync(HttpContext http, WorldInput input)
    {
        var instance = http.Instance();
        var refusal = instance.Do(w => w.Apply(input).Refusal);
        if (refusal is not null)
        {
            return Results.Json(new { error = refusal.Message }, statusCode: refusal.Kind == RefusalKind.NotFound ? 404 : 409);
        }

        await http.RequestServices.GetRequiredService<Journal>().FlushAsync(instance);
        http.RequestServices.GetRequiredService<HookPump>().Collect(instance);
        return Results.Json(new { ok = true, now = instance.Do(w => w.Now) });
    }

    private sealed record InputPage(IReadOnlyList<RecordedInput> Items, int Next);

    /// <param name="AddedRate">Above 0, at most 1: share of jobs that fail on top of the base rate.</param>
    private sealed record IncidentRequest(
        string? Name, string? Executor, string? Cluster, int? RunnerId, double AddedRate, double? Minutes);
}
