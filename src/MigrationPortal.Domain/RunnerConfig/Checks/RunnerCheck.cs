namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>What each runner needs to be one: where it belongs, who it is, how it runs jobs.</summary>
public sealed class RunnerCheck : ConfigCheck
{
    private static readonly string[] Placeholders = ["TOKEN", "REDACTED", "__REDACTED__", "TOKEN_REDACTED", "XXX", "CHANGEME"];

    public override IEnumerable<ConfigFinding> Look(CheckedConfig config)
    {
        if (config.Runners.Count == 0)
        {
            yield return new(CheckCodes.NoRunners, "runners", 1, CheckSeverity.Warning, "There is no [[runners]] in it: no job is taken.", "Add a [[runners]] with url, token and executor.");
            yield break;
        }

        // [runners] alone is a finding of its own, and no template either.
        if (config.IsTemplate && config.Root["runners"] is ConfigList)
            yield return new(CheckCodes.Template, config.Runners[0].Path, config.Runners[0].Table.Line, CheckSeverity.Info, "No url and no token: this is taken for a template that registration fills in (runners.config of the Helm chart, config of the Operator). A config.toml itself needs both.",
                config.Runners.Count > 1 ? "A template holds a single [[runners]]; the rest is left out." : "Nothing, where it is one.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var runner in config.Runners)
        {
            foreach (var found in One(runner)) yield return found;
            if (runner.Name is { Length: > 0 } name && !names.Add(name))
                yield return new(CheckCodes.BadValue, runner.Path + ".name", runner.Table["name"]!.Line, CheckSeverity.Info, "Two runners have this name: their figures and log lines cannot be told apart.", "Give each a name of its own.");
        }

        foreach (var found in Shared(config)) yield return found;
        foreach (var found in Metrics(config)) yield return found;
    }

    private static IEnumerable<ConfigFinding> One(RunnerSection runner)
    {
        ConfigFinding Of(string code, string key, CheckSeverity severity, string message, string remedy) => new(code, $"{runner.Path}.{key}", runner.Table[key]?.Line ?? runner.Table.Line, severity, message, remedy);

        if (!runner.IsTemplate)
        {
            if (runner.Table.Text("url") is null or "") yield return Of(CheckCodes.MissingKey, "url", CheckSeverity.Warning, "The runner has no url: it reaches no GitLab.", "Set url to the address of GitLab.");
            if (runner.Table.Text("token") is null or "") yield return Of(CheckCodes.MissingKey, "token", CheckSeverity.Warning, "The runner has no token: GitLab does not know it.", "Set token to the runner's own (glrt-…), best by a variable: token = \"$RUNNER_TOKEN\".");
            if (runner.Executor is null or "") yield return Of(CheckCodes.MissingKey, "executor", CheckSeverity.Warning, "The runner has no executor: it takes no job.", "Set executor = \"kubernetes\".");
        }

        if (runner.Table.Text("url") is { Length: > 0 } url && !url.StartsWith('$'))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                yield return Of(CheckCodes.BadValue, "url", CheckSeverity.Warning, "url is no address with http:// or https:// before it: the runner reaches no GitLab.", "Write it in full: url = \"https://gitlab.example.com\".");
            else if (address.AbsolutePath.TrimEnd('/').EndsWith("/ci", StringComparison.Ordinal))
                yield return Of(CheckCodes.BadValue, "url", CheckSeverity.Warning, "url ends with /ci, which GitLab no longer knows.", "Take /ci off.");
        }

        if (runner.Executor == "docker+machine")
            yield return Of(CheckCodes.DeprecatedExecutor, "executor", CheckSeverity.Warning, "docker+machine has been deprecated since 17.5 and is planned to go with 20.0 (May 2027).", "Move its jobs to Kubernetes, or to docker-autoscaler.");
        foreach (var (name, node) in runner.Table.Entries)
            if (node is ConfigTable && runner.Executor is { } executor && ExecutorSections.ByExecutor.TryGetValue(executor, out var read) && ExecutorSections.IsOfExecutors(name) && !read.Contains(name))
                yield return Of(CheckCodes.UnusedSection, name, CheckSeverity.Info, $"The executor {executor} does not read [runners.{name}].", $"Take it out, or write executor = \"{ExecutorSections.ByExecutor.First(one => one.Value.Contains(name)).Key}\".");
        if (runner.Executor is { } mine && !runner.IsTemplate && ExecutorSections.ByExecutor.TryGetValue(mine, out var needed) && needed.Length > 0 && runner.Table.Table(needed[^1]) is null)
            yield return new(CheckCodes.UnusedSection, $"{runner.Path}.{needed[^1]}", runner.Table["executor"]?.Line ?? runner.Table.Line, CheckSeverity.Warning, $"The executor {mine} has no [runners.{needed[^1]}].", $"Add [runners.{needed[^1]}].");
    }

    private static IEnumerable<ConfigFinding> Shared(CheckedConfig config)
    {
        var named = config.Runners.Where(runner => runner.Table.Text("token") is { Length: > 0 } token && !Placeholders.Contains(token, StringComparer.OrdinalIgnoreCase));
        foreach (var same in named.GroupBy(runner => (runner.Table.Text("token"), runner.Table.Text("url"))))
            foreach (var runner in same.Skip(1))
                yield return new(CheckCodes.SharedToken, runner.Path + ".token", runner.Table["token"]!.Line, CheckSeverity.Warning, $"It has the token of {same.First().Path}: in GitLab both are one runner, with one set of tags, and jobs meant for one run on the other.", "Create a runner in GitLab for each, with a token of its own.");
    }

    private static IEnumerable<ConfigFinding> Metrics(CheckedConfig config)
    {
        var node = config.Root["listen_address"];
        if (node is ConfigScalar { Value: string { Length: > 0 } address })
        {
            var port = address[(address.LastIndexOf(':') + 1)..];
            if (!ushort.TryParse(port, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) || number == 0)
                yield return new(CheckCodes.BadValue, "listen_address", node.Line, CheckSeverity.Warning, "listen_address names no port: nothing is served.", "Write listen_address = \":9252\".");
            else if (config.Kubernetes.Count > 0 && (address.StartsWith("127.", StringComparison.Ordinal) || address.StartsWith("localhost", StringComparison.OrdinalIgnoreCase)))
                yield return new(CheckCodes.NoMetrics, "listen_address", node.Line, CheckSeverity.Info, "Figures are served inside the manager's own pod alone.", "Write listen_address = \":9252\", so that they can be scraped.");
        }
        else if (config.Kubernetes.Count > 0 && !config.IsTemplate && node is null)
            yield return new(CheckCodes.NoMetrics, "listen_address", 1, CheckSeverity.Info, "No listen_address is set: nobody can scrape the runner's figures.", "Write listen_address = \":9252\" above the first [[runners]].");
    }
}
