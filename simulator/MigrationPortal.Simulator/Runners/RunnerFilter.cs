using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>The filters of the runner lists.</summary>
internal sealed class RunnerFilter
{
    private static readonly string[] Statuses = ["active", "paused", "online", "offline", "never_contacted", "stale"];
    private static readonly string[] Types = ["instance_type", "group_type", "project_type"];

    private readonly List<Func<Runner, bool>> tests = [];

    private RunnerFilter(DateTimeOffset now) => Now = now;

    public ApiAnswer? Refusal { get; private set; }

    private DateTimeOffset Now { get; }

    /// <param name="call">The call whose parameters filter.</param>
    /// <param name="scopes">The deprecated scopes the endpoint takes.</param>
    public static RunnerFilter Of(ApiCall call, params string[] scopes)
    {
        var filter = new RunnerFilter(call.Now);
        var p = call.Params;
        filter.Add(p.OneOf("type", Types), type => r => r.Type.Of() == type);
        filter.Add(p.OneOf("status", Statuses), filter.HasStatus);
        if (p.Flag("paused") is { } paused)
        {
            filter.tests.Add(r => r.Paused == paused);
        }

        if (p.List("tag_list") is { Count: > 0 } tags)
        {
            filter.tests.Add(r => tags.All(t => r.TagList.Contains(t, StringComparer.Ordinal)));
        }

        filter.AddVersion(p);
        filter.AddScope(p, scopes);
        filter.Refusal ??= p.Refusal;
        return filter;
    }

    public IReadOnlyList<Runner> Apply(IEnumerable<Runner> runners) =>
        [.. runners.Where(r => tests.TrueForAll(t => t(r))).OrderBy(r => r.Id)];

    private void Add(string? value, Func<string, Func<Runner, bool>> test)
    {
        if (value is not null)
        {
            tests.Add(test(value));
        }
    }

    private void AddVersion(Parameters p)
    {
        if (p.Text("version_prefix") is not { } prefix)
        {
            return;
        }

        if (prefix.Length == 0 || !(char.IsAsciiDigit(prefix[0]) || prefix[0] == '.'))
        {
            p.Problem("version_prefix is invalid");
        }

        tests.Add(r => r.Managers.Any(m => m.Version.StartsWith(prefix, StringComparison.Ordinal)));
    }

    private void AddScope(Parameters p, string[] allowed)
    {
        if (p.Text("scope") is not { Length: > 0 } scope)
        {
            return;
        }

        if (!allowed.Contains(scope, StringComparer.Ordinal))
        {
            Refusal = ApiAnswer.Message(400, "Scope contains invalid value");
        }

        tests.Add(scope switch
        {
            "specific" => r => r.Type == RunnerType.Project,
            "shared" => r => r.Type == RunnerType.Instance,
            _ when Types.Contains(scope, StringComparer.Ordinal) => r => r.Type.Of() == scope,
            _ => HasStatus(scope),
        });
    }

    // Offline is everything once seen and not online: stale runners too.
    private Func<Runner, bool> HasStatus(string status) => status switch
    {
        "active" => r => !r.Paused,
        "paused" => r => r.Paused,
        "online" => r => r.Status(Now) == ContactStatus.Online,
        "offline" => r => r.ContactedAt(Now) is not null && r.Status(Now) != ContactStatus.Online,
        "stale" => r => r.Status(Now) == ContactStatus.Stale,
        _ => r => r.ContactedAt(Now) is null,
    };
}
