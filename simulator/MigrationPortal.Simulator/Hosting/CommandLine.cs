namespace MigrationPortal.Simulator;

/// <summary>Turns the short options into configuration keys, so that environment, file and command line are one.</summary>
internal static class CommandLine
{
    private static readonly string[] Switches = ["fresh", "small"];
    private static readonly string[] Values = ["seed", "speed", "start", "kube-port"];

    public static string[] Expand(string[] args)
    {
        var expanded = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i].TrimStart('-').Split('=')[0];
            var inline = args[i].IndexOf('=', StringComparison.Ordinal);
            if (Switches.Contains(name, StringComparer.Ordinal))
            {
                expanded.Add($"--Simulator:{name}={(inline < 0 ? "true" : args[i][(inline + 1)..])}");
            }
            else if (Values.Contains(name, StringComparer.Ordinal) && (inline >= 0 || i + 1 < args.Length))
            {
                expanded.Add($"--Simulator:{name.Replace("-", "", StringComparison.Ordinal)}={(inline >= 0 ? args[i][(inline + 1)..] : args[++i])}");
            }
            else
            {
                expanded.Add(args[i]);
            }
        }

        return [.. expanded];
    }
}
