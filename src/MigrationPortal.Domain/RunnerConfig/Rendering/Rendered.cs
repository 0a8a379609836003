namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>The forms in which a configuration leaves the portal.</summary>
public enum RenderForm
{
    Toml,
    Helm,
    Operator,
    Manifests,
    NetworkPolicy,
    Rbac,
    Quota,
}

/// <param name="Name">Of the file: <c>values.yaml</c>.</param>
public sealed record RenderedFile(string Name, string Text);

/// <param name="Notes">What somebody must know who uses the files: what has no place in this form, and what must be there first.</param>
public sealed record Rendered(RenderForm Form, IReadOnlyList<RenderedFile> Files, IReadOnlyList<string> Notes)
{
    /// <summary>All files as one text; YAML documents are kept apart.</summary>
    public string Text => Files is [var one] ? one.Text : YamlText.Of(Files.Select(file => file.Text));
}
