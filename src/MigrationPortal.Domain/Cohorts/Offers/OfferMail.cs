using System.Globalization;
using System.Text;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Offers;

/// <summary>One mail to a person for all of their projects with jobs that will fail.</summary>
internal static class OfferMail
{
    private const int MostJobs = 5;
    private const int MostProjects = 50;

    public static PersonMail Of(UserId person, IReadOnlyCollection<UnansweredProject> projects, DateTimeOffset at)
    {
        var text = new StringBuilder("CI jobs without tags will soon run on Kubernetes. As their CI files are, these jobs will fail there:\n\n");
        foreach (var one in projects.Take(MostProjects))
            text.Append(CultureInfo.InvariantCulture, $"- {one.Path}: {string.Join(", ", one.Jobs.Take(MostJobs))}{(one.Jobs.Count > MostJobs ? $" and {one.Jobs.Count - MostJobs} more" : "")}\n");
        if (projects.Count > MostProjects) text.Append(CultureInfo.InvariantCulture, $"- and {projects.Count - MostProjects} more projects\n");
        text.Append("\nThe page below says for each job what to change. You can also stay on docker for a while with one click, or say that a job will work all the same.");
        return new PersonMail(person, string.Create(CultureInfo.InvariantCulture, $"offer/{at.UtcDateTime:O}"), $"CI jobs of {(projects.Count == 1 ? projects.First().Path : $"{projects.Count} projects")} will fail on Kubernetes", text.ToString(), "my-projects");
    }
}
