namespace MigrationPortal.World;

/// <summary>Compiled configurations, kept until any file in the world changes.</summary>
internal sealed class CiConfigs(Directory directory)
{
    private readonly Dictionary<(int Project, string Branch), (CiConfig? Config, IReadOnlyList<string> Errors)> kept = [];

    public void FilesChanged() => kept.Clear();

    /// <summary>The configuration on this branch; on a branch nobody keeps, that of the default branch.</summary>
    public (CiConfig? Config, IReadOnlyList<string> Errors) For(Project project, string refName)
    {
        var branch = project.Repository.FindBranch(refName)?.Name ?? project.DefaultBranch;
        if (!kept.TryGetValue((project.Id, branch), out var compiled))
        {
            compiled = Compile(project, branch);
            kept.Add((project.Id, branch), compiled);
        }

        return compiled;
    }

    /// <summary>The file a project's pipelines are made from, with the project and branch it lies in.</summary>
    public (string? Text, Project From, string? Branch, string Path) Source(Project project, string? branch)
    {
        var path = project.CiConfigPath ?? ".gitlab-ci.yml";
        var from = project;
        var at = path.IndexOf('@', StringComparison.Ordinal);
        if (at > 0)
        {
            var target = path[(at + 1)..].Split(':', 2);
            path = path[..at];
            from = directory.FindProject(target[0]) ?? project;
            branch = target.Length > 1 ? target[1] : null;
        }

        return (CodeHost.FindFileIn(from, branch, path)?.Content, from, branch, path);
    }

    public (CiConfig? Config, IReadOnlyList<string> Errors) Compile(string text, Project project, string? branch) =>
        new CiCompiler(directory).Compile(text, project, branch);

    private (CiConfig?, IReadOnlyList<string>) Compile(Project project, string branch)
    {
        var (text, from, fromBranch, _) = Source(project, branch);
        return text is null ? (null, ["Missing CI config file"]) : Compile(text, from, fromBranch);
    }
}

/// <summary>Gathers what is defined while a pipeline is made, by GitLab's precedence.</summary>
internal sealed class CiVariableScope(Directory directory)
{
    public CiVariables For(
        Project project, CiTrigger trigger, bool isProtected, string sha, IReadOnlyDictionary<string, string>? extra)
    {
        var variables = new CiVariables();
        foreach (var (key, value) in Predefined(project, trigger, isProtected, sha))
        {
            variables.Set(key, value);
        }

        Add(variables, directory.InstanceVariables, isProtected);
        foreach (var group in project.Namespace.SelfAndAncestors().Reverse())
        {
            Add(variables, group.VariableList, isProtected);
        }

        Add(variables, project.VariableList, isProtected);
        foreach (var (key, value) in extra ?? new Dictionary<string, string>())
        {
            variables.Set(key, value);
        }

        return variables;
    }

    private static void Add(CiVariables variables, IReadOnlyList<CiVariable> from, bool isProtected)
    {
        foreach (var variable in from)
        {
            if ((!variable.Protected || isProtected) && variable.EnvironmentScope == "*")
            {
                variables.Set(variable.Key, variable.Value);
            }
        }
    }

    private static IEnumerable<(string Key, string Value)> Predefined(Project project, CiTrigger trigger, bool isProtected, string sha)
    {
        yield return ("CI", "true");
        yield return ("CI_PROJECT_PATH", project.FullPath);
        yield return ("CI_PROJECT_NAME", project.Path);
        yield return ("CI_PROJECT_NAMESPACE", project.Namespace.FullPath);
        yield return ("CI_DEFAULT_BRANCH", project.DefaultBranch);
        yield return ("CI_PIPELINE_SOURCE", trigger.Source.Wire());
        yield return ("CI_COMMIT_REF_NAME", trigger.SourceBranch ?? trigger.RefName);
        yield return ("CI_COMMIT_REF_PROTECTED", isProtected ? "true" : "false");
        yield return ("CI_COMMIT_SHA", sha);
        if (trigger.IsTag)
        {
            yield return ("CI_COMMIT_TAG", trigger.RefName);
        }
        else if (trigger.Source == PipelineSource.MergeRequestEvent)
        {
            yield return ("CI_MERGE_REQUEST_IID", trigger.RefName.Split('/')[2]);
            yield return ("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", trigger.SourceBranch ?? "");
        }
        else
        {
            yield return ("CI_COMMIT_BRANCH", trigger.RefName);
        }
    }
}
