namespace MigrationPortal.Domain.Gates;

/// <summary>
/// Enough jobs in projects that both executors ran, enough of Kubernetes covered by them, and a whole bake (statistics.md A.6, C.2).
/// </summary>
public sealed class SampleGate : Gate
{
    public override string Key => "sample";

    public override string Title => "Sample and bake time";

    public override bool Judges(GateStage stage) => stage.Compares();

    public override GateReading Read(GateFacts facts, GatePolicy policy)
    {
        if (LookPlan.Of(facts.Step, policy) is not { } plan) return Says(GateVerdict.Unknown, "no step yet", "The migration has not begun.");
        if (SampleFacts.Of(facts, policy, plan) is not { } sample)
            return Says(GateVerdict.Wait, "0 jobs", $"{GateWords.NothingCompared(plan.EvidenceFrom, facts.At)}.");
        var (has, first) = ($"{GateWords.Count(sample.Kubernetes.Finished)} of about {(sample.Needed is { } needed ? GateWords.Count(needed) : "too many")} jobs", plan.Looks[0]);
        if (!sample.IsEnough) return Lacking(facts, sample, has, GateWords.Midnight(first));
        if (sample.Coverage < policy.LeastCoverage)
            return Says(
                GateVerdict.Wait, $"{GateWords.Percent(sample.Coverage)} covered, needs {GateWords.Percent(policy.LeastCoverage)}",
                $"Only {GateWords.Percent(sample.Coverage)} of Kubernetes's jobs are in projects that also ran on docker, so the comparison would not speak for the rest. It needs {GateWords.Percent(policy.LeastCoverage)}.");
        if (DateOnly.FromDateTime(facts.At.UtcDateTime) < first)
            return Says(
                GateVerdict.Wait, $"until {GateWords.Day(first)}", $"The jobs suffice ({has}); the bake lasts until {GateWords.Day(first)}, because bad days come in weeks.", until: GateWords.Midnight(first));
        return Says(
            GateVerdict.Pass, has,
            $"{GateWords.Jobs(sample.Kubernetes.Finished)} on Kubernetes and {GateWords.Count(sample.Docker.Finished)} on docker in {GateWords.Count(sample.Projects)} shared {(sample.Projects == 1 ? "project" : "projects")} are enough.");
    }

    private GateReading Lacking(GateFacts facts, SampleFacts sample, string has, DateTimeOffset first)
    {
        var (jobs, time) = (sample.More, sample.MoreDays);
        var wanted = jobs switch
        {
            null => "No number of jobs would do at this margin",
            0 => "Jobs of more days are needed",
            { } more => $"About {GateWords.Jobs(more)} more on Kubernetes are needed, in projects that also run on docker",
        };
        var why = jobs > 0 ? sample.All ? ", to show it of all failures" : ", to show it of failures of infrastructure" : "";
        return Says(
            GateVerdict.Wait, has, $"{wanted}{why}{(time is { } days ? $": about {days:0.#} days at the present rate" : jobs is null ? "" : ", and none come")}.",
            jobs, time is { } takes ? facts.At + TimeSpan.FromDays(takes) is var enough && enough > first ? enough : first : null);
    }
}
