namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class FileModeRule : ReadinessRule
{
    public override string Id => "R35";

    public override string Title => "modes of files";

    public override string Why => "Files of the source are written by another user and with other modes than on docker.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "UNPROTECTED PRIVATE KEY FILE";

    public override RuleSigns Signs { get; } = new() { Commands = ["umask", "ssh-add", "ssh", "scp", "sftp", "ansible-playbook"], Words = ["id_rsa", "id_ed25519", "id_ecdsa", "id_dsa", "deploy_key", "id_key", "GIT_SSH_COMMAND"] };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        var chmod = job.Named("chmod").Any(command => command.Arguments.Any(argument => argument is "600" or "0600" or "400" or "0400" or "go-rwx" or "u=rw,go=" or "og-rwx" or "u+rw,go-rwx"))
            || job.Named("install").Any(command => command.Command.Has("600", "-m600", "-m0600", "0600", "400"));
        foreach (var command in job.Commands)
        {
            if (command.Name == "umask")
                yield return Found(job, Usual, command.Line, "umask does not reach the files of the source: they are written by another container.", "chmod the files that need it, in before_script.");
            else if (!chmod && Key(command) is { } key)
                yield return Found(job, Usual, command.Line, $"ssh refuses the key {key} when others can read it, which they can on Kubernetes.", $"chmod 600 {key}");
        }
    }

    /// <summary>A private key by its usual names.</summary>
    private static bool IsKey(string path) => Path.GetFileName(path.TrimEnd('/')) is "id_rsa" or "id_ed25519" or "id_ecdsa" or "id_dsa" or "deploy_key" or "id_key";

    /// <summary>The key file that a command reads; null when it comes by a pipe or from memory.</summary>
    private static string? Key(JobCommand command)
    {
        if (command.Name == "ssh-add") return command.Command.ReadsPipe ? null : command.Arguments.FirstOrDefault(argument => !argument.StartsWith('-') && !argument.StartsWith("<(", StringComparison.Ordinal));
        if (command.Name is "cp" or "mv" && command.Arguments is [.., var copy] && command.Arguments.Any(IsKey)) return copy;
        if (command.Command.Redirects.FirstOrDefault(redirect => redirect.Operator is ">" or ">>" && IsKey(redirect.Target)) is { Target: { } written }) return written;
        if (ShellSettings.Of(command).FirstOrDefault(one => one.Name == "GIT_SSH_COMMAND").Value is { } git && git.Split(' ', StringSplitOptions.RemoveEmptyEntries) is var words && Array.IndexOf(words, "-i") is var option and >= 0 && option + 1 < words.Length) return words[option + 1];
        if (command.Name is not ("ssh" or "scp" or "sftp" or "ansible-playbook")) return null;
        for (var at = 0; at + 1 < command.Arguments.Count; at++)
            if (command.Arguments[at] is "-i" or "--private-key") return command.Name == "ansible-playbook" && command.Arguments[at] == "-i" ? null : command.Arguments[at + 1];
        return null;
    }
}
