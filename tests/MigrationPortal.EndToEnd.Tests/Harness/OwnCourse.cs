using System.Text.Json.Nodes;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>
/// A migration that runs by itself: every phase automatic with the rest of its default policy. What is done from outside is to let
/// time pass, and what people do: projects opt in with a part of their jobs, and take the tag out when untagged jobs have moved.
/// </summary>
/// <param name="world">Real processes, clock stepped.</param>
/// <param name="every">Which projects opt in: every one, every second, ...</param>
/// <param name="cancellation">Ends all of it.</param>
internal sealed class OwnCourse(World world, int every, CancellationToken cancellation) : IDisposable
{
    private static readonly string[] Phases = ["prepare", "opt-in", "untagged-takeover", "docker-fallback", "decommission", "retire-opt-in-tag"];

    private const int MostTries = 12;

    /// <summary>Missing reasons: there may be more.</summary>
    private const string AsManyAsALookReads = "2000";

    private static readonly string[] NotKnown = ["not all read", "reasons not read"];

    private static readonly TimeSpan HalfDay = TimeSpan.FromDays(0.5);
    private static readonly TimeSpan TwoDays = TimeSpan.FromDays(2);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>At a time: jobs that rest for longer than a week are not looked after any more.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromDays(4);

    /// <summary>On a busy machine it takes a while until days of jobs are read.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    /// <summary>Between two evaluations in a row of the fast roll back.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(5);

    /// <summary>While an operation waits for the world.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(3);

    private readonly Automation _automation = new(world, cancellation);
    private readonly Sweeps _sweeps = new(world, cancellation);
    private readonly CiFiles _files = new(world, every, cancellation);
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
        for (var left = time; left > TimeSpan.Zero; left -= Most)
        {
            await world.Control.AdvanceAsync(left < Most ? left : Most, cancellation);
            await ReadAsync();
        }

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

    /// <summary>
    /// As long as the gates themselves say that they wait; half a day at least, and a week at most. Two days where none says it: then
    /// the plan waits for jobs of past days to be no concern any more. At the begin nothing has to wait.
    /// </summary>
    public async Task<TimeSpan> UntilDecidedAsync()
    {
        if (!_lived.Contains("opt-in")) return Quarter;
        var until = (await GatesAsync()).Select(gate => gate["until"]?.GetValue<DateTimeOffset>()).Max() - await world.Control.NowAsync(cancellation) + Quarter;
        return until is null ? TwoDays : until < HalfDay ? HalfDay : until > Week ? Week : until.Value;
    }

    /// <summary>Of the next step, as last read; none at the end.</summary>
    public async Task<IReadOnlyList<JsonNode>> GatesAsync()
    {
        using var answer = await world.Api.AskAsync(HttpMethod.Get, "gates", cancellation: cancellation);
        return answer.IsSuccessStatusCode ? [.. JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation))!["gates"]!.AsArray().OfType<JsonNode>()] : [];
    }

    /// <summary>What the portal says of the next step: which gates hold it, or what holds it besides.</summary>
    public async Task<string> HoldingAsync()
    {
        var holding = (await GatesAsync()).Where(one => one["verdict"]!.GetValue<string>() != "pass" && !one["shadow"]!.GetValue<bool>()).Select(one => $"[{one["key"]} {one["verdict"]}] {one["sentence"]}").ToList();
        return holding.Count > 0 ? string.Join(" ", holding) : (await _sweeps.StateAsync("gates"))!["Said"]!.GetValue<string>();
    }

    /// <summary>Until the operation rests; some minutes of the world at a time.</summary>
    public Task<JsonNode> FollowAsync(string operation) => _automation.FollowAsync(operation, Moment);

    public Task<JsonNode> StatusAsync() => world.Api.GetAsync("status", cancellation);

    public void Dispose() => _files.Dispose();

    private async Task ReadAsync()
    {
        await _sweeps.LookedAsync("jobs");
        await Eventually.BeAsync(StatusAsync, status => status["history"]!["unread"]!.AsArray().Count == 0, cancellation, Patience);
    }

    // What is judged before all is read and counted says that it does not know; once it is counted, it is judged again.
    private async Task JudgedAsync()
    {
        List<JsonNode> unknown = [];
        for (var tries = 0; tries < MostTries; tries++)
        {
            await world.Control.AdvanceAsync(Quarter, cancellation);
            await _sweeps.LookedAsync("jobs");
            await ReasonsAsync();
            await _sweeps.LookedAsync("fleet", "guard", "gates");
            unknown = [.. (await GatesAsync()).Where(gate => NotKnown.Contains(gate["value"]!.GetValue<string>()))];
            if (unknown.Count == 0) return;
            await _sweeps.LookedAsync("digest");
        }

        throw new TimeoutException($"Still not known at {MostTries} readings in a row: {string.Join(" ", unknown.Select(gate => gate["sentence"]))}");
    }

    // One look does not read all that have failed in days.
    private async Task ReasonsAsync()
    {
        for (var looks = 0; ; looks++)
        {
            await _sweeps.LookedAsync("reasons");
            var said = (await _sweeps.StateAsync("reasons"))!["Said"]!.GetValue<string>();
            if (said.Split(' ') is ["Every", ..] || (said.Split(' ') is [var found, "of", var missing, ..] && found == missing && missing != AsManyAsALookReads)) return;
            if (looks == MostTries) throw new TimeoutException($"Reasons are still missing: {said}");
            await world.Control.AdvanceAsync(Quarter, cancellation);
        }
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
