using System.Text;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>One place of a text: what stands there and what is to stand there.</summary>
/// <param name="KeyOffset">Characters of the new text before the key that it is about.</param>
internal sealed record TextEdit(int Start, string Old, string New, int KeyOffset = 0)
{
    /// <summary>Edits at one place keep their order.</summary>
    /// <exception cref="InvalidOperationException">Two change the same text.</exception>
    public static string Apply(string text, IEnumerable<TextEdit> edits)
    {
        var (made, at) = (new StringBuilder(text.Length), 0);
        foreach (var edit in edits.OrderBy(edit => edit.Start))
        {
            if (edit.Start < at) throw new InvalidOperationException("Two edits change the same text.");
            made.Append(text, at, edit.Start - at).Append(edit.New);
            at = edit.Start + edit.Old.Length;
        }

        return made.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Several small edits as one of the text between two places.</summary>
    public static TextEdit Within(string text, int start, int end, IEnumerable<TextEdit> edits)
    {
        var old = text[start..end];
        return new(start, old, Apply(old, edits.Select(edit => edit with { Start = edit.Start - start })));
    }
}
