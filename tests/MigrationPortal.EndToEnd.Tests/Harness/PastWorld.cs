using MigrationPortal.Testing;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>A world with a past of tens of thousands of jobs, and a portal whose budget makes reading it take a while.</summary>
public sealed class PastWorld(PostgresFixture postgres) : World(postgres)
{
    private const string Options = "Simulator__World__";

    protected override double RequestsPerSecond => 40;

    // A little further than the world has lived: the end is when GitLab has no more.
    protected override int HistoryDays => 10;

    protected override IReadOnlyDictionary<string, string> SimulatorSettings { get; } = new Dictionary<string, string>
    {
        [Options + "Now"] = "2026-11-23T09:00:00Z",
        [Options + "HistoryDays"] = "8",
        [Options + "Users"] = "40",
        [Options + "Projects"] = "40",
        [Options + "JobsPerWorkday"] = "4000",
        [Options + "DockerRunners"] = "14",
        [Options + "OwnedRunners"] = "7",
    };
}
