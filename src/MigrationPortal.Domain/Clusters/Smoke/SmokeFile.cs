using System.Text;

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>The CI file of a verification: the same expectations give the same text, to the letter.</summary>
public static class SmokeFile
{
    private const string First = "portal-smoke";
    private const string Second = "portal-smoke-after";

    public static string Of(SmokeExpectations expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var text = new StringBuilder();
        text.Append("# What a runner configuration promises, tried by jobs of its own. The branch is deleted when they have ended.\n");
        text.Append($"stages: [{First}, {Second}]\n");
        text.Append("workflow: {rules: [{when: always}]}\n");
        text.Append("variables: {GIT_STRATEGY: clone, GIT_DEPTH: \"1\"}\n");
        foreach (var job in SmokeJobs.Of(expected)) Append(text, job, expected.Choice);
        return text.ToString();
    }

    /// <summary>As a YAML text, whatever it holds.</summary>
    internal static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static void Append(StringBuilder text, SmokeJob job, SmokeChoice choice)
    {
        text.Append($"\n{Quoted(job.FullName)}:\n");
        text.Append($"  stage: {(job.Reads ? Second : First)}\n");
        text.Append($"  tags: [{Quoted(choice.Tag)}]\n");
        text.Append("  timeout: 15m\n  retry: 0\n");
        // One that fails does not keep the others from running: every answer counts.
        text.Append("  allow_failure: true\n");
        if (job.Reads && !job.More.Any(key => key.StartsWith("needs:", StringComparison.Ordinal))) text.Append($"  needs: [{Quoted(SmokeJob.Prefix + SmokeJobs.CacheWrite)}]\n");
        if ((job.Image ?? (job.OnDefaultImage ? null : choice.Image)) is { } image && !job.More.Any(key => key.StartsWith("image:", StringComparison.Ordinal))) text.Append($"  image: {Quoted(image)}\n");
        foreach (var key in job.More) text.Append($"  {key}\n");
        text.Append("  script:\n    - |\n");
        foreach (var line in job.Script.TrimEnd('\n').Split('\n')) text.Append($"      {line}\n");
    }
}
