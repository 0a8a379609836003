namespace MigrationPortal.Domain.Readiness.Ci;

/// <summary>One job with everything that it inherits.</summary>
/// <param name="Line">Where it is named, from 1.</param>
/// <param name="Image">Null: whatever the runner has as its default.</param>
/// <param name="Tags">As written: variables are not expanded. Empty: untagged.</param>
/// <param name="TagsLine">0 when it has no tags.</param>
/// <param name="Scripts">What runs, in order: hooks, before_script, script, after_script.</param>
/// <param name="Caches">Lines of its caches that keep something.</param>
/// <param name="Timeout">Null: the project's.</param>
/// <param name="Interruptible">Null: not said.</param>
/// <param name="ResourceGroupLine">0 when it has none.</param>
/// <param name="EnvironmentLine">0 when it deploys nowhere: an environment that it only prepares, verifies or stops is none.</param>
/// <param name="Stage"><c>test</c> when it says none, as in GitLab.</param>
public sealed record CiJob(
    string Name,
    int Line,
    CiImage? Image,
    IReadOnlyList<CiService> Services,
    CiVariables Variables,
    IReadOnlyList<string> Tags,
    int TagsLine,
    IReadOnlyList<CiScriptLine> Scripts,
    IReadOnlyList<int> Caches,
    TimeSpan? Timeout,
    int TimeoutLine,
    bool? Interruptible,
    int ResourceGroupLine,
    int EnvironmentLine,
    string Stage);

/// <summary>Where in a job a line runs.</summary>
public enum CiScriptPart
{
    Hook,
    Before,
    Main,
    After,
}

/// <summary>One entry of a script; with <c>|</c> it holds several lines.</summary>
/// <param name="Line">Of its first line of text.</param>
public sealed record CiScriptLine(CiScriptPart Part, string Text, int Line);

/// <param name="Line">Where the image is named.</param>
public sealed record CiImage(string Name, int Line)
{
    /// <summary>Null: not said.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    public int EntrypointLine { get; init; }

    public CiSetting? DockerUser { get; init; }

    public CiSetting? DockerPlatform { get; init; }

    public CiSetting? KubernetesUser { get; init; }

    /// <summary>Empty: not said.</summary>
    public IReadOnlyList<string> PullPolicies { get; init; } = [];

    public int PullPolicyLine { get; init; }

    /// <summary>It says more than its name.</summary>
    internal bool HasOptions => Entrypoint is not null || DockerUser is not null || DockerPlatform is not null || KubernetesUser is not null || PullPolicies.Count > 0;
}

/// <summary>A value and where it is written.</summary>
public readonly record struct CiSetting(string Value, int Line);

/// <param name="Image">Its name, options and line.</param>
/// <param name="Alias">As written; null when it has none. Several stand in one text, apart by spaces or commas.</param>
public sealed record CiService(CiImage Image, CiSetting? Alias, IReadOnlyList<string> Command, IReadOnlyDictionary<string, CiSetting> Variables)
{
    private static readonly char[] Between = [' ', ','];

    public IReadOnlyList<string> Aliases => Alias is { } alias ? alias.Value.Split(Between, StringSplitOptions.RemoveEmptyEntries) : [];
}
