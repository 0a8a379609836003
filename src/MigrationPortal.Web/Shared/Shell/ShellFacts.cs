namespace MigrationPortal.Web.Shared;

/// <summary>What the frame around every page shows. Filled by the feed component named in <see cref="ShellParts"/>.</summary>
public sealed record ShellFacts
{
    public static readonly ShellFacts None = new();

    /// <summary>The GitLab instances the reader may switch between.</summary>
    public IReadOnlyList<InstanceChoice> Instances { get; init; } = [];

    /// <summary>The key of the one that is shown, or null before the first is known.</summary>
    public string? Instance { get; init; }

    /// <summary>Short counts beside the entries of the navigation, by <see cref="NavItem.Key"/>: "14", "6/9".</summary>
    public IReadOnlyDictionary<string, string> Counts { get; init; } = new Dictionary<string, string>();

    /// <summary>Things besides pages that the jump box finds: runners, plans, projects.</summary>
    public IReadOnlyList<JumpTarget> Jumps { get; init; } = [];

    /// <summary>Overrides the name of the signed-in identity.</summary>
    public string? UserName { get; init; }

    /// <summary>What the reader may do, in one word: <c>operator</c>, <c>reader</c>.</summary>
    public string? UserRole { get; init; }

    public InstanceChoice? Current => Instances.FirstOrDefault(instance => instance.Key == Instance) ?? (Instances.Count > 0 ? Instances[0] : null);
}

/// <summary>An instance of GitLab in the switcher: "Production", "gitlab.example.org".</summary>
public sealed record InstanceChoice(string Key, string Name, string Host);

/// <summary>Something the jump box leads to.</summary>
public sealed record JumpTarget(string Title, string Href, string Kind);
