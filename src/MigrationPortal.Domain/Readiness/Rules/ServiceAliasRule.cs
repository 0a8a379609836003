using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed partial class ServiceAliasRule : ReadinessRule
{
    public override string Id => "R07";

    public override string Title => "service alias";

    public override string Why => "Kubernetes takes only DNS names: small letters, digits, dashes and dots.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "provided host alias ... is invalid DNS";

    public override string Link => "https://docs.gitlab.com/ci/services/#accessing-the-services";

    public override RuleSigns Signs { get; } = new() { Services = true };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        foreach (var service in job.Services)
        {
            foreach (var alias in service.Aliases.Where(alias => !alias.Contains('$', StringComparison.Ordinal) && !IsDnsName(alias)))
            {
                yield return Found(job, Usual, service.Service.Alias!.Value.Line, $"Kubernetes does not accept the name {alias} ({Fault(alias)}). Use {Legal(alias)}, also where your job connects to it.",
                    $"services:\n  - name: {service.Image.Written}\n    alias: {Legal(alias)}");
            }
        }
    }

    private static bool IsDnsName(string alias) => alias.Length <= 253 && Subdomain().IsMatch(alias);

    private static string Fault(string alias) =>
        alias.Contains('_', StringComparison.Ordinal) ? "it has an underscore" : alias.Any(char.IsAsciiLetterUpper) ? "it has capital letters" : alias.Length > 63 ? "it is too long" : "it is no DNS name";

    private static string Legal(string alias)
    {
        var legal = Illegal().Replace(alias.ToLowerInvariant(), "-").Trim('-', '.');
        return legal.Length == 0 ? "service" : legal[..Math.Min(63, legal.Length)].Trim('-', '.');
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$")]
    private static partial Regex Subdomain();

    [GeneratedRegex("[^a-z0-9.-]+")]
    private static partial Regex Illegal();
}
