namespace MigrationPortal.Web.Shared;

/// <summary>What the jump box finds: every word of the question somewhere in the title, best beginning first.</summary>
public static class JumpSearch
{
    /// <param name="targets">Pages first, then the things that pages offered.</param>
    /// <param name="question">What the reader typed; nothing typed lists the first targets.</param>
    /// <param name="limit">How many at most.</param>
    public static IReadOnlyList<JumpTarget> Find(IEnumerable<JumpTarget> targets, string question, int limit = 9)
    {
        var words = question.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. targets
            .Where(target => words.All(word => target.Title.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(target => words.Length > 0 && !target.Title.StartsWith(words[0], StringComparison.OrdinalIgnoreCase))
            .Take(limit)];
    }
}
