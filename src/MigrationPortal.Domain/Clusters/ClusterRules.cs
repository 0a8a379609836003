namespace MigrationPortal.Domain.Clusters;

/// <summary>What the portal's settings allow clusters to ask of it.</summary>
/// <param name="AllowedCommands">Exec plugins that a kubeconfig may have the portal run.</param>
/// <param name="PlainHosts">Hosts to which a token may travel without TLS, besides the portal's own machine.</param>
public sealed record ClusterRules(IReadOnlyList<AllowedCommand> AllowedCommands, IReadOnlySet<string> PlainHosts)
{
    public static ClusterRules None { get; } = new([], new HashSet<string>());
}

/// <summary>An exec plugin with what it is called with first: the rest of its arguments is the kubeconfig's, as long as there is a first one.</summary>
/// <param name="Command">By its exact text.</param>
/// <param name="Arguments">Which those of the kubeconfig must begin with; without any, it may give none.</param>
public sealed record AllowedCommand(string Command, IReadOnlyList<string> Arguments)
{
    public static AllowedCommand Of(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var command, .. var arguments] ? new(command, arguments) : new("", []);

    public bool Allows(string command, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return command == Command && (Arguments.Count == 0 ? arguments.Count == 0 : arguments.Count >= Arguments.Count && Arguments.SequenceEqual(arguments.Take(Arguments.Count), StringComparer.Ordinal));
    }
}
