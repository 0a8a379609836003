using System.Globalization;
using MigrationPortal.Domain.RunnerConfig.Configurations;

namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>Parts of the manager that several forms share.</summary>
internal static class ManagerParts
{
    public static string Tag(RenderInput input) => $"alpine-v{input.Configuration.Target}";

    public static YamlFields Resources(ManagerResources resources) => new YamlFields()
        .AddFields("requests", new YamlFields().AddText("cpu", resources.CpuRequest).AddText("memory", resources.MemoryRequest))
        .AddFields("limits", new YamlFields().AddText("cpu", resources.CpuLimit).AddText("memory", resources.MemoryLimit));

    public static YamlFields Spread(YamlFields labels) => new YamlFields().Add("podAntiAffinity", new YamlFields().Add(
        "preferredDuringSchedulingIgnoredDuringExecution",
        new YamlItems().Add(new YamlFields().Add("weight", 100).Add("podAffinityTerm", new YamlFields()
            .Add("labelSelector", new YamlFields().Add("matchLabels", labels)).Add("topologyKey", "kubernetes.io/hostname")))));

    public static YamlFields Budget(RenderInput input, YamlFields labels) => RenderInput.Kind("policy/v1", "PodDisruptionBudget", input.Meta(input.Release, input.Deployment.ManagerNamespace))
        .Add("spec", new YamlFields().Add("minAvailable", 1).Add("selector", new YamlFields().Add("matchLabels", labels)));

    /// <summary>What of the global section a form does not write.</summary>
    public static string? LeftOut(RenderInput input, string where, params ReadOnlySpan<string> written)
    {
        var left = new List<string>();
        foreach (var (key, _) in input.Document.Root.Entries)
            if (key.ToLowerInvariant() is var name && name != "runners" && !written.Contains(name)) left.Add(key);
        return left.Count == 0 ? null : $"{string.Join(", ", left)} of the global section {(left.Count == 1 ? "has" : "have")} no place in {where} and {(left.Count == 1 ? "is" : "are")} left out.";
    }

    public static string Seconds(int seconds) => seconds.ToString(CultureInfo.InvariantCulture);
}
