using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Access;

public enum AccountPageKind
{
    SignIn,
    SignOut,
    SignedOut,
    Denied,
    Consent,
}

/// <summary>The pages around sign-in: plain documents without a circuit, because nobody is signed in yet.</summary>
public sealed partial class AccountPage
{
    [Parameter, EditorRequired]
    public AccountPageKind Kind { get; set; }

    /// <summary>Already checked to lead to this portal.</summary>
    [Parameter]
    public string? ReturnUrl { get; set; }

    /// <summary>The code of what went wrong in the last try; unknown codes read as a plain failure.</summary>
    [Parameter]
    public string? Failed { get; set; }

    private string Heading => Kind switch
    {
        AccountPageKind.SignIn => "Sign in",
        AccountPageKind.SignOut => "Sign out",
        AccountPageKind.SignedOut => "You are signed out",
        AccountPageKind.Consent => "Allow changes in GitLab",
        _ => "This part is for administrators",
    };

    private string Text => Kind switch
    {
        AccountPageKind.SignIn => "MigrationPortal knows you by your GitLab account. It reads who you are and which projects you maintain.",
        AccountPageKind.SignOut => "Your GitLab session stays as it is.",
        AccountPageKind.SignedOut => "The portal has forgotten this session and its GitLab token.",
        AccountPageKind.Consent => "GitLab asks whether the portal may change your projects in your name. It does so only where you click, for an hour at most, and no longer once you sign out. You can also copy the lines into your project yourself.",
        _ => "Rights come from GitLab: administrators of the instance see everything, everybody sees the projects that they maintain.",
    };

    private string? FailedText => Failed switch
    {
        null or "" => null,
        "unavailable" => "GitLab does not answer at the moment, so nobody can sign in. Try again in a minute.",
        "refused" => "GitLab reported that access was not granted. Sign in again and allow the application.",
        "too-late" => "The sign-in took too long or was begun in another window. Try again.",
        _ => "The sign-in did not work. Try again; if it fails again, an administrator finds the reason in the portal's log.",
    };

    private string ConsentHref => $"account/consent?returnUrl={Uri.EscapeDataString(ReturnUrl ?? "/")}";

    private string GitLabHref => $"account/sign-in/gitlab?returnUrl={Uri.EscapeDataString(ReturnUrl ?? "/")}";
}
