namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>What the patches of a runner's pods set, in their order: they run after everything else. Nothing where their flag is off.</summary>
internal sealed class PatchedPod
{
    private const string Flag = "FF_USE_ADVANCED_POD_SPEC_CONFIGURATION";
    private readonly List<(string? Container, string Field, string? Value)> _leaves = [];

    public PatchedPod(KubernetesSection runner)
    {
        if (!runner.Runner.IsOn(Flag)) return;
        foreach (var patch in runner.Tables("pod_spec"))
            foreach (var leaf in PodPatch.Of(patch.Text("patch") ?? "", patch.Text("patch_type")).Leaves) _leaves.Add(Split(leaf));
    }

    /// <summary>Fields with what stands in them; of containers without their name.</summary>
    public IEnumerable<(string Field, string? Value)> Pod => _leaves.Where(one => one.Container is null).Select(one => (one.Field, one.Value));

    public IEnumerable<(string Field, string? Value)> Container(string container) => _leaves.Where(one => one.Container == container).Select(one => (one.Field, one.Value));

    /// <summary>The last value of a container's field; null: no patch sets it.</summary>
    /// <param name="container">One of <see cref="KubernetesSection.Containers"/>.</param>
    public string? Last(string container, string field) => _leaves.LastOrDefault(one => one.Container == container && one.Field == field).Value;

    /// <summary>The last value of a field of the pod; null: no patch sets it.</summary>
    public string? Last(string field) => _leaves.LastOrDefault(one => one.Container is null && one.Field == field).Value;

    private static (string? Container, string Field, string? Value) Split(PatchLeaf leaf)
    {
        var list = leaf.Path.IndexOf('[', StringComparison.Ordinal);
        if (list < 0 || leaf.Path[..list] is not ("containers" or "initContainers" or "ephemeralContainers") || leaf.Path.IndexOf("].", list, StringComparison.Ordinal) is not (> 0 and var end)) return (null, leaf.Path, leaf.Value);
        return (leaf.Path[(list + 1)..end] switch { "build" => "build", "helper" => "helper", "init-permissions" => "init_permissions", _ => "service" }, leaf.Path[(end + 2)..], leaf.Value);
    }
}
