namespace MigrationPortal.World;

/// <summary>Pulls in <c>include</c>: local, project, template. A remote one cannot be fetched: this world has no network.</summary>
internal sealed class CiIncludes(Directory directory)
{
    private const int Limit = 150;
    private readonly List<LintInclude> seen = [];

    public IReadOnlyList<LintInclude> Seen => seen;

    public CiMap Resolve(CiMap map, Project project, string? refName)
    {
        var includes = map["include"];
        if (includes is null)
        {
            return map;
        }

        var merged = new CiMap();
        foreach (var entry in includes as List<object?> ?? [includes])
        {
            foreach (var (text, from, fromRef) in Texts(entry, project, refName))
            {
                merged = CiMap.Merge(merged, Resolve(CiYaml.Parse(text), from, fromRef));
            }
        }

        var own = map.Copy();
        own.Remove("include");
        return CiMap.Merge(merged, own);
    }

    private IEnumerable<(string Text, Project From, string? Ref)> Texts(object? entry, Project project, string? refName)
    {
        if (seen.Count >= Limit)
        {
            throw new CiError($"Maximum of {Limit} nested includes are allowed!");
        }

        switch (entry)
        {
            case string path when path.StartsWith("http", StringComparison.Ordinal):
                throw new CiError($"Remote file `{path}` could not be fetched because of a socket error!");
            case string path:
                yield return Local(path, project, refName);
                break;
            case CiMap map when map["local"] is string path:
                yield return Local(path, project, refName);
                break;
            case CiMap map when map["template"] is string name:
                yield return Template(name, project);
                break;
            case CiMap map when map["project"] is string other:
                foreach (var file in CiYaml.Strings(map["file"]))
                {
                    yield return FromProject(other, file, map["ref"] as string, project);
                }

                break;
            case CiMap map when map["remote"] is string url:
                throw new CiError($"Remote file `{url}` could not be fetched because of a socket error!");
            default:
                throw new CiError("Each include must have only one subkey: [local, project, remote, template, component, artifact]");
        }
    }

    private (string, Project, string?) Local(string path, Project project, string? refName)
    {
        var file = CodeHost.FindFileIn(project, refName, path.TrimStart('/'))
            ?? throw new CiError($"Local file `{path}` does not exist!");
        seen.Add(new LintInclude("local", path, project.FullPath, CodeHost.ResolveIn(project, refName)?.HeadSha, null));
        return (file.Content, project, refName);
    }

    private (string, Project, string?) Template(string name, Project project)
    {
        var text = CiTemplates.Find(name) ?? throw new CiError($"Template file `{name}` does not exist!");
        seen.Add(new LintInclude("template", name, project.FullPath, null, null));
        return (text, project, null);
    }

    private (string, Project, string?) FromProject(string path, string file, string? refName, Project context)
    {
        var from = directory.FindProject(path) ?? throw new CiError(
            $"Project `{path}` not found or access denied! Make sure any includes in the pipeline configuration are correctly defined.");
        var found = CodeHost.FindFileIn(from, refName, file.TrimStart('/'))
            ?? throw new CiError($"Project `{path}` file `{file}` does not exist!");
        seen.Add(new LintInclude("file", file, context.FullPath, CodeHost.ResolveIn(from, refName)?.HeadSha, from.FullPath));
        return (found.Content, from, refName);
    }
}

/// <summary>The few of GitLab's own templates that this world's projects include.</summary>
internal static class CiTemplates
{
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["Workflows/Branch-Pipelines.gitlab-ci.yml"] = """
            workflow:
              rules:
                - if: $CI_COMMIT_TAG
                - if: $CI_COMMIT_BRANCH
            """,
        ["Workflows/MergeRequest-Pipelines.gitlab-ci.yml"] = """
            workflow:
              rules:
                - if: $CI_MERGE_REQUEST_IID
                - if: $CI_COMMIT_TAG
                - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
            """,
        ["Jobs/Secret-Detection.gitlab-ci.yml"] = """
            secret_detection:
              stage: test
              image: registry.gitlab.com/security-products/secrets:7
              allow_failure: true
              script:
                - /analyzer run
            """,
    };

    public static string? Find(string name) => Texts.GetValueOrDefault(name);
}
