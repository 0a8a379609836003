namespace MigrationPortal.Domain.Readiness;

/// <summary>
/// What a rule must see somewhere in a job before it is asked at all. One of them is enough. A rule may be asked in vain; a sign
/// that is missing here would hide findings, so whoever widens a rule widens its signs.
/// </summary>
public sealed record RuleSigns
{
    /// <summary>Stands before and behind each word where <see cref="Words"/> are looked for.</summary>
    internal const char Edge = '\n';

    /// <summary>Names of commands.</summary>
    public IEnumerable<string> Commands { get; init; } = [];

    /// <summary>Parts of what a job gives: arguments, paths of programs, targets of redirects, names and values of variables, of services too.</summary>
    public IEnumerable<string> Words { get; init; } = [];

    /// <summary>An image of the job or of a service; each name is judged once in a scan.</summary>
    public Func<ImageName, bool>? Images { get; init; }

    /// <summary>An image or service with more than its name: an entrypoint, a user, a platform, pull policies.</summary>
    public bool ImageOptions { get; init; }

    /// <summary>Any service.</summary>
    public bool Services { get; init; }

    /// <summary>A command in the background.</summary>
    public bool Background { get; init; }

    /// <summary>A runner whose own words the rule looks for in every job; null: it never does.</summary>
    public Func<RunnerProfile, bool>? EveryJobWhen { get; init; }

    /// <summary>A word that is exactly this.</summary>
    public static string Whole(string word) => $"{Edge}{word}{Edge}";

    /// <summary>A word that begins so.</summary>
    public static string Begins(string word) => $"{Edge}{word}";

    /// <summary>A word that ends so.</summary>
    public static string Ends(string word) => $"{word}{Edge}";
}
