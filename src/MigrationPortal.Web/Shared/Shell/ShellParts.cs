namespace MigrationPortal.Web.Shared;

/// <summary>
/// Components that rooms put into the frame. The frame knows no room; a room registers its component here with
/// <c>services.Configure&lt;ShellParts&gt;(...)</c>. None of them may take parameters.
/// </summary>
public sealed class ShellParts
{
    /// <summary>Draws nothing; reads what <see cref="ShellFacts"/> holds, keeps it fresh, and sets <see cref="PageClock"/>.</summary>
    public Type? Feed { get; set; }

    /// <summary>The automation switch in the header, for administrators.</summary>
    public Type? Automation { get; set; }

    /// <summary>Above every page: observe mode, a GitLab that does not answer.</summary>
    public Type? Banner { get; set; }

    /// <summary>Behind the reader's name: sign out, tokens. Without it the name is text.</summary>
    public Type? UserMenu { get; set; }
}
