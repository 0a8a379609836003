using System.Text.Json.Serialization;

namespace MigrationPortal.Simulator;

internal enum FaultKind
{
    /// <summary>Only slow: the answer itself is right.</summary>
    Latency,

    /// <summary>An error status, 500 unless given, with GitLab's body; 502 to 504 are the proxy's page.</summary>
    Status,

    /// <summary>429 of the rack throttle: plain text and <c>RateLimit-</c> headers.</summary>
    RateLimit,

    /// <summary>429 of the application limiter: JSON, no <c>Retry-After</c>.</summary>
    RateLimitApp,

    /// <summary>The connection ends without an answer.</summary>
    Drop,

    /// <summary>200 with a web page, as a proxy's sign-in would.</summary>
    Html,
}

/// <param name="Path">With <c>*</c> for any characters; <c>/qa</c> included for QA.</param>
/// <param name="Method">Null: any.</param>
/// <param name="Status">For <see cref="FaultKind.Status"/>.</param>
/// <param name="LatencyMs">Waited before anything else, of any kind.</param>
/// <param name="Rate">Share of matching calls hit, 0 to 1.</param>
/// <param name="Count">Ends after so many hits. Null: until cleared.</param>
/// <param name="RetryAfter">Seconds, for <see cref="FaultKind.RateLimit"/>.</param>
/// <param name="After">When true the call is done first, and only its answer is lost or replaced.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record FaultRule(
    [property: JsonRequired] FaultKind Kind,
    string Path = "*",
    string? Method = null,
    int? Status = null,
    int LatencyMs = 0,
    double Rate = 1,
    int? Count = null,
    int? RetryAfter = null,
    bool After = false);

/// <summary>The faults now in force. The draw of a rate is seeded: the same calls in the same order meet the same faults.</summary>
internal sealed class FaultRules
{
    private readonly Lock gate = new();
    private readonly List<Active> rules = [];
    private int lastId;

    public IReadOnlyList<object> List()
    {
        lock (gate)
        {
            return [.. rules.Select(r => new { id = r.Id, rule = r.Rule, hits = r.Hits })];
        }
    }

    public int Add(FaultRule rule)
    {
        lock (gate)
        {
            rules.Add(new Active(++lastId, rule, new Random(lastId)));
            return lastId;
        }
    }

    /// <param name="id">Null: all.</param>
    public void Clear(int? id)
    {
        lock (gate)
        {
            rules.RemoveAll(r => id is null || r.Id == id);
        }
    }

    /// <summary>The first rule that hits this call, counted.</summary>
    public FaultRule? Hit(string method, string path)
    {
        // /api/graphql/ is /api/graphql to the routes, so it is to the rules.
        path = path.Length > 1 ? path.TrimEnd('/') : path;
        lock (gate)
        {
            foreach (var active in rules)
            {
                var rule = active.Rule;
                if ((rule.Method is null || rule.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
                    && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(rule.Path, path)
                    && (rule.Rate >= 1 || active.Draw.NextDouble() < rule.Rate))
                {
                    active.Hits++;
                    if (active.Hits >= rule.Count)
                    {
                        rules.Remove(active);
                    }

                    return rule;
                }
            }

            return null;
        }
    }

    private sealed class Active(int id, FaultRule rule, Random draw)
    {
        public int Id => id;

        public FaultRule Rule => rule;

        public Random Draw => draw;

        public int Hits { get; set; }
    }
}
