using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Templates;

/// <summary>A project that includes a template, as GitLab reads it now.</summary>
/// <param name="Lint">Of its default branch, tags as written.</param>
/// <param name="Blocked">Jobs that will fail on Kubernetes.</param>
/// <param name="Served">Whether a Kubernetes runner would take a job of it with these tags.</param>
public sealed record TemplateView(ProjectId Project, string FullPath, CiLint Lint, IReadOnlySet<string> Blocked, Func<TagSet, bool> Served);

public enum TemplateJobKind
{
    Moves,

    /// <summary>Asks for that already.</summary>
    There,

    /// <summary>Keeps its tags: the reason says why.</summary>
    Stays,
}

/// <param name="To">As <paramref name="From"/> where it stays.</param>
/// <param name="Why">Why it stays; null when it moves or is there.</param>
public sealed record TemplateJob(string Name, IReadOnlyList<string> From, IReadOnlyList<string> To, TemplateJobKind Kind, string? Why);

/// <param name="Jobs">Whose tags come from the template; others are not touched.</param>
public sealed record TemplateProject(ProjectId Project, string FullPath, IReadOnlyList<TemplateJob> Jobs);

/// <summary>What a change of a template's tags does to every project that includes it.</summary>
/// <param name="Edit">The one change that is right for all of them; null when there is none.</param>
/// <param name="Reasons">Why there is none.</param>
public sealed record TemplatePlan(IReadOnlyList<TemplateProject> Projects, CiEditRecord? Edit, IReadOnlyList<string> Reasons)
{
    public int Moving => Projects.Sum(one => one.Jobs.Count(job => job.Kind == TemplateJobKind.Moves));

    public bool IsOffered => Edit is not null;

    /// <summary>Those with a job that it moves or has moved.</summary>
    public IEnumerable<TemplateProject> Led => Projects.Where(one => one.Jobs.Any(job => job.Kind != TemplateJobKind.Stays));
}
