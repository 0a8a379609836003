namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>What only a patch of the pod can say: one <c>[[runners.kubernetes.pod_spec]]</c> a topic, and the feature flag without which they are dead.</summary>
internal sealed class PodPatches(Draft draft)
{
    public const string Flag = "FF_USE_ADVANCED_POD_SPEC_CONFIGURATION";

    /// <summary>To be said beside every patch.</summary>
    public const string Caution = "Patched into the pod (pod_spec, beta): it is applied last and can undo other settings, so look at it on its own.";

    /// <param name="yaml">A PodSpec in YAML, merged by the strategic rules of Kubernetes.</param>
    public bool Add(string name, string yaml)
    {
        var patch = new ConfigTable { Comment = "Dead without the feature flag; applied after everything else, so it can undo other settings." };
        patch.Set("name", new ConfigScalar(name));
        patch.Set("patch_type", new ConfigScalar("strategic"));
        patch.Set("patch", new ConfigScalar(yaml.ReplaceLineEndings("\n").TrimEnd('\n') + "\n"));
        if (!draft.Append("kubernetes.pod_spec", patch)) return false;
        draft.Target.Open("feature_flags").Set(Flag, new ConfigScalar(true));
        draft.Wrote("feature_flags");
        return true;
    }
}
