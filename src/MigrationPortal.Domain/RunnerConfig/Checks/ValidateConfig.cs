namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Says everything at once that is wrong with a <c>config.toml</c>, or will not do what it seems to.</summary>
public static class ValidateConfig
{
    /// <param name="target">The runner that will read it; null: the newest that is known.</param>
    /// <param name="facts">What is known of the namespace of the job pods; null: nothing.</param>
    /// <returns>By line, the worst of a line first. A text that is no TOML is told by findings of the code <c>syntax</c> alone: one, where the first fault stands.</returns>
    public static IReadOnlyList<ConfigFinding> Of(string toml, Version? target = null, JobNamespaceFacts? facts = null)
    {
        var reading = ConfigDocument.Read(toml);
        return reading.Document is { } document ? Of(document, target, facts) : [Syntax(reading.Faults[0])];
    }

    /// <inheritdoc cref="Of(string, Version?, JobNamespaceFacts?)"/>
    public static IReadOnlyList<ConfigFinding> Of(ConfigDocument document, Version? target = null, JobNamespaceFacts? facts = null)
    {
        var config = new CheckedConfig(document, target, facts);
        return [.. ConfigChecks.All.SelectMany(check => check.Look(config)).Distinct().OrderBy(found => found.Line).ThenBy(found => found.Severity).ThenBy(found => found.Key, StringComparer.Ordinal).ThenBy(found => found.Code, StringComparer.Ordinal)];
    }

    private static ConfigFinding Syntax(ConfigFault fault) =>
        new(CheckCodes.Syntax, "", fault.Line, CheckSeverity.Error, $"This is no TOML: {fault.Message.TrimEnd('.')}. gitlab-runner refuses the whole file.",
            "Mend the line, or the end of what was opened above it: a missing bracket or quote is often noticed only later.");
}
