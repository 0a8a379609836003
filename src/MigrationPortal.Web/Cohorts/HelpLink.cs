using System.Globalization;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Where "Get help" leads: to the portal's own threads or, where the operator has a chat or a tracker, there.</summary>
/// <param name="Template">An https address in which <c>{project}</c> (its path) and <c>{job}</c> (a job's number, empty where it is about none) are filled in; null: the portal's own.</param>
public sealed record HelpLink(string? Template)
{
    public const string Key = "Portal:Help:Link";

    public static HelpLink Read(string? text, ICollection<string> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        if (string.IsNullOrWhiteSpace(text)) return new HelpLink((string?)null);
        var template = text.Trim();
        // A host that a placeholder names could be anybody's.
        if (!Uri.TryCreate(Filled(template, "a", "1"), UriKind.Absolute, out var address) || address.Scheme != "https" || address.UserInfo.Length > 0 || template.IndexOf('{', StringComparison.Ordinal) is >= 0 and var at && at < template.IndexOf(address.Host, StringComparison.OrdinalIgnoreCase) + address.Host.Length)
        {
            problems.Add($"{Key} is '{text}': use an https address such as https://tracker.example.org/new?title={{project}}&job={{job}}, or leave it out for the portal's own threads.");
            return new HelpLink((string?)null);
        }

        return new HelpLink(template);
    }

    /// <summary>False: it leads out of the portal.</summary>
    public bool IsOwn => Template is null;

    public string Of(ProjectId project, string fullPath, long? job = null)
    {
        var number = job?.ToString(CultureInfo.InvariantCulture) ?? "";
        return Template is { } template ? Filled(template, Uri.EscapeDataString(fullPath), number)
            : string.Create(CultureInfo.InvariantCulture, $"help/new?project={project.Number}&instance={Uri.EscapeDataString(project.Instance.Name)}{(job is null ? "" : "&job=")}{number}");
    }

    private static string Filled(string template, string project, string job) => template.Replace("{project}", project, StringComparison.Ordinal).Replace("{job}", job, StringComparison.Ordinal);
}
