using System.Globalization;
using System.Text;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Offers;

/// <summary>One mail to a person for all of their projects with jobs that will fail, in the portal's or the admins' own words.</summary>
internal static class OfferMail
{
    private const int MostJobs = 5;
    private const int MostProjects = 50;

    /// <param name="words">By <see cref="Wording.Key"/>.</param>
    public static PersonMail Of(UserId person, IReadOnlyCollection<UnansweredProject> projects, DateTimeOffset at, IReadOnlyDictionary<string, string> words)
    {
        (string, string)[] values = [("count", projects.Count.ToString(CultureInfo.InvariantCulture)), ("projects", Lines(projects))];
        return new PersonMail(person, string.Create(CultureInfo.InvariantCulture, $"offer/{at.UtcDateTime:O}"), Wording.OfferSubject.Say(words, values), Wording.OfferText.Say(words, values), "my-projects");
    }

    private static string Lines(IReadOnlyCollection<UnansweredProject> projects)
    {
        var text = new StringBuilder();
        foreach (var one in projects.Take(MostProjects))
            text.Append(CultureInfo.InvariantCulture, $"- {one.Path}: {string.Join(", ", one.Jobs.Take(MostJobs))}{(one.Jobs.Count > MostJobs ? $" and {one.Jobs.Count - MostJobs} more" : "")}\n");
        if (projects.Count > MostProjects) text.Append(CultureInfo.InvariantCulture, $"- and {projects.Count - MostProjects} more projects\n");
        return text.ToString().TrimEnd('\n');
    }
}
