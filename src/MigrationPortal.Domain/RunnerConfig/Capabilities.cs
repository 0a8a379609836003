namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>The capabilities of a container as they come out (gitlab-runner, <c>GetContainerSecurityContext</c> and <c>mergeCapabilitiesAddDrop</c>).</summary>
/// <param name="Add">Null: none is said.</param>
/// <param name="Drop">Null: none is said.</param>
public sealed record Capabilities(IReadOnlyList<string>? Add, IReadOnlyList<string>? Drop)
{
    /// <summary>What gitlab-runner drops by itself on Linux.</summary>
    public const string DroppedByDefault = "NET_RAW";

    /// <summary>True when the container has it beyond the container runtime's own set: added, and not dropped beside it.</summary>
    public bool Gives(string capability) => Has(Add, capability) && !Has(Drop, capability);

    /// <param name="container">One of <see cref="KubernetesSection.Containers"/>.</param>
    public static Capabilities Of(KubernetesSection runner, string container)
    {
        ArgumentNullException.ThrowIfNull(runner);
        var enabled = new Dictionary<string, bool>(StringComparer.Ordinal);
        if (!runner.IsWindows) enabled[DroppedByDefault] = false;
        foreach (var one in runner.Texts("cap_add") ?? []) enabled[one] = true;
        foreach (var one in runner.Texts("cap_drop") ?? []) enabled[one] = false;
        // A list of the container takes the place of the list of the same kind, an empty one, too.
        var own = KubernetesSection.ContextOf(container) + ".capabilities.";
        return new(
            runner.Texts(own + "add") ?? Those(enabled, true),
            runner.Texts(own + "drop") ?? Those(enabled, false));
    }

    private static List<string>? Those(Dictionary<string, bool> enabled, bool wanted) => enabled.Where(one => one.Value == wanted).Select(one => one.Key).ToList() is { Count: > 0 } those ? those : null;

    private static bool Has(IReadOnlyList<string>? list, string capability) => list is not null && list.Any(one => one.Equals(capability, StringComparison.OrdinalIgnoreCase) || one.Equals("ALL", StringComparison.OrdinalIgnoreCase));
}
