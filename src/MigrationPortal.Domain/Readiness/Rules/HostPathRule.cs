using System.Collections.Frozen;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class HostPathRule : ReadinessRule
{
    /// <summary>Where hosts usually keep what they mount into jobs; used as long as the old runner's volumes are not known.</summary>
    private static readonly string[] Usually = ["/cache", "/srv", "/data", "/mnt", "/nfs", "/export", "/shared", "/share", "/root/.m2", "/root/.gradle", "/root/.docker/config.json", "/home/gitlab-runner"];

    /// <summary>They act on another machine, or in another container.</summary>
    private static readonly FrozenSet<string> Elsewhere = FrozenSet.ToFrozenSet(["ssh", "scp", "sftp", "kubectl", "oc", "ansible", "helm", "docker", "docker-compose", "podman", "echo", "printf", "grep", "sed", "awk", "aws", "az", "gcloud"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Makers = FrozenSet.ToFrozenSet(["mkdir", "install"], StringComparer.Ordinal);

    private const int Longest = 16 * 1024;

    public override string Id => "R19";

    public override string Title => "folders of the old host";

    public override string Why => "What the docker runner mounted from its host is not there on Kubernetes.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "No such file or directory";


    public override RuleSigns Signs { get; } = new() { Words = Usually, EveryJobWhen = profile => profile.OldMounts is not null };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        var made = job.Named(Makers).SelectMany(command => command.Arguments).Where(argument => argument.StartsWith('/')).ToList();
        var paths = (profile.OldMounts ?? Usually).Except(profile.Mounts, StringComparer.Ordinal).ToList();
        if (paths.Count == 0) yield break;
        foreach (var command in job.Commands)
        {
            if (Elsewhere.Contains(command.Name) || Makers.Contains(command.Name)) continue;
            var redirects = command.Command.Redirects.Where(redirect => redirect.Operator.StartsWith('<')).Select(redirect => redirect.Target);
            foreach (var word in command.Arguments.Concat(redirects).Append(command.Command.Written))
                if (Under(word, paths) is { } path && !made.Any(one => path.StartsWith(one, StringComparison.Ordinal))) yield return At(job, command.Line, path);
        }

        foreach (var variable in job.Variables.All.Where(variable => variable.Value.Length < Longest && variable.Value.Contains('/', StringComparison.Ordinal)))
            foreach (var word in variable.Value.Split([' ', ',']))
                if (Under(word, paths) is { } path && !made.Any(one => path.StartsWith(one, StringComparison.Ordinal))) yield return At(job, variable.Line, path);
    }

    private Finding At(JobView job, int line, string path) =>
        Found(job, Usual, line, $"{path} is a folder of the old runner's host, which a pod does not have.", "Put the file into a CI/CD variable of type file, into the image, or into artifacts; or ask your administrators for a volume at this path.");

    /// <summary>The path that the word begins with or gives after <c>=</c> or an option such as <c>-I</c>.</summary>
    private static string? Under(string word, IReadOnlyList<string> paths)
    {
        var slash = word.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || (slash > 0 && word[slash - 1] is not ('=' or ':' or '@') && !(word[0] == '-' && slash == 2))) return null;
        if (slash > 0 && word[slash - 1] == ':' && !word.StartsWith("file:", StringComparison.Ordinal)) return null;
        var rest = word.AsSpan(slash);
        foreach (var path in paths)
            if (rest.StartsWith(path, StringComparison.Ordinal) && (rest.Length == path.Length || rest[path.Length] == '/')) return rest.ToString();
        return null;
    }
}
