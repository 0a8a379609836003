using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using MigrationPortal.Domain.Readiness;

namespace MigrationPortal.Domain.Tests.Readiness.RuleSamples;

/// <param name="Title">Why the sample is there, or its only command.</param>
internal sealed partial record RuleSample(string Rule, bool Fires, string Title, string Yaml, RunnerProfile Profile)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowReadingFromString, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static readonly IReadOnlyList<RuleSample> All =
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Readiness", "RuleSamples"), "*.yaml").Order(StringComparer.Ordinal).SelectMany(file => Read(File.ReadAllText(file)))];

    private static IEnumerable<RuleSample> Read(string text)
    {
        var headings = Heading().Matches(text);
        for (var index = 0; index < headings.Count; index++)
        {
            var heading = headings[index];
            var end = index + 1 < headings.Count ? headings[index + 1].Index : text.Length;
            var body = text[(heading.Index + heading.Length)..end];
            var profile = heading.Groups["profile"] is { Success: true, Value: var json } ? JsonSerializer.Deserialize<RunnerProfile>(json, Web)! : RunnerProfile.Default;
            RuleSample Sample(string title, string yaml) => new(heading.Groups["rule"].Value, heading.Groups["fires"].Value == "fires", title, yaml, profile);
            if (heading.Groups["why"].Success) yield return Sample($"{heading.Groups["rule"].Value}: {heading.Groups["why"].Value}", body);
            else
                foreach (var line in body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                    yield return Sample(line, $"job: {{image: \"debian:12\", script: [{JsonSerializer.Serialize(line)}]}}");
        }
    }

    [GeneratedRegex("^--- # (?<rule>R\\d\\d) (?<fires>fires|silent)( with (?<profile>\\{.*\\}))?( per line|: (?<why>.*))$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
