using Microsoft.Extensions.Configuration;
using MigrationPortal.Domain.Clusters;

namespace MigrationPortal.Infrastructure.Clusters;

/// <summary>Reads <c>Portal:Clusters</c> and says everything that is wrong, naming the key.</summary>
public static class ClusterOptionsCheck
{
    public const string CommandsKey = "Portal:Clusters:AllowedExecCommands";

    public static (ClusterRules Rules, IReadOnlyList<string> Problems) Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(CommandsKey);
        // As a list, or in one line separated by commas: environment variables cannot hold lists easily.
        var commands = section.GetChildren().Select(one => one.Value).Concat(section.Value?.Split(',') ?? []).Select(one => one?.Trim() ?? "").Where(one => one.Length > 0).ToHashSet(StringComparer.Ordinal);
        var problems = commands.Where(one => one.Any(char.IsWhiteSpace) || (one.Contains('/', StringComparison.Ordinal) && !Path.IsPathFullyQualified(one)))
            .Select(one => $"{CommandsKey} names '{one}': write a command's name or its whole path, without arguments, exactly as the kubeconfig has it.");
        return (new ClusterRules(commands), [.. problems]);
    }
}
