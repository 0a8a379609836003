using MigrationPortal.Domain.Readiness.Shell;
using MigrationPortal.Domain.Shared;
using YamlDotNet.RepresentationModel;

namespace MigrationPortal.Domain.Cohorts.TwinRuns;

/// <summary>What a twin run must not do twice, or cannot do at all, as far as a CI file shows it.</summary>
internal static class TwinLimits
{
    private static readonly (string Key, string Why)[] Keys =
    [
        ("trigger", "starts another pipeline and runs on no runner"),
        ("environment", "deploys to an environment"),
        ("release", "makes a release"),
        ("pages", "publishes pages"),
        ("publish", "publishes pages"),
        ("resource_group", "must never run twice at a time: it has a resource_group"),
        ("dast_configuration", "tests a site that runs"),
    ];

    private static readonly string[] Shipping = ["deploy", "release", "publish"];

    /// <summary>Programs that hand something out to others, with the word that does it; null: they do nothing else.</summary>
    private static readonly (string Program, string? Verb)[] Programs =
    [
        ("docker", "push"), ("podman", "push"), ("buildah", "push"), ("crane", "push"), ("skopeo", "copy"), ("oras", "push"), ("helm", "push"), ("helm", "install"), ("helm", "upgrade"),
        ("kubectl", "apply"), ("kubectl", "create"), ("kubectl", "delete"), ("kubectl", "rollout"), ("terraform", "apply"), ("terraform", "destroy"), ("tofu", "apply"), ("pulumi", "up"), ("ansible-playbook", null),
        ("npm", "publish"), ("yarn", "publish"), ("pnpm", "publish"), ("mvn", "deploy"), ("gradle", "publish"), ("gradlew", "publish"), ("twine", "upload"), ("poetry", "publish"), ("gem", "push"), ("cargo", "publish"), ("nuget", "push"),
        ("git", "push"), ("rsync", null), ("scp", null), ("sftp", null), ("ssh", null), ("lftp", null), ("docker", "--push"), ("docker-compose", "push"), ("ko", "publish"), ("gcloud", "deploy"), ("az", "upload"), ("jf", "upload"),
        ("release-cli", "create"), ("glab", "release"), ("semantic-release", null), ("goreleaser", null),
    ];

    private static readonly string[] Sending = ["--upload-file", "--form", "--data", "--data-binary", "--data-raw", "--data-urlencode", "--json", "--post-data", "--post-file", "--request=POST", "--method=POST", "--method=PUT"];

    public static Refusal No(string why) => Refusal.Of("twin-not-possible", why);

    /// <param name="isInput">It would run because the tried job needs its artifacts.</param>
    public static IEnumerable<string> Of(MergedCi ci, string name, YamlMappingNode job, bool isInput)
    {
        var who = isInput ? $"{name}, whose artifacts it needs," : name;
        foreach (var (key, why) in Keys) if (MergedCi.Value(job, key) is not null and not YamlScalarNode { Value: "false" }) yield return $"{who} {why}.";
        if (name == "pages") yield return $"{who} publishes pages.";
        if (MergedCi.StageOf(job) is var stage && Shipping.Contains(stage, StringComparer.OrdinalIgnoreCase)) yield return $"{who} is in the stage {stage}.";
        if (!isInput && MergedCi.Value(job, "parallel") is not null) yield return $"{who} runs several times at once (parallel): only a job that runs once can be compared.";
        foreach (var command in ci.Read.Jobs.FirstOrDefault(one => one.Name == name)?.Scripts.SelectMany(line => ShellScript.Read(line.Text).Commands) ?? [])
            if (Ships(command) is { } program) yield return $"{who} hands something out with '{program}', and would do it twice.";
    }

    private static string? Ships(ShellCommand command)
    {
        foreach (var (program, verb) in Programs)
        {
            if (command.Name != program) continue;
            if (verb is null) return program;
            if (command.Arguments.Any(argument => argument == verb || argument.EndsWith($":{verb}", StringComparison.Ordinal))) return $"{program} {verb}";
        }

        return command switch
        {
            { Name: "dotnet" } when command.Has("nuget") && command.Has("push") => "dotnet nuget push",
            // Kaniko pushes unless it is told not to.
            { Name: "executor" } when command.Written.Contains("kaniko", StringComparison.Ordinal) && !command.Has("--no-push") => "kaniko",
            { Name: "buildctl" or "buildctl-daemonless.sh" } when command.Arguments.Any(argument => argument.Contains("push=true", StringComparison.Ordinal)) => "buildctl",
            { Name: "docker" } when command.Arguments.Any(argument => argument is "--push=true" || argument.Contains("type=registry", StringComparison.Ordinal) || argument.Contains("push=true", StringComparison.Ordinal)) => "docker --push",
            { Name: "curl" } when command.Arguments.Any(argument => argument is "-T" or "-F" or "-d") => "curl",
            { Name: "curl" or "wget" } when command.Arguments.Any(IsSent) => command.Name,
            // What they copy from there is taken in, not handed out.
            { Name: "aws" or "gsutil" } when command.Arguments.LastOrDefault(argument => !argument.StartsWith('-')) is { } target && (target.StartsWith("s3://", StringComparison.Ordinal) || target.StartsWith("gs://", StringComparison.Ordinal))
                && (command.Has("cp") || command.Has("sync") || command.Has("mv") || command.Has("rsync")) => $"{command.Name} cp",
            _ => null,
        };
    }

    // What curl and wget hand to a server: a body, a file, or a method that changes something.
    private static bool IsSent(string argument) =>
        argument is "-XPOST" or "-XPUT" or "-XPATCH" or "-XDELETE" or "POST" or "PUT" or "PATCH" or "DELETE"
        || Sending.Any(option => argument == option || argument.StartsWith(option + "=", StringComparison.Ordinal));
}
