namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Keys that gitlab-runner does not know where they stand. It loads such a file and does nothing about them; only <c>gitlab-runner lint</c> tells.</summary>
public sealed class UnknownKeyCheck : ConfigCheck
{
    public override IEnumerable<ConfigFinding> Look(CheckedConfig config)
    {
        var guesses = new Dictionary<(string Path, string? Executor), KeyGuess>();
        foreach (var use in config.Uses.Where(use => use.IsUnknown))
        {
            var executor = config.RunnerOf(use)?.Executor;
            if (!guesses.TryGetValue((use.SchemaPath, executor), out var guess)) guesses[(use.SchemaPath, executor)] = guess = KeyGuess.Of(use, executor);
            var parent = KeyGuess.ParentOf(use.SchemaPath, out var name);
            var isSection = use.Node is ConfigTable or ConfigList { IsOfTables: true };
            // A misspelled section of the whole file takes everything below it to nowhere.
            var isWrongSection = guess is { Key: not null, IsHere: false } || (isSection && parent.Length == 0 && guess.Key is not null);
            yield return Found(isWrongSection ? CheckCodes.WrongSection : CheckCodes.UnknownKey, CheckSeverity.Error, use, Message(name, parent, isSection, guess), Remedy(use, name, guess));
        }
    }

    private static string Message(string name, string parent, bool isSection, KeyGuess guess)
    {
        var place = parent.Length == 0 ? "the global section" : KeyText.Section(parent);
        var what = isSection ? $"There is no section {name} in {place}" : $"{name} is no key of {place}";
        return guess switch
        {
            { Key: { } key, IsHere: true } => $"{what}: gitlab-runner ignores it in silence. Did you mean {key.Name}?",
            { Key: { } key } => $"{what}: gitlab-runner ignores it in silence there. It belongs to {Sections(guess)}.",
            _ => $"{what}: gitlab-runner ignores it in silence.",
        };
    }

    private static string Remedy(KeyUse use, string name, KeyGuess guess)
    {
        if (KeySlips.Remedy(use.SchemaPath) is { } told) return told;
        return guess switch
        {
            { Key: { } key, IsHere: true } when use.Node is ConfigTable or ConfigList { IsOfTables: true } && key.IsSection => $"Write {KeyText.Header(key)}.",
            { Key: { } key, IsHere: true } => $"Write {key.Name} in place of {name}.",
            { Key: { IsSection: true } key } => $"Write {KeyText.Header(key)}.",
            { Key: { } key } => $"Move it to {Sections(guess)} as {key.Name}.",
            _ => "Take it out, or look it up in the reference of config.toml.",
        };
    }

    private static string Sections(KeyGuess guess) => string.Join(" or ", guess.Others.Count <= 2 ? guess.Others.Select(KeyText.SectionOf).Prepend(KeyText.SectionOf(guess.Key!)).Distinct() : [KeyText.SectionOf(guess.Key!)]);
}
