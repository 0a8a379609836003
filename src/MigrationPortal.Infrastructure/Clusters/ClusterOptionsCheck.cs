using Microsoft.Extensions.Configuration;
using MigrationPortal.Domain.Clusters;

namespace MigrationPortal.Infrastructure.Clusters;

/// <summary>Reads <c>Portal:Clusters</c> and says everything that is wrong, naming the key.</summary>
public static class ClusterOptionsCheck
{
    public const string CommandsKey = "Portal:Clusters:AllowedExecCommands";
    public const string HostsKey = "Portal:Clusters:PlainHosts";

    public static (ClusterRules Rules, IReadOnlyList<string> Problems) Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var commands = Words(configuration.GetSection(CommandsKey));
        var hosts = Words(configuration.GetSection(HostsKey));
        IEnumerable<string> problems =
        [
            .. commands.Where(one => one.Split(' ')[0] is var command && command.Contains('/', StringComparison.Ordinal) && !Path.IsPathFullyQualified(command))
                .Select(one => $"{CommandsKey} names '{one}': write a command's name or its whole path, exactly as the kubeconfig has it, and behind it the arguments that it is called with first."),
            .. hosts.Where(one => Uri.CheckHostName(one) == UriHostNameType.Unknown).Select(one => $"{HostsKey} names '{one}': write a host's name or address alone, without scheme and port."),
        ];
        return (new ClusterRules([.. commands.Select(AllowedCommand.Of)], hosts), [.. problems]);
    }

    // As a list, or in one line separated by commas: environment variables cannot hold lists easily.
    private static HashSet<string> Words(IConfigurationSection section) =>
        section.GetChildren().Select(one => one.Value).Concat(section.Value?.Split(',') ?? []).Select(one => one?.Trim() ?? "").Where(one => one.Length > 0).ToHashSet(StringComparer.Ordinal);
}
