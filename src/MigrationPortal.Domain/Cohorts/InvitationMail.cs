using System.Globalization;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>One mail to one person for all of their projects in a wave, in the portal's or the admins' own words.</summary>
internal static class InvitationMail
{
    /// <summary>More are counted: the page lists them all.</summary>
    private const int MostProjects = 25;

    /// <param name="words">By <see cref="Wording.Key"/>.</param>
    public static PersonMail Of(Invitation invitation, string key, IReadOnlyDictionary<ProjectId, string> paths, IReadOnlyDictionary<string, string> words)
    {
        var projects = invitation.Projects.Select(project => paths.GetValueOrDefault(project) ?? $"project {project.Number}").Order(StringComparer.Ordinal).ToList();
        var list = string.Join('\n', projects.Take(MostProjects).Select(path => $"- {path}")) + (projects.Count > MostProjects ? string.Create(CultureInfo.InvariantCulture, $"\n- and {projects.Count - MostProjects} more") : "");
        var count = projects.Count.ToString(CultureInfo.InvariantCulture);
        return new PersonMail(invitation.Person, key, Wording.InvitationSubject.Say(words, ("count", count)), Wording.InvitationText.Say(words, ("count", count), ("projects", list)), "my-projects");
    }
}
