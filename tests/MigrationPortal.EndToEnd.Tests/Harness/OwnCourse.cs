using System.Text.Json.Nodes;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>
/// A migration that runs by itself: every phase automatic with the rest of its default policy. What is done from outside is to let
/// time pass, and what people do: half of the projects opt in, and take the tag out when untagged jobs have moved.
/// </summary>
internal sealed class OwnCourse(World world, CancellationToken cancellation) : IDisposable
{
    private static readonly string[] Phases = ["prepare", "opt-in", "untagged-takeover", "docker-fallback", "decommission", "retire-opt-in-tag"];

    private const string NotAllRead = "not all read";

    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    /// <summary>Between two evaluations in a row of the fast roll back.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(5);

    /// <summary>While an operation waits for the world.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(3);

    private readonly Automation _automation = new(world, cancellation);
    private readonly Sweeps _sweeps = new(world, cancellation);
    private readonly CiFiles _files = new(world, cancellation);
    private readonly HashSet<string> _lived = [];

    /// <summary>What an administrator says once: who takes part, and that everything goes by itself.</summary>
    public async Task BeginAsync()
    {
        await _automation.CaughtUpAsync();
        await _automation.ConfirmRolesAsync();
        foreach (var tag in (string[])["docker", "linux", "shared"]) await world.Api.PutAsync($"tags/{tag}/decision", new { decision = "adopt" }, cancellation);
        foreach (var phase in Phases) await world.Api.PutAsync($"phases/{phase}/policy", new { automation = "automatic" }, cancellation);
    }

    /// <summary>Time passes, and the portal reads, counts and judges all of it. An operation that it begins is followed to its end.</summary>
    /// <returns>Where the migration stands: the portal's status.</returns>
    public async Task<JsonNode> PassAsync(TimeSpan time)
    {
        await world.Control.AdvanceAsync(time, cancellation);
        await JudgedAsync();
        while (await IsWatchingAsync())
        {
            await world.Control.AdvanceAsync(Soon, cancellation);
            await _sweeps.LookedAsync("jobs", "fleet", "guard");
        }

        var status = await StatusAsync();
        while (status["operation"] is { } operation)
        {
            await FollowAsync(operation["id"]!.ToString());
            status = await StatusAsync();
        }

        if (status["phase"]?["phase"]!.GetValue<string>() is { } phase && _lived.Add(phase)) await LiveAsync(phase);
        return status;
    }

    /// <summary>Until the operation rests; some minutes of the world at a time.</summary>
    public Task<JsonNode> FollowAsync(string operation) => _automation.FollowAsync(operation, Moment);

    public Task<JsonNode> StatusAsync() => world.Api.GetAsync("status", cancellation);

    public void Dispose() => _files.Dispose();

    // What was judged before all was read and counted says that it does not know; then a quarter of an hour makes the gates due again.
    private async Task JudgedAsync()
    {
        await _sweeps.LookedAsync("jobs", "reasons");
        await Eventually.BeAsync(StatusAsync, status => status["history"]!["unread"]!.AsArray().Count == 0, cancellation);
        await Eventually.BeAsync(EvaluatedAsync, gates => !gates.Contains(NotAllRead, StringComparison.Ordinal), cancellation);
        await world.Control.AdvanceAsync(Quarter, cancellation);
        await _sweeps.LookedAsync("jobs", "fleet", "guard", "gates");
    }

    // At the end of the rail nothing is judged.
    private async Task<string> EvaluatedAsync()
    {
        using var answer = await world.Api.AskAsync(HttpMethod.Post, "gates/all/evaluate", cancellation: cancellation);
        return await answer.Content.ReadAsStringAsync(cancellation);
    }

    // A rule that must persist was breached for the first time.
    private async Task<bool> IsWatchingAsync()
    {
        using var answer = await world.Api.AskAsync(HttpMethod.Get, "gates/guard", cancellation: cancellation);
        return answer.IsSuccessStatusCode && JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation))!["act"]!.GetValue<string>() == "watch";
    }

    private async Task LiveAsync(string phase)
    {
        if (phase == "opt-in") (await _files.OptInAsync()).ShouldBeGreaterThan(0);
        if (phase == "docker-fallback") (await _files.TakeOutAsync()).ShouldBeGreaterThan(0);
    }
}
