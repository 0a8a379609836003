namespace MigrationPortal.Web.Shared;

/// <summary>One named value of the design. <paramref name="Dark"/> is null where both themes share the value.</summary>
/// <param name="Name">The CSS custom property without its two dashes.</param>
/// <param name="Light">The value in the light theme, as CSS writes it.</param>
/// <param name="Dark">The value in the dark theme, or null.</param>
public sealed record DesignToken(string Name, string Light, string? Dark = null)
{
    /// <summary>The value that holds in a theme.</summary>
    public string In(bool dark) => dark && Dark is not null ? Dark : Light;
}
