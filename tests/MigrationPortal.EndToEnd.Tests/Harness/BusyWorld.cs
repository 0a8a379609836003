using System.Globalization;
using MigrationPortal.Testing;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>
/// A world without a past at the first hour of a Monday, with a webhook secret between GitLab and portal. How many jobs its
/// workday has can be asked for: 2,000 in every run of the tests, 100,000 to see the real size (some 20 minutes).
/// </summary>
public sealed class BusyWorld(PostgresFixture postgres) : World(postgres)
{
    private const string Variable = "MIGRATIONPORTAL_DAY_JOBS";

    public static int JobsPerWorkday { get; } =
        int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 2_000;

    /// <summary>Of the webhooks.</summary>
    public string HookSecret { get; } = Guid.NewGuid().ToString("N");

    // Runners grow with the jobs: a day must end on the day.
    protected override IReadOnlyDictionary<string, string> SimulatorSettings => new Dictionary<string, string>
    {
        ["Simulator__World__Now"] = "2026-11-23T00:00:00Z",
        ["Simulator__World__HistoryDays"] = "0",
        ["Simulator__World__JobsPerWorkday"] = Number(JobsPerWorkday),
        ["Simulator__World__Projects"] = Number(Math.Clamp(JobsPerWorkday / 100, 20, 1_000)),
        ["Simulator__World__Users"] = "60",
        ["Simulator__World__DockerRunners"] = Number(Math.Max(8, JobsPerWorkday / 400)),
        ["Simulator__World__RunnersPerCluster"] = "6",
        ["Simulator__World__OwnedRunners"] = "10",
    };

    protected override IReadOnlyDictionary<string, string> PortalSettings => new Dictionary<string, string>
    {
        ["Portal__GitLab__Instances__0__WebhookToken"] = HookSecret,
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
