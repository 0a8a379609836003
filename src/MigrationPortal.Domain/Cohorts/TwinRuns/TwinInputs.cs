using YamlDotNet.RepresentationModel;

namespace MigrationPortal.Domain.Cohorts.TwinRuns;

/// <summary>
/// Which jobs give a job its artifacts, and theirs, as GitLab hands them on: those that <c>needs</c> names, else those of
/// <c>dependencies</c>, else all of earlier stages that keep any.
/// </summary>
internal sealed class TwinInputs(MergedCi ci, IReadOnlySet<string>? running)
{
    private readonly List<string> _reasons = [];

    /// <summary>Why inputs cannot be had, as far as was looked.</summary>
    public IReadOnlyList<string> Reasons => _reasons;

    /// <summary>With the inputs of the inputs, in the order of the configuration.</summary>
    public IReadOnlyList<string> Of(string job)
    {
        var (found, open) = (new HashSet<string>(StringComparer.Ordinal), new Queue<string>([job]));
        while (open.TryDequeue(out var next))
            foreach (var input in Direct(next)) if (input != job && found.Add(input)) open.Enqueue(input);
        return [.. ci.Jobs.Where(found.Contains)];
    }

    /// <summary>The job with <c>needs</c> and <c>dependencies</c> of what runs here alone.</summary>
    public YamlMappingNode Wired(string job, YamlMappingNode map)
    {
        var wired = MergedCi.Without(map, "needs");
        if (MergedCi.Value(map, "needs") is YamlSequenceNode needs) wired.Add("needs", new YamlSequenceNode(needs.Where(need => GivesArtifacts(need) && NameOf(need) is { } name && Runs(name))));
        return wired;
    }

    private IEnumerable<string> Direct(string job)
    {
        var map = ci.Job(job)!;
        var dependencies = (MergedCi.Value(map, "dependencies") as YamlSequenceNode)?.Select(MergedCi.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (MergedCi.Value(map, "needs") is YamlSequenceNode needs)
        {
            foreach (var need in needs)
            {
                if (need is YamlMappingNode far && (MergedCi.Value(far, "project") ?? MergedCi.Value(far, "pipeline")) is not null) _reasons.Add($"{job} needs artifacts of another pipeline or project, which a twin run does not have.");
                else if (GivesArtifacts(need) && NameOf(need) is { } name && Runs(name)) yield return name;
            }
        }
        else if (dependencies is not null)
        {
            foreach (var name in dependencies.Where(Runs)) yield return name;
        }
        else
        {
            var (stages, stage) = (ci.Stages.ToList(), MergedCi.StageOf(map));
            foreach (var earlier in ci.Jobs.Where(one => stages.IndexOf(MergedCi.StageOf(ci.Job(one)!)) < stages.IndexOf(stage) && KeepsArtifacts(ci.Job(one)!) && running?.Contains(one) != false)) yield return earlier;
        }
    }

    // A trigger job starts a pipeline and gives nothing.
    private bool Runs(string name) => ci.Job(name) is { } job && MergedCi.Value(job, "trigger") is null;

    private static string? NameOf(YamlNode need) => need is YamlMappingNode map ? MergedCi.Name(MergedCi.Value(map, "job")) : MergedCi.Name(need);

    // Needed for its order alone, it need not run.
    private static bool GivesArtifacts(YamlNode need) => need is not YamlMappingNode map || MergedCi.Name(MergedCi.Value(map, "artifacts")) is not "false";

    private bool KeepsArtifacts(YamlMappingNode job) => (MergedCi.Value(job, "artifacts") ?? ci.UsualArtifacts) is YamlMappingNode artifacts
        && (MergedCi.Value(artifacts, "paths") is not null || MergedCi.Value(artifacts, "untracked") is not null || MergedCi.Value(artifacts, "reports") is YamlMappingNode reports && MergedCi.Value(reports, "dotenv") is not null);
}
