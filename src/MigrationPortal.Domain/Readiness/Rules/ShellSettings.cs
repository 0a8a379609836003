namespace MigrationPortal.Domain.Readiness.Rules;

internal static class ShellSettings
{
    /// <summary>Variables that a command sets: <c>A=1 make</c>, <c>A=1</c>, <c>export A=1</c>, <c>declare -x A=1</c>.</summary>
    public static IEnumerable<(string Name, string Value)> Of(JobCommand command)
    {
        foreach (var assignment in command.Command.Assignments) yield return assignment;
        if (command.Name is not ("export" or "declare" or "typeset" or "readonly" or "local")) yield break;
        foreach (var argument in command.Arguments)
        {
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) yield return (argument[..equals], argument[(equals + 1)..]);
        }
    }

    /// <summary>A setting by variable or in a script.</summary>
    public static IEnumerable<(string Name, JobWord Value)> All(JobView job)
    {
        foreach (var variable in job.Variables.All) yield return (variable.Name, new(variable.Value, variable.Line));
        foreach (var command in job.Commands)
            foreach (var (name, value) in Of(command)) yield return (name, new(value, command.Line));
    }
}
