using System.Globalization;
using MigrationPortal.Testing;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>Kubernetes is as good as docker, and nothing fails on it alone.</summary>
public sealed class GoodWorld(PostgresFixture postgres) : World(postgres)
{
    private const string Options = "Simulator__World__";

    /// <summary>A Monday morning.</summary>
    public DateTimeOffset Begin { get; } = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    // With fewer jobs or projects the looks wait for months; with more runners of docker the one Kubernetes runner that is first
    // to take untagged jobs gets too few of them to tell.
    protected override IReadOnlyDictionary<string, string> SimulatorSettings => new Dictionary<string, string>
    {
        [Options + "Seed"] = "3",
        [Options + "Now"] = Begin.ToString("O", CultureInfo.InvariantCulture),
        [Options + "HistoryDays"] = "2",
        [Options + "Users"] = "24",
        [Options + "JobsPerWorkday"] = "4000",
        [Options + "Projects"] = "300",
        [Options + "DockerRunners"] = "8",
        [Options + "RunnersPerCluster"] = "2",
        [Options + "OwnedRunners"] = "0",
        [Options + "KubernetesCauses"] = "false",
        [Options + "IncidentDays"] = "0",
    };
}
