namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class OldHostNameRule : ReadinessRule
{
    public override string Id => "R43";

    public override string Title => "names that only the old host knew";

    public override string Why => "Names from the docker host's hosts file or extra_hosts mean nothing in a pod.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "Could not resolve host";

    public override RuleSigns Signs { get; } = new() { Words = ["://"], EveryJobWhen = profile => profile.OldHosts.Count > 0 };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        foreach (var word in job.UsedWords)
        {
            foreach (var host in HostName.In(word.Text))
                if (!JobHosts.IsInside(job, host.Host) && (profile.OldHosts.Contains(host.Host, StringComparer.OrdinalIgnoreCase) || IsShort(host.Host))) yield return At(job, word.Line, host.Host);
            if (profile.OldHosts.Contains(word.Text, StringComparer.OrdinalIgnoreCase)) yield return At(job, word.Line, word.Text);
        }
    }

    private static readonly string[] Local = [".local", ".lan", ".localdomain", ".home"];

    private Finding At(JobView job, int line, string host) =>
        Found(job, Usual, line, $"{host} is no name that everybody knows: the old runner's host knew it, a pod may not.", $"Use its full name, such as {host.Split('.')[0]}.example.org, or ask your administrators for a host alias.");

    /// <summary>A name without a dot that no service has, or one of those that only a hosts file or the local network knows; numbers and templates are none.</summary>
    private static bool IsShort(string host) =>
        host == "host.docker.internal" || Local.Any(end => host.EndsWith(end, StringComparison.OrdinalIgnoreCase)) || !host.Contains('.', StringComparison.Ordinal) && host.Length > 1 && char.IsAsciiLetter(host[0]) && host.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_') && host is not "host" and not "HOST";
}
