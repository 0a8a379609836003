namespace MigrationPortal.Domain.Clusters.Live;

/// <summary>What of a manager's metrics the portal uses.</summary>
public static class RunnerMetricsText
{
    private static readonly HashSet<string> Wanted =
        ["gitlab_runner_jobs", "gitlab_runner_concurrent", "gitlab_runner_limit", "gitlab_runner_version_info", "gitlab_runner_process_state_info"];

    public static ManagerMetrics Read(string text)
    {
        var samples = MetricText.Read(text, Wanted).Where(one => double.IsFinite(one.Value)).ToLookup(one => one.Name);
        var runners = samples["gitlab_runner_limit"].Concat(samples["gitlab_runner_jobs"])
            .GroupBy(one => (Runner: Label(one, "runner"), System: Label(one, "system_id")))
            .Select(one => new RunnerMetrics(
                one.Key.Runner, one.Select(sample => Label(sample, "runner_name")).FirstOrDefault(name => name.Length > 0) ?? "", one.Key.System,
                Whole(one.Where(sample => sample.Name == "gitlab_runner_jobs").Sum(sample => sample.Value)), Whole(one.Where(sample => sample.Name == "gitlab_runner_limit").Sum(sample => sample.Value))));
        return new ManagerMetrics(
            samples["gitlab_runner_version_info"].Select(one => Label(one, "version")).FirstOrDefault(one => one.Length > 0),
            samples["gitlab_runner_process_state_info"].Where(one => one.Value > 0).Select(one => Label(one, "state")).FirstOrDefault(),
            samples["gitlab_runner_concurrent"].Select(one => (int?)Whole(one.Value)).FirstOrDefault(), [.. runners]);
    }

    private static string Label(MetricSample sample, string name) => sample.Labels.GetValueOrDefault(name, "");

    private static int Whole(double value) => (int)Math.Clamp(value, 0, int.MaxValue);
}
