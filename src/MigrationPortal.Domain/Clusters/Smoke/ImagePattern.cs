using System.Text;
using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>Globs of <c>allowed_images</c> (doublestar): <c>**</c> crosses slashes, <c>*</c> and <c>?</c> do not.</summary>
internal static class ImagePattern
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    public static bool Fits(string pattern, string image)
    {
        var text = new StringBuilder();
        for (var index = 0; index < pattern.Length; index++)
        {
            var isDouble = pattern[index] == '*' && index + 1 < pattern.Length && pattern[index + 1] == '*';
            text.Append(isDouble ? ".*" : pattern[index] switch { '*' => "[^/]*", '?' => "[^/]", var letter => Regex.Escape(letter.ToString()) });
            if (isDouble) index++;
        }

        try
        {
            return Regex.IsMatch(image, $"\\A{text}\\z", RegexOptions.NonBacktracking, Patience);
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }
}
