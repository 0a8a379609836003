namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>The files of a project that its configuration is written in: those that a merge request can change.</summary>
/// <param name="Root">Path of the file where GitLab begins.</param>
/// <param name="Texts">Path to text, with byte order mark and line ends as they are: the root and what it includes by <c>local</c>, also in turn. Paths have no leading slash.</param>
public sealed record CiFiles(string Root, IReadOnlyDictionary<string, string> Texts)
{
    public const string UsualRoot = ".gitlab-ci.yml";

    public static CiFiles Of(string text) => new(UsualRoot, new Dictionary<string, string>(StringComparer.Ordinal) { [UsualRoot] = text });

    internal CiFiles With(IReadOnlyDictionary<string, string> changed)
    {
        var texts = new Dictionary<string, string>(Texts, StringComparer.Ordinal);
        foreach (var (path, text) in changed) texts[path] = text;
        return this with { Texts = texts };
    }
}
