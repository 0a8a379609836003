using MigrationPortal.Domain.Shared;
using YamlDotNet.RepresentationModel;

namespace MigrationPortal.Domain.Cohorts.TwinRuns;

/// <summary>
/// The CI file of a twin run: the job twice, once for each executor, and once each the jobs whose artifacts it needs; nothing
/// else of the configuration. Pure.
/// </summary>
/// <param name="Others">Jobs that run before, in the order of the configuration.</param>
/// <param name="Remarks">What differs from an ordinary run, a sentence each.</param>
public sealed record TwinFile(string Text, IReadOnlyList<string> Others, IReadOnlyList<string> Remarks)
{
    /// <summary>More are no try of one job any more.</summary>
    public const int MostOthers = 20;

    // When and how often a job runs; "extends" is merged into it already.
    private static readonly string[] When = ["rules", "only", "except", "when", "start_in", "manual_confirmation", "extends"];

    /// <param name="merged">GitLab's merged configuration.</param>
    /// <param name="running">Jobs of an ordinary pipeline of the branch; null: not known, then all count.</param>
    /// <returns>Refuses <c>unknown-job</c>, and <c>twin-not-possible</c> with every reason.</returns>
    public static Outcome<TwinFile> Of(string merged, string job, IReadOnlyList<string> dockerTags, IReadOnlyList<string> kubernetesTags, IReadOnlySet<string>? running)
    {
        ArgumentNullException.ThrowIfNull(dockerTags);
        ArgumentNullException.ThrowIfNull(kubernetesTags);
        if (MergedCi.Of(merged) is not { } ci) return TwinLimits.No("GitLab's merged configuration cannot be read.");
        if (ci.Job(job) is not { } map || !ci.Jobs.Contains(job, StringComparer.Ordinal)) return Refusal.Of("unknown-job", $"The CI file has no job {job}.");
        var inputs = new TwinInputs(ci, running);
        var others = inputs.Of(job);
        List<string> reasons = [.. TwinLimits.Of(ci, job, map, isInput: false), .. others.SelectMany(one => TwinLimits.Of(ci, one, ci.Job(one)!, isInput: true)), .. inputs.Reasons];
        if (others.Count > MostOthers) reasons.Add($"{others.Count} other jobs would have to run before it; at most {MostOthers} do.");
        foreach (var name in (string[])[TwinName.OnDocker(job), TwinName.OnKubernetes(job)]) if (ci.Job(name) is not null) reasons.Add($"The CI file has a job {name} already.");
        if (reasons.Count > 0) return new Refusal("twin-not-possible", [.. reasons.Distinct(StringComparer.Ordinal)]);

        var root = new YamlMappingNode();
        foreach (var (key, value) in ci.Globals) root.Add(key, value);
        foreach (var other in others) root.Add(MergedCi.Text(other), inputs.Wired(other, MergedCi.Without(ci.Job(other)!, When)));
        var copy = Copy(ci, inputs, job, map);
        root.Add(MergedCi.Text(TwinName.OnDocker(job)), Tagged(copy, dockerTags));
        root.Add(MergedCi.Text(TwinName.OnKubernetes(job)), Tagged(copy, kubernetesTags));
        return new TwinFile(MergedCi.Write(root), others, [.. RemarksOn(ci, job, map)]);
    }

    /// <summary>As the job is, once: a second attempt would hide what the first one showed.</summary>
    private static YamlMappingNode Copy(MergedCi ci, TwinInputs inputs, string job, YamlMappingNode map)
    {
        var copy = inputs.Wired(job, MergedCi.Without(map, [.. When, "retry", "tags"]));
        copy.Add("retry", new YamlScalarNode("0"));
        // A pipeline of these stages alone does not run.
        var stage = MergedCi.StageOf(map);
        if (stage is not (".pre" or ".post")) return copy;
        copy = MergedCi.Without(copy, "stage");
        copy.Add("stage", MergedCi.Text(stage == ".pre" ? ci.Stages[1] : ci.Stages[^2]));
        return copy;
    }

    private static YamlMappingNode Tagged(YamlMappingNode copy, IReadOnlyList<string> tags)
    {
        var tagged = MergedCi.Without(copy);
        // Also when there are none: tags of "default" would come in.
        tagged.Add("tags", MergedCi.List(tags));
        return tagged;
    }

    private static IEnumerable<string> RemarksOn(MergedCi ci, string job, YamlMappingNode map)
    {
        if (HasVariables(MergedCi.Value(map, "rules"))) yield return $"Rules of {job} set variables: both run without these.";
        if (ci.Workflow is { } workflow && HasVariables(MergedCi.Value(workflow, "rules"))) yield return "Rules of the workflow set variables: both run without these.";
        if (MergedCi.Value(map, "retry") is not null) yield return $"{job} is tried again when it fails: both run once, so that the first attempt shows.";
    }

    private static bool HasVariables(YamlNode? rules) => rules is YamlSequenceNode list && list.OfType<YamlMappingNode>().Any(rule => MergedCi.Value(rule, "variables") is YamlMappingNode);
}
