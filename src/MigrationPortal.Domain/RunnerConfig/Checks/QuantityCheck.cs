namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Amounts of a job pod that Kubernetes does not read, or reads as something that nobody means.</summary>
public sealed class QuantityCheck : KubernetesCheck
{
    private const double Mebibyte = 1024 * 1024;

    // Container runtimes refuse to start in less.
    private const double LeastMemory = 6 * Mebibyte;

    private static readonly string[] Others = ["suspend_pvc_size"];

    private protected override IEnumerable<ConfigFinding> Look(KubernetesSection runner, CheckedConfig config)
    {
        foreach (var amount in ResourceKeys.All)
            foreach (var key in new[] { amount, amount + ResourceKeys.OverwriteMax })
                if (Judge(runner, key, runner.Text(key), amount.Contains("cpu", StringComparison.Ordinal)) is { } found) yield return found;
        foreach (var key in Others)
            if (Judge(runner, key, runner.Text(key), false) is { } found) yield return found;

        var volumes = runner.Tables("volumes.empty_dir");
        for (var i = 0; i < volumes.Count; i++)
            if (volumes[i].Text("size_limit") is { Length: > 0 } size && Quantity.Read(size) is null)
                yield return new(CheckCodes.BadQuantity, runner.KeyOf($"volumes.empty_dir[{i}].size_limit"), volumes[i]["size_limit"]!.Line, CheckSeverity.Error, $"\"{size}\" is no Kubernetes quantity: gitlab-runner warns and sets no limit.", "Write it as 64Mi or 2Gi.");
    }

    private static ConfigFinding? Judge(KubernetesSection runner, string key, string? text, bool isCpu)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var name = key[(key.LastIndexOf('.') + 1)..];
        ConfigFinding Found(CheckSeverity severity, string message, string remedy) => new(CheckCodes.BadQuantity, runner.KeyOf(key), runner.LineOf(key), severity, message, remedy);
        if (Quantity.Read(text) is not { } amount)
            return Found(CheckSeverity.Error, $"{name} = \"{Short(text)}\" is no Kubernetes quantity: every job fails.", isCpu ? "Write cores: \"2\", \"1.5\" or \"500m\"." : $"Write it as {Guess(text) ?? "512Mi or 2Gi"}.");
        if (amount < 0) return Found(CheckSeverity.Error, $"{name} is below 0: Kubernetes refuses the pod.", "Write an amount above 0, or leave it out.");
        if (amount == 0) return null;
        return isCpu switch
        {
            true when amount > 1024 => Found(CheckSeverity.Error, $"{name} = \"{Short(text)}\" means {amount:0} cores, which no node has.", "Write cores: \"2\", \"1.5\" or \"500m\"."),
            false when text.EndsWith('m') => Found(CheckSeverity.Error, $"{name} = \"{text}\" means {amount:0.###} bytes: in Kubernetes m is a thousandth.", $"Write {text[..^1]}Mi."),
            false when amount < LeastMemory && name.Contains("memory", StringComparison.Ordinal) => Found(CheckSeverity.Error, $"{name} = \"{text}\" means {amount:0} bytes, in which no container starts.", $"Write a unit: {text.TrimEnd('k', 'K', 'i')}Mi or {text.TrimEnd('k', 'K', 'i')}Gi."),
            _ => null,
        };
    }

    // 2g, 1GB, 512MB, 1 Gi, 2gi: docker's and people's ways.
    private static string? Guess(string text)
    {
        var bare = text.Replace(" ", "", StringComparison.Ordinal);
        var digits = bare.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        if (digits == 0 || digits == bare.Length) return null;
        var unit = bare[digits..].ToLowerInvariant().TrimEnd('b').TrimEnd('i');
        return unit is "k" or "m" or "g" or "t" ? bare[..digits] + unit.ToUpperInvariant() + "i" : null;
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
