using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>CPUs and memory of a machine type, by the clouds' rules of naming; families that follow none are not known.</summary>
public sealed partial record MachineSize(double Cpus, double MemoryGib)
{
    // AWS: memory by CPU of a family, and CPUs by the size's name.
    private static readonly Dictionary<string, double> AwsGibPerCpu = new(StringComparer.Ordinal) { ["c"] = 2, ["m"] = 4, ["r"] = 8, ["x"] = 15.25 };

    private static readonly Dictionary<string, (double Cpus, double Gib)> AwsBurst = new(StringComparer.Ordinal)
    {
        ["nano"] = (2, 0.5),
        ["micro"] = (2, 1),
        ["small"] = (2, 2),
        ["medium"] = (2, 4),
        ["large"] = (2, 8),
        ["xlarge"] = (4, 16),
        ["2xlarge"] = (8, 32),
    };

    /// <returns>Null: the name says too little.</returns>
    public static MachineSize? Of(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var name = type.Trim();
        name = name[(name.LastIndexOf('/') + 1)..];
        return Aws(name) ?? Google(name) ?? Azure(name) ?? DigitalOcean(name);
    }

    private static MachineSize? Aws(string name)
    {
        if (AwsName().Match(name) is not { Success: true } match) return null;
        var (family, generation, size) = (match.Groups["family"].Value, int.Parse(match.Groups["generation"].ValueSpan, CultureInfo.InvariantCulture), match.Groups["size"].Value);
        if (family == "t") return generation >= 3 && AwsBurst.TryGetValue(size, out var burst) ? new(burst.Cpus, burst.Gib) : null;
        if (!AwsGibPerCpu.TryGetValue(family, out var each)) return null;
        double cpus = size switch
        {
            "medium" when generation >= 6 => 1,
            "large" => 2,
            "xlarge" => 4,
            _ when size.EndsWith("xlarge", StringComparison.Ordinal) && int.TryParse(size[..^6], CultureInfo.InvariantCulture, out var times) => 4 * times,
            _ => 0,
        };
        // Families before the fifth generation have a little less memory to a CPU.
        if (generation < 5) each = family switch { "c" => 1.875, "r" => 7.625, "m" when generation == 3 => 3.75, _ => each };
        return cpus > 0 ? new(cpus, cpus * each) : null;
    }

    private static MachineSize? Google(string name)
    {
        if (GoogleCustom().Match(name) is { Success: true } custom) return new(Number(custom.Groups[1].Value), Number(custom.Groups[2].Value) / 1024);
        if (name is "e2-micro") return new(2, 1);
        if (name is "e2-small") return new(2, 2);
        if (name is "e2-medium") return new(2, 4);
        if (GoogleName().Match(name) is not { Success: true } match) return null;
        var (family, kind, cpus) = (match.Groups["family"].Value, match.Groups["kind"].Value, Number(match.Groups["cpus"].Value));
        var each = (family, kind) switch
        {
            ("n1", "standard") => 3.75,
            ("n1", "highmem") => 6.5,
            ("n1", "highcpu") => 0.9,
            (_, "standard") => 4,
            (_, "highmem") => 8,
            ("c3" or "c4", "highcpu") => 2,
            _ => 1,
        };
        return new(cpus, cpus * each);
    }

    private static MachineSize? Azure(string name)
    {
        if (AzureName().Match(name) is not { Success: true } match || match.Groups["variant"].Value.Contains('l', StringComparison.Ordinal)) return null;
        var cpus = Number(match.Groups["cpus"].Value);
        double each = match.Groups["family"].Value.ToUpperInvariant() switch { "D" => 4, "E" => 8, "F" => 2, _ => 0 };
        // The first D sizes (Standard_D2, DS2) count otherwise.
        return each == 0 || (match.Groups["version"].Length == 0 && match.Groups["family"].Value == "D") ? null : new(cpus, cpus * each);
    }

    private static MachineSize? DigitalOcean(string name) => DropletName().Match(name) is { Success: true } match ? new(Number(match.Groups[1].Value), Number(match.Groups[2].Value)) : null;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<family>[a-z])(?<generation>\d)[a-z-]*\.(?<size>nano|micro|small|medium|large|\d{0,2}xlarge)\z")]
    private static partial Regex AwsName();

    [GeneratedRegex(@"^(?:(?:n1|n2|n2d|e2|n4)-)?custom-(\d{1,3})-(\d{3,7})(?:-ext)?\z")]
    private static partial Regex GoogleCustom();

    [GeneratedRegex(@"^(?<family>n1|n2|n2d|n4|e2|c2|c2d|c3|c4|t2d|t2a)-(?<kind>standard|highmem|highcpu)-(?<cpus>\d{1,3})\z")]
    private static partial Regex GoogleName();

    [GeneratedRegex(@"^Standard_(?<family>[A-Z])(?<cpus>\d{1,3})(?<variant>[a-z]*)(?:_(?<version>v\d))?\z")]
    private static partial Regex AzureName();

    [GeneratedRegex(@"^(?:s|c|g|gd|m)-(\d{1,2})vcpu-(\d{1,3})gb")]
    private static partial Regex DropletName();
}
