namespace MigrationPortal.Domain.Phases;

/// <summary>What GitLab takes as one tag (gitlab-api.md 1.3: lists are split by comma and trimmed).</summary>
internal static class Tags
{
    private const int LongestTag = 255;

    /// <returns>What is wrong with it and what to do, or null.</returns>
    public static string? Problem(string tag)
    {
        if (string.IsNullOrWhiteSpace(tag)) return "a tag may not be empty. Leave it out.";
        if (tag != tag.Trim()) return $"'{tag}' begins or ends with a space, which GitLab would cut off. Leave it out.";
        if (tag.Contains(',')) return $"'{tag}' holds a comma, which GitLab reads as two tags. Give them apart.";
        return tag.Length > LongestTag ? $"'{tag[..20]}...' is longer than {LongestTag} characters. Shorten it." : null;
    }
}
