namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class DoubleUnderscoreRule : ReadinessRule
{
    public override string Id => "R08";

    public override string Title => "host name with two underscores";

    public override string Why => "docker also calls the service of image a/b by the name a__b; Kubernetes drops names with underscores.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "could not translate host name \"a__b\"";

    public override string Link => "https://docs.gitlab.com/ci/services/#accessing-the-services";

    public override RuleSigns Signs { get; } = new() { Services = true };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        foreach (var service in job.Services)
        {
            var name = service.OwnNames.First();
            if (!name.Contains("__", StringComparison.Ordinal) || service.Image.IsOpen) continue;
            foreach (var word in job.UsedWords.Where(word => Names(word.Text, name)))
            {
                yield return Found(job, Usual, word.Line, $"The name {name} does not exist on Kubernetes, because of the underscores.",
                    $"services:\n  - name: {service.Image.Written}\n    alias: {Alias(service)}\nThen connect to {Alias(service)}; {service.OwnNames.Last()} works on both without an alias.");
            }
        }
    }

    private static bool Names(string text, string name)
    {
        var at = text.IndexOf(name, StringComparison.Ordinal);
        return at >= 0 && (at == 0 || !IsPart(text[at - 1])) && (at + name.Length == text.Length || !IsPart(text[at + name.Length]));
    }

    private static bool IsPart(char sign) => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-';

    private static string Alias(ServiceView service) => service.Image.Family.Replace('_', '-').ToLowerInvariant();
}
