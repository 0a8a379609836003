using MigrationPortal.Testing;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>A Monday morning with some 600 jobs an hour, enough to tell an outage within minutes.</summary>
public sealed class GuardedWorld(PostgresFixture postgres) : World(postgres)
{
    protected override IReadOnlyDictionary<string, string> SimulatorSettings { get; } = new Dictionary<string, string>
    {
        ["Simulator__World__Now"] = "2026-11-23T09:00:00Z",
        ["Simulator__World__HistoryDays"] = "1",
        ["Simulator__World__JobsPerWorkday"] = "6000",
        ["Simulator__World__Projects"] = "40",
        ["Simulator__World__DockerRunners"] = "20",
        ["Simulator__World__OwnedRunners"] = "0",
        ["Simulator__World__KubernetesCauses"] = "false",
        ["Simulator__World__IncidentDays"] = "0",
    };
}
