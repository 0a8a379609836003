using MigrationPortal.Domain.RunnerConfig.Configurations;

namespace MigrationPortal.Domain.RunnerConfig.Imports;

/// <summary>What was read from a text.</summary>
/// <param name="Form">What it was taken for: <c>config.toml</c>, <c>Helm values</c> or <c>Operator objects</c>.</param>
/// <param name="Remarks">What was taken out, what has no place, and what is not kept.</param>
public sealed record Imported(string Form, RunnerConfiguration Content, IReadOnlyList<string> Remarks);
