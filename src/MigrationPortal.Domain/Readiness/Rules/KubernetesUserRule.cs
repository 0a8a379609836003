using System.Globalization;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class KubernetesUserRule : ReadinessRule
{
    public override string Id => "R14";

    public override string Title => "refused user";

    public override string Why => "A user that the runner does not allow is dropped with a warning, and the container runs as somebody else.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "is not in the allowed list";

    public override string Link => "https://docs.gitlab.com/ci/yaml/#imagekubernetes";

    public override RuleSigns Signs { get; } = new() { ImageOptions = true };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        foreach (var image in job.WrittenImages.Where(image => image.KubernetesUser is not null))
        {
            var user = image.KubernetesUser!.Value;
            var parts = job.Variables.ExpandOne(user.Value).Split(':', 2);
            if (parts[0].Contains('$', StringComparison.Ordinal)) continue;
            var why = Refused(parts[0], "user", profile.AllowedUsers) ?? (parts.Length > 1 ? Refused(parts[1], "group", profile.AllowedGroups) : null);
            if (why is null && profile.RunAsUser is { } fixedUser && parts[0].Length > 0) why = $"the runner gives every job the user {fixedUser}";
            if (why is null) continue;
            yield return Found(job, Usual, user.Line, $"kubernetes: user: {user.Value} will be dropped with a warning: {why}.", "kubernetes:\n  user: \"1000:1000\"    # numbers only, and such that the runner allows");
        }
    }

    /// <summary>kubernetes-executor.md 2: numbers only; 0 only where listed; others where listed or where there is no list.</summary>
    private static string? Refused(string id, string kind, IReadOnlyList<long> allowed)
    {
        if (id.Length == 0) return null;
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return $"{id} is no number, and only numbers are taken";
        if (allowed.Contains(number)) return null;
        if (number == 0) return $"the {kind} 0 is root, which a job may not ask for";
        var named = allowed.Where(one => one != RunnerProfile.Nobody).ToList();
        return named.Count > 0 ? $"the {kind} {number} is not one of {string.Join(", ", named)}" : allowed.Count > 0 ? $"the runner's list of {kind}s names no number, so none may be asked for" : null;
    }
}
