using System.Globalization;

namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>
/// Settings that a template cannot set, because registration has a value of its own for them and a template fills only what is
/// empty: the environment of registration sets them.
/// </summary>
internal static class RegistrationSettings
{
    public static IReadOnlyList<(string Name, string Value)> Of(RenderInput input)
    {
        var found = new List<(string, string)>();
        Add("RUNNER_REQUEST_CONCURRENCY", input.Runner.RequestConcurrency);
        Add("RUNNER_OUTPUT_LIMIT", input.Runner.OutputLimit);
        Add("KUBERNETES_POLL_TIMEOUT", input.Kubernetes.Waits.PollTimeout);
        Add("KUBERNETES_POLL_INTERVAL", input.Kubernetes.Waits.PollInterval);
        return found;

        void Add(string name, long? value)
        {
            if (value is { } set) found.Add((name, set.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
