using System.Text.RegularExpressions;
using MigrationPortal.Domain.RunnerConfig;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed partial class OverwriteRule : ReadinessRule
{
    public override string Id => "R29";

    public override string Title => "KUBERNETES_ variables";

    public override string Why => "With such a variable a job asks for more of something; above the runner's limit it fails, and without a limit it is ignored.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "is higher than limit allowed";

    public override string Link => "https://docs.gitlab.com/runner/executors/kubernetes/#overwrite-container-resources";

    public override RuleSigns Signs { get; } = new() { Words = ["KUBERNETES_"] };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        foreach (var variable in job.Variables.All.Where(variable => variable.Name.StartsWith("KUBERNETES_", StringComparison.Ordinal)))
            if (Of(job, profile, variable.Name, job.Variables.ExpandOne(variable.Value), variable.Line) is { } finding) yield return finding;
        foreach (var service in job.Services)
            foreach (var (name, setting) in service.Service.Variables.Where(one => one.Key.StartsWith("KUBERNETES_SERVICE_", StringComparison.Ordinal)))
                if (Of(job, profile, name, setting.Value, setting.Line) is { } finding) yield return finding;
    }

    private Finding? Of(JobView job, RunnerProfile profile, string name, string value, int line)
    {
        if (!Resource().IsMatch(name)) return Gate().IsMatch(name) && !IsOpen(profile, name) ? Ignored(job, name, line) : null;
        if (value.Length == 0 || value.Contains('$', StringComparison.Ordinal)) return null;
        if (!profile.OverwriteLimits.TryGetValue(name, out var most)) return Ignored(job, name, line);
        if (Quantity.Read(value) is not { } asked) return Found(job, Usual, line, $"{name}: {value} is no Kubernetes quantity.", $"{name}: {most}    # such as 500m or 2 for cores, 512Mi or 4Gi for memory");
        return Quantity.Read(most) is { } limit && asked > limit ? Found(job, Usual, line, $"{name} asks for {value}, and the runner allows {most} at most.", $"variables:\n  {name}: \"{most}\"") : null;
    }

    private Finding Ignored(JobView job, string name, int line) =>
        Found(job, Severity.Info, line, $"{name} does nothing: the runner does not let jobs set it.", "Take it out, or ask your administrators to allow it.");

    private static bool IsOpen(RunnerProfile profile, string name) =>
        profile.OverwriteLimits.ContainsKey(name) || profile.OverwriteLimits.Keys.Any(open => open.EndsWith('*') && name.StartsWith(open[..^1], StringComparison.Ordinal));

    [GeneratedRegex("^KUBERNETES_(?:SERVICE_|HELPER_|POD_)?(?:CPU|MEMORY|EPHEMERAL_STORAGE)_(?:REQUEST|LIMIT)$")]
    private static partial Regex Resource();

    [GeneratedRegex("^KUBERNETES_(?:NAMESPACE_OVERWRITE|SERVICE_ACCOUNT_OVERWRITE|BEARER_TOKEN|POD_LABELS_.*|POD_ANNOTATIONS_.*|NODE_SELECTOR_.*|NODE_TOLERATIONS_.*)$")]
    private static partial Regex Gate();
}
