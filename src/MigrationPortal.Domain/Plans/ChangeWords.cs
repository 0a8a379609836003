using MigrationPortal.Domain.Fleet;

namespace MigrationPortal.Domain.Plans;

/// <summary>A change of a runner in a few words, for diff rows and steps: <c>+docker-fallback −linux, stops taking untagged jobs</c>.</summary>
public static class ChangeWords
{
    public static string Of(RunnerAttributes from, RunnerAttributes to)
    {
        var tags = to.Tags.Where(tag => !from.Tags.Contains(tag)).Select(tag => "+" + tag)
            .Concat(from.Tags.Where(tag => !to.Tags.Contains(tag)).Select(tag => "−" + tag));
        var parts = new List<string>();
        if (tags.Any()) parts.Add(string.Join(' ', tags));
        if (from.RunUntagged != to.RunUntagged) parts.Add(to.RunUntagged ? "accepts untagged jobs" : "stops taking untagged jobs");
        if (from.Paused != to.Paused) parts.Add(to.Paused ? "paused" : "unpaused");
        return parts.Count == 0 ? "no change" : string.Join(", ", parts);
    }
}
