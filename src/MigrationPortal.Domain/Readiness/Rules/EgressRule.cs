using System.Collections.Frozen;
using System.Globalization;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class EgressRule : ReadinessRule
{
    /// <summary>What network policies for job pods usually let out: DNS, web.</summary>
    private static readonly int[] UsualPorts = [53, 80, 443];

    private static readonly FrozenSet<string> Ssh = FrozenSet.ToFrozenSet(["ssh", "scp", "sftp", "rsync", "ssh-keyscan", "ansible", "ansible-playbook", "mosh", "sshpass", "autossh"], StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, int> Clients = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["psql"] = 5432,
        ["pg_dump"] = 5432,
        ["pg_restore"] = 5432,
        ["mysql"] = 3306,
        ["mysqldump"] = 3306,
        ["redis-cli"] = 6379,
        ["mongosh"] = 27017,
        ["mongodump"] = 27017,
        ["ldapsearch"] = 389,
        ["sqlcmd"] = 1433,
        ["nc"] = 0,
        ["ncat"] = 0,
        ["telnet"] = 0,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public override string Id => "R27";

    public override string Title => "connections that the network may stop";

    public override string Why => "Job pods usually may call web addresses only; ssh, mail, directories and databases need a rule of their own.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "port 22: Connection timed out";

    public override string Link => "https://docs.gitlab.com/ci/runners/git_submodules/";

    public override RuleSigns Signs { get; } = new() { Commands = [.. Ssh, .. Clients.Keys, "apt", "apt-get"], Words = ["://", RuleSigns.Whole("submodule"), "GIT_SUBMODULE_STRATEGY", ":22", ":25", ":389", ":465", ":587", ":636", ":0", "git@", RuleSigns.Ends(".git"), "HOST", "_SERVER"] };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        var open = profile.EgressPorts ?? UsualPorts;
        var submodules = job.Variables.Of("GIT_SUBMODULE_STRATEGY").FirstOrDefault(variable => variable.Value is "recursive" or "normal");
        if (submodules is not null && !job.Variables.IsOn("GIT_SUBMODULE_FORCE_HTTPS") && !open.Contains(22))
            yield return Found(job, Usual, submodules.Line, "Submodules with an ssh address are fetched at port 22, which the network may stop.", "variables:\n  GIT_SUBMODULE_FORCE_HTTPS: \"true\"");
        // Debian's package lists are fetched over http; where the network is not known, that is only worth a word.
        if (!open.Contains(80) || profile.EgressPorts is null)
        {
            foreach (var command in job.Programs.Where(command => command.Name is "apt-get" or "apt" && command.Command.Verb == "update").Take(1))
                yield return Found(job, profile.EgressPorts is null ? Severity.Info : Usual, command.Line, "apt fetches its package lists at port 80, which the network of the pods may stop.", "Ask your administrators whether job pods may reach the package mirror at port 80, or take its https address.");
        }

        if (!open.Contains(22) && submodules is null && !job.Variables.IsOn("GIT_SUBMODULE_FORCE_HTTPS"))
        {
            foreach (var command in job.Named("git").Where(command => command.Command.Verb == "submodule" && command.Command.Has("update")).Take(1))
                yield return Found(job, Severity.Info, command.Line, "Submodules with an ssh address are fetched at port 22, which the network may stop.", "variables:\n  GIT_SUBMODULE_STRATEGY: recursive\n  GIT_SUBMODULE_FORCE_HTTPS: \"true\"");
        }

        foreach (var word in job.UsedWords)
        {
            if (word.Text.StartsWith("deb http://", StringComparison.Ordinal) && profile.EgressPorts is null) yield return Found(job, Severity.Info, word.Line, "This package mirror is reached at port 80, which the network of the pods may stop.", "Take its https address.");
            if (MailPort(word.Text) is { } mail && !open.Contains(mail.Port) && !JobHosts.IsInside(job, mail.Host)) yield return At(job, word.Line, $"{mail.Host} is reached at port {mail.Port}", Ask(mail.Host, mail.Port));
            if (IsSshAddress(word.Text) && !open.Contains(22)) yield return At(job, word.Line, $"{word.Text} is reached at port 22", "Use the https address; inside GitLab with the job's token: https://gitlab-ci-token:$CI_JOB_TOKEN@HOST/PATH.git");
            foreach (var host in HostName.In(word.Text))
                if (host.PortOrUsual is { } port && !open.Contains(port) && !JobHosts.IsInside(job, host.Host)) yield return At(job, word.Line, $"{host.Host} is reached at port {port}", Ask(host.Host, port));
        }

        foreach (var variable in job.Variables.All)
            if (NamedPort(variable.Name) is { } port && !open.Contains(port) && Dotted(variable.Value) is { } host && !JobHosts.IsInside(job, host)) yield return At(job, variable.Line, $"{host} is reached at port {port}", Ask(host, port));
        foreach (var command in job.Commands)
        {
            if (Ssh.Contains(command.Name) && !open.Contains(22) && IsFarAway(command))
                yield return At(job, command.Line, $"{command.Name} connects to port 22", Ask("that host", 22));
            else if (Clients.TryGetValue(command.Name, out var usual) && Called(command) is { } host && !JobHosts.IsInside(job, host) && Port(command, usual) is { } port && !open.Contains(port))
                yield return At(job, command.Line, $"{command.Name} connects to {host} at port {port}", Ask(host, port));
        }
    }

    private Finding At(JobView job, int line, string what, string remedy) => Found(job, Usual, line, $"{what}, which the network of the pods may stop.", remedy);

    private static string Ask(string host, int port) => $"Ask your administrators whether job pods may reach {host} at port {port}.";

    /// <summary>ssh and its relatives with another machine named; rsync and scp name it by <c>host:path</c>.</summary>
    private static bool IsFarAway(JobCommand command) => command.Name is "rsync" or "scp"
        ? command.Arguments.Any(argument => argument.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && !argument.AsSpan(0, colon).ContainsAny('/', '=') && !argument.Contains("://", StringComparison.Ordinal))
        : command.Arguments.Any(argument => !argument.StartsWith('-'));

    /// <summary>The usual port of what a variable such as <c>LDAP_HOST</c> names; null for others.</summary>
    private static int? NamedPort(string name)
    {
        if (!name.EndsWith("HOST", StringComparison.Ordinal) && !name.EndsWith("HOSTNAME", StringComparison.Ordinal) && !name.EndsWith("_SERVER", StringComparison.Ordinal)) return null;
        foreach (var (word, port) in Named) if (name.Contains(word, StringComparison.Ordinal)) return port;
        return null;
    }

    private static readonly (string Word, int Port)[] Named = [("LDAP", 389), ("SMTP", 25), ("MAIL", 25), ("PGHOST", 5432), ("POSTGRES", 5432), ("MYSQL", 3306), ("MARIADB", 3306), ("REDIS", 6379), ("MONGO", 27017), ("RABBIT", 5672), ("AMQP", 5672), ("DATABASE", 5432), ("DB_", 5432)];

    /// <summary><c>host:port</c> with a port of mail, directories or ssh, written alone.</summary>
    private static (string Host, int Port)? MailPort(string word)
    {
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon + 1 == word.Length || word.Length > 256 || !int.TryParse(word.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return null;
        return port is 22 or 25 or 389 or 465 or 587 or 636 && Dotted(word[..colon]) is { } host ? (host, port) : null;
    }

    /// <summary>git's short form: <c>git@host:group/project.git</c>.</summary>
    private static bool IsSshAddress(string word)
    {
        var at = word.IndexOf('@', StringComparison.Ordinal);
        var colon = at < 0 ? -1 : word.IndexOf(':', at);
        return at > 0 && colon > at + 1 && colon + 1 < word.Length && !word.Contains("://", StringComparison.Ordinal) && word.Length < 512
            && (word.StartsWith("git@", StringComparison.Ordinal) || word.EndsWith(".git", StringComparison.Ordinal)) && word[at..colon].Contains('.', StringComparison.Ordinal);
    }

    private static string? Called(JobCommand command)
    {
        for (var at = 0; at + 1 < command.Arguments.Count; at++)
            if (command.Arguments[at] is "-h" or "--host" or "-H" or "-S") return Dotted(command.Arguments[at + 1]);
        // "--host=NAME", and "-hNAME", which only mysql's clients write in one word.
        return command.Arguments.Where(argument => argument.StartsWith("--host=", StringComparison.Ordinal)).Select(argument => Dotted(argument[7..])).FirstOrDefault()
            ?? (command.Name is "mysql" or "mysqldump" ? command.Arguments.Where(argument => argument.StartsWith("-h", StringComparison.Ordinal)).Select(argument => Dotted(argument[2..])).FirstOrDefault() : null)
            ?? command.Arguments.Where(argument => argument.Contains("host=", StringComparison.Ordinal)).Select(argument => Dotted(argument[(argument.IndexOf("host=", StringComparison.Ordinal) + 5)..].Split(' ')[0])).FirstOrDefault()
            ?? (command.Name is "nc" or "ncat" or "telnet" ? command.Arguments.Where(argument => !argument.StartsWith('-')).Select(Dotted).FirstOrDefault(host => host is not null) : null);
    }

    private static string? Dotted(string host) => host.Contains('.', StringComparison.Ordinal) && host.AsSpan().IndexOfAny("$/ ") < 0 && host.Any(char.IsAsciiLetter) ? host.Split(':', ',')[0] : null;

    private static int? Port(JobCommand command, int usual)
    {
        for (var at = 0; at + 1 < command.Arguments.Count; at++)
            if (command.Arguments[at] is "-p" or "-P" or "--port" && int.TryParse(command.Arguments[at + 1], out var told)) return told;
        return usual > 0 ? usual : command.Arguments.Select(argument => int.TryParse(argument, out var port) && port > 0 ? port : (int?)null).LastOrDefault(port => port is not null);
    }
}
