using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Configurations;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>A configuration while somebody edits it: form and text are two views of the same tree.</summary>
public sealed class ConfigDraft
{
    private readonly string _stored;
    private IReadOnlyList<ConfigFinding>? _findings;
    private int _homeless;

    public ConfigDraft(RunnerConfiguration content)
    {
        _stored = ConfigFingerprint.Of(content);
        (Kind, Target, Deployment, Toml) = (content.Kind, content.Target, content.Deployment, "");
        Take(content.Toml);
    }

    public DeploymentKind Kind { get; set; }

    public Version Target { get; set; }

    public DeploymentSettings Deployment { get; set; }

    public string Toml { get; private set; }

    /// <summary>Null: the text is no TOML, and the form has nothing to show.</summary>
    public ConfigDocument? Document { get; private set; }

    public RunnerConfiguration Content => new(Kind, Toml, Target, Deployment);

    /// <summary>Something differs from what is stored.</summary>
    public bool IsChanged => ConfigFingerprint.Of(Content) != _stored;

    public IReadOnlyList<ConfigFinding> Findings => _findings ??= RunnerConfigLook.Findings(Content);

    /// <summary>Comments that edits of the form took away: they stood at no key, so the text that is written anew has no place for them.</summary>
    public int CommentsLost { get; private set; }

    /// <summary>The text as somebody wrote it.</summary>
    public void Take(string toml)
    {
        Toml = toml.ReplaceLineEndings("\n");
        Document = ConfigDocument.Read(Toml).Document;
        _homeless = Document is null ? 0 : ConfigComments.Keep(Document).Count;
        Look();
    }

    /// <summary>A change of the tree, which writes the text anew; comments stay with their keys.</summary>
    public void Change(Action<ConfigDocument> change)
    {
        if (Document is null) return;
        CommentsLost += _homeless;
        change(Document);
        Take(Document.Render());
    }

    /// <summary>Looks again, after kind, version or deployment changed.</summary>
    public void Look() => _findings = null;
}
