using System.Globalization;
using MigrationPortal.Testing;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>Kubernetes fails three times as often as usual for reasons of infrastructure, and for no other of its own.</summary>
public sealed class WorseWorld(PostgresFixture postgres) : World(postgres)
{
    private const string Options = "Simulator__World__";

    /// <summary>A Monday morning.</summary>
    public DateTimeOffset Begin { get; } = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    protected override IReadOnlyDictionary<string, string> SimulatorSettings => new Dictionary<string, string>
    {
        [Options + "Seed"] = "1",
        [Options + "Now"] = Begin.ToString("O", CultureInfo.InvariantCulture),
        [Options + "HistoryDays"] = "2",
        [Options + "Users"] = "24",
        [Options + "JobsPerWorkday"] = "2000",
        [Options + "Projects"] = "12",
        [Options + "DockerRunners"] = "10",
        [Options + "OwnedRunners"] = "0",
        [Options + "KubernetesFailureFactor"] = "3",
        [Options + "KubernetesCauses"] = "false",
        [Options + "IncidentDays"] = "0",
    };
}
