using System.Globalization;
using System.Text;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <param name="Requests">Addresses of merge requests that wait for its people.</param>
internal sealed record MailedProject(StragglerCase Case, string Path, IReadOnlyList<StragglingRef> Refs, IReadOnlyList<string> Requests);

/// <summary>One mail to one person for all of their projects that came into a stage, in the portal's or the admins' own words.</summary>
internal static class StragglerMail
{
    /// <summary>More are counted: the page lists them all.</summary>
    private const int MostProjects = 25;
    private const int MostRequests = 5;

    /// <param name="projects">At least one, all in the same stage of one campaign.</param>
    /// <param name="words">By <see cref="Wording.Key"/>.</param>
    public static PersonMail Of(UserId person, IReadOnlyList<MailedProject> projects, IReadOnlyDictionary<string, string> words)
    {
        var (stage, campaign) = (projects[0].Case.Stage, projects[0].Case.Campaign);
        var date = projects.Min(one => one.Case.FinalAt);
        (string, string)[] values = [("count", projects.Count.ToString(CultureInfo.InvariantCulture)), ("projects", Lines(projects, date)), ("date", StragglerWords.Day(date))];
        var text = stage switch { StragglerStage.Asked => Wording.StragglersAsked, StragglerStage.Reminded => Wording.StragglersReminded, _ => Wording.StragglersFinal };
        // Each project comes into a stage once, so the first of them names the occasion.
        var key = string.Create(CultureInfo.InvariantCulture, $"stragglers/{campaign.Id}/{stage.Word()}/{projects.Min(one => one.Case.Id)}");
        return new PersonMail(person, key, Wording.StragglersSubject.Say(words, values), text.Say(words, values), "my-projects");
    }

    private static string Lines(IReadOnlyList<MailedProject> projects, DateTimeOffset date)
    {
        var text = new StringBuilder();
        foreach (var one in projects.OrderBy(one => one.Path, StringComparer.Ordinal).Take(MostProjects))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {one.Path}: {StragglerWords.Refs(one.Refs)}{(one.Case.FinalAt == date ? "" : $"; until {StragglerWords.Day(one.Case.FinalAt)}")}\n");
            foreach (var address in one.Requests.Take(MostRequests)) text.Append(CultureInfo.InvariantCulture, $"  {address}\n");
        }

        if (projects.Count > MostProjects) text.Append(CultureInfo.InvariantCulture, $"- and {projects.Count - MostProjects} more\n");
        return text.ToString().TrimEnd('\n');
    }
}
