using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Who has a place in a cohort, in the order in which they came in.</summary>
public sealed partial class MemberTable
{
    [Inject]
    private UrlState Url { get; set; } = null!;

    [Parameter, EditorRequired]
    public required IReadOnlyList<Enrollment> Members { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<ProjectId, string> Paths { get; set; }

    private string Link(Enrollment one) => Url.OfInstance(string.Create(CultureInfo.InvariantCulture, $"readiness/projects/{one.Project.Number}"));

    private static string Word(Enrollment one) => one.Target == EnrollmentTarget.Docker ? $"{one.State.Word()}, docker" : one.State.Word();
}
