using System.Text;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Checks;

/// <summary>Every key of the list, written wrongly in each usual way: it is found, and the right one is named.</summary>
public sealed class EveryKeyTests
{
    public static TheoryData<string> Ways => ["squashed", "camel", "dashes", "omitempty", "a letter less", "a letter twice", "two letters swapped"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Misspelled_IsUnknown_AndTheRightKeyIsNamed(string way)
    {
        var (tried, named) = (0, 0);
        foreach (var key in Known().Where(key => key.Name.Length >= 6))
        {
            var wrong = Misspell(key.Name, way);
            var siblings = ConfigKeys.Below(ParentOf(key.Path)).Select(one => one.Name).ToList();
            if (siblings.Contains(wrong, StringComparer.OrdinalIgnoreCase) || wrong.Equals(key.Name, StringComparison.OrdinalIgnoreCase)) continue;
            var found = ValidateConfig.Of(TomlOf(key, wrong, ValueOf(key.Type))).Where(one => one.Code is "unknown-key" or "wrong-section").ShouldHaveSingleItem($"{key.Path} as {wrong}");
            found.Severity.ShouldBe(CheckSeverity.Error);
            tried++;
            if ($"{found.Message} {found.Remedy}".Contains(key.Name, StringComparison.OrdinalIgnoreCase)) named++;
        }

        tried.ShouldBeGreaterThan(200);
        // A swapped letter may lead to a neighbour that is as near.
        ((double)named / tried).ShouldBeGreaterThan(0.97, $"{named} of {tried}");
    }

    [Fact]
    public void InASectionWhereItIsNotKnown_IsTold()
    {
        foreach (var key in Known().Where(key => key.Path.StartsWith("runners[].kubernetes.", StringComparison.Ordinal) && key.Path.Count(c => c == '.') == 2))
        {
            if (ConfigKeys.Find($"runners[].{key.Name}") is not null) continue;
            var toml = $"[[runners]]\nexecutor = \"kubernetes\"\n{key.Name} = {ValueOf(key.Type)}\n";
            var found = ValidateConfig.Of(toml).Where(one => one.Code is "unknown-key" or "wrong-section").ShouldHaveSingleItem(key.Path);
            (found.Line, $"{found.Message} {found.Remedy}".Contains("[runners.kubernetes]", StringComparison.Ordinal) || found.Code == "unknown-key").ShouldBe((3, true), key.Path);
        }
    }

    [Fact]
    public void OfAnotherType_IsTold_AndOfTheRightOneIsNot()
    {
        foreach (var key in Known())
        {
            var right = ValidateConfig.Of(TomlOf(key, key.Name, ValueOf(key.Type)));
            right.ShouldNotContain(one => one.Code == "wrong-type" || one.Code == "unknown-key" || one.Code == "wrong-section", key.Path);
            foreach (var wrong in WrongValuesOf(key.Type))
            {
                var found = ValidateConfig.Of(TomlOf(key, key.Name, wrong)).Where(one => one.Code == "wrong-type").ShouldHaveSingleItem($"{key.Path} = {wrong}");
                found.Severity.ShouldBe(CheckSeverity.Error);
                FindingForm.Judge(found, TomlOf(key, key.Name, wrong), key.Path);
            }
        }
    }

    [Fact]
    public void Removed_IsTold_WithARemedy()
    {
        foreach (var key in ConfigKeys.All.Where(key => key.LastRelease is not null))
            ValidateConfig.Of(TomlOf(key, key.Name, "\"x\"")).Where(one => one.Code == "removed-key").ShouldHaveSingleItem(key.Path).Remedy.Length.ShouldBeGreaterThan(15);
    }

    private static IEnumerable<ConfigKey> Known() => ConfigKeys.All.Where(key => key.LastRelease is null && key.IsReleased && key.Path != "runners");

    private static string ParentOf(string path) => path.Contains('.', StringComparison.Ordinal) ? path[..path.LastIndexOf('.')] : "";

    private static string Misspell(string name, string way) => way switch
    {
        "squashed" => name.Replace("_", "", StringComparison.Ordinal),
        "camel" => string.Concat(name.Split('_').Select((part, i) => i == 0 || part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..])),
        "dashes" => name.Replace('_', '-'),
        "omitempty" => name + ",omitempty",
        "a letter less" => name.Remove(name.Length / 2, 1),
        "a letter twice" => name.Insert(name.Length / 2, name[name.Length / 2].ToString()),
        _ => name[..(name.Length / 2)] + name[(name.Length / 2) + 1] + name[name.Length / 2] + name[((name.Length / 2) + 2)..],
    };

    /// <summary>A file with the sections above the key, and in the last of them one line.</summary>
    private static string TomlOf(ConfigKey key, string name, string value)
    {
        var toml = new StringBuilder();
        var parts = ParentOf(key.Path).Split('.', StringSplitOptions.RemoveEmptyEntries);
        var path = "";
        foreach (var part in parts)
        {
            path = path.Length == 0 ? part : $"{path}.{part}";
            var plain = path.Replace("[]", "", StringComparison.Ordinal);
            toml.Append(part.EndsWith("[]", StringComparison.Ordinal) ? $"[[{plain}]]\n" : $"[{plain}]\n");
        }

        return toml.Append(System.Globalization.CultureInfo.InvariantCulture, $"\"{name}\" = {value}\n{(parts.Length == 0 ? "[[runners]]\n" : "")}").ToString();
    }

    private static string ValueOf(string type) => type switch
    {
        "string" => "\"5\"",
        "bool" => "true",
        "int" => "7",
        "float" => "1.5",
        "datetime" => "2026-11-30T00:00:00Z",
        "duration-string" => "\"5m\"",
        "string[]" => "[\"5\"]",
        "int[]" => "[5]",
        "float[]" => "[1.5]",
        "string|string[]" => "[\"always\"]",
        "array-of-tables" => "[]",
        _ => "{}",
    };

    private static string[] WrongValuesOf(string type) => type switch
    {
        "string" => ["5", "true", "[\"5\"]", "{}"],
        "bool" => ["\"true\"", "1", "[true]"],
        "int" => ["\"7\"", "7.0", "true", "[7]"],
        "float" => ["\"1.5\"", "true"],
        "datetime" => ["\"2026\"", "5"],
        "duration-string" => ["300", "true", "1.5"],
        "string[]" => ["\"5\"", "[5]", "{}", "[[\"5\"]]"],
        "int[]" => ["[\"5\"]", "5"],
        "float[]" => ["[\"5\"]", "5.0"],
        "string|string[]" => ["5", "[5]", "{}"],
        "array-of-tables" => ["{}", "[\"5\"]", "\"5\""],
        _ => ["\"5\"", "[]", "5"],
    };
}
