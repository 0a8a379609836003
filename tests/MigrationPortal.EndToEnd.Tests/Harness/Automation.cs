using System.Globalization;
using System.Text.Json.Nodes;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>
/// A pipeline that drives the migration: portal API and nothing else. Only the world's clock is moved for it, where an
/// operation says that it waits for the world.
/// </summary>
internal sealed class Automation(World world, CancellationToken cancellation)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private PortalApi Api => world.Api;

    /// <summary>Until the portal has read the fleet and every job that started: nothing of what follows is a matter of luck.</summary>
    public async Task CaughtUpAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        while (await StartedAsync() != (await world.Control.JobsAsync(cancellation)).Count(job => job.StartedAt is not null)
            || (await Api.GetAsync("runners?limit=1", cancellation))["items"]!.AsArray().Count == 0)
        {
            await Task.Delay(200, patience.Token);
        }
    }

    /// <summary>Confirms what is proposed, and takes in the named ones besides.</summary>
    public async Task ConfirmRolesAsync(params string[] besides)
    {
        foreach (var runner in await RunnersAsync())
        {
            var role = runner["role"]?.GetValue<string>();
            var managed = runner["managed"]!.GetValue<bool>() || besides.Contains(runner["description"]!.GetValue<string>());
            if (managed) await Api.PutAsync($"runners/{runner["id"]}/role", new { role, managed }, cancellation);
        }
    }

    public async Task<IReadOnlyList<JsonNode>> RunnersAsync() =>
        [.. (await Api.GetAsync("runners?limit=500", cancellation))["items"]!.AsArray().OfType<JsonNode>()];

    /// <summary>Ids of the managed runners, of one role or of all.</summary>
    public async Task<IReadOnlySet<long>> ManagedAsync(string? role = null) =>
        (await RunnersAsync()).Where(runner => runner["managed"]!.GetValue<bool>() && (role is null || runner["role"]!.GetValue<string>() == role))
            .Select(runner => runner["id"]!.GetValue<long>()).ToHashSet();

    public static object Phase(string phase, int? kubernetes = null, int? legacy = null) => phase == "untagged-takeover"
        ? new { phase, kubernetesUntaggedPercent = kubernetes ?? 100, legacyUntaggedPercent = legacy ?? 0 }
        : new { phase };

    public Task<JsonNode> PlanAsync(object target) => Api.PostAsync("plans", new { target }, cancellation);

    /// <returns>The operation's id.</returns>
    public async Task<string> ApplyAsync(JsonNode plan, string? confirm = null) =>
        (await Api.PostAsync($"plans/{plan["id"]}/apply", new { reason = "the migration goes on", confirm }, cancellation))["operationId"]!.ToString();

    /// <summary>Plans, applies and follows to the end, which must be success.</summary>
    public async Task<JsonNode> RunAsync(object target, string? confirm = null)
    {
        var ended = await FollowAsync(await ApplyAsync(await PlanAsync(target), confirm));
        ended["state"]!.GetValue<string>().ShouldBe("succeeded", ended.ToString());
        return ended;
    }

    /// <summary>Rolls back and follows to the end, which must be the way back walked.</summary>
    public async Task<JsonNode> RollBackAsync(string operation)
    {
        await Api.PostAsync($"operations/{operation}/rollback", new { reason = "back" }, cancellation);
        var ended = await FollowAsync(operation);
        ended["state"]!.GetValue<string>().ShouldBe("rolledBack", ended.ToString());
        return ended;
    }

    /// <summary>Until the operation rests. While it waits for the world, the world lives on.</summary>
    /// <param name="id">The operation.</param>
    /// <param name="moment">How much the world lives at a time; left out: 20 seconds.</param>
    public async Task<JsonNode> FollowAsync(string id, TimeSpan? moment = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        while (true)
        {
            var operation = await Api.GetAsync($"operations/{id}?waitSeconds=1", patience.Token);
            var state = operation["state"]!.GetValue<string>();
            if (PortalApi.Rests(state)) return operation;
            if (operation["waits"] is not null) await world.Control.AdvanceAsync(moment ?? TimeSpan.FromSeconds(20), patience.Token);
        }
    }

    private async Task<long> StartedAsync()
    {
        var to = await world.Control.NowAsync(cancellation) + TimeSpan.FromDays(1);
        var query = string.Create(CultureInfo.InvariantCulture, $"insights/shares?bucket=day&from={SimulatorControl.Words(to.AddDays(-60))}&to={SimulatorControl.Words(to)}");
        return (await Api.GetAsync(query, cancellation))["points"]!.AsArray()
            .GroupBy(point => point!["at"]!.GetValue<string>())
            .Sum(day => day.First()!["total"]!.GetValue<long>());
    }
}
