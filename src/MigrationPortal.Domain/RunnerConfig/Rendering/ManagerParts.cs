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

    public static string Seconds(int seconds) => seconds.ToString(CultureInfo.InvariantCulture);
}
