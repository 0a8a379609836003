using GraphQL;

namespace MigrationPortal.Simulator;

internal delegate object? GraphField(IResolveFieldContext context, GraphCall call);

/// <summary>One GraphQL request: the call behind it, and what is counted over it.</summary>
internal sealed class GraphCall(ApiCall api, int score, int limit) : Dictionary<string, object?>(StringComparer.Ordinal)
{
    public ApiCall Api => api;

    public int Score => score;

    public int Limit => limit;

    /// <summary>How often <c>CiRunner.jobs</c> was asked for: GitLab allows one runner a request.</summary>
    public int RunnerJobsAsked { get; set; }

    public DateTimeOffset Now => api.Now;
}

/// <summary>Global ids: <c>gid://gitlab/Ci::Runner/12</c>.</summary>
internal static class GlobalId
{
    public static string Of(string type, long id) => $"gid://gitlab/{type}/{id}";

    /// <summary>The number of a global id of this type; null for another type or no id at all.</summary>
    public static long? Parse(string type, object? gid) =>
        gid is string text
        && text.StartsWith($"gid://gitlab/{type}/", StringComparison.Ordinal)
        && long.TryParse(text[(text.LastIndexOf('/') + 1)..], out var id) ? id : null;
}
