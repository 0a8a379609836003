namespace MigrationPortal.Domain.RunnerConfig.Identity;

/// <summary>What uid and gid have in common, and how a job's is judged (<c>common/config.go</c>, <c>isUserOrGroupAllowed</c>).</summary>
internal sealed record IdKind(string Short, string Noun, string Key, string List)
{
    public static readonly IdKind User = new("uid", "user", "run_as_user", "allowed_users");
    public static readonly IdKind Group = new("gid", "group", "run_as_group", "allowed_groups");

    /// <param name="text">A job's part; empty: it asks for nothing.</param>
    /// <param name="warnings">Takes what gitlab-runner logs about the list.</param>
    /// <param name="fault">Why a job's wish is left aside, in gitlab-runner's words; null: it is not, or there is none.</param>
    public long? Read(string text, IReadOnlyList<string> allowed, List<string> warnings, out string? fault)
    {
        fault = null;
        if (text.Length == 0) return null;
        var name = Short.ToUpperInvariant();
        if (GoInteger.Read(text, out var why) is not { } id) fault = $"failed to parse {name}: {why}";
        else if (id < 0) fault = $"failed to parse {name}: negative values not allowed";
        // Root must be listed, even where the list is empty otherwise.
        else if ((id == 0 || allowed.Count > 0) && !Contains(id, allowed, warnings)) fault = $"validating {name}: {Noun} {GoText.Quoted(text)} is not in the allowed list: {GoText.List(allowed)}";
        else return id;
        return null;
    }

    private bool Contains(long id, IReadOnlyList<string> allowed, List<string> warnings)
    {
        foreach (var entry in allowed)
        {
            if (GoInteger.Read(entry, out _) is not { } known) warnings.Add($"ignoring non-numeric {Noun} allowlist entry {GoText.Quoted(entry)}");
            else if (known == id) return true;
        }

        return false;
    }
}
