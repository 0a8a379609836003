using MigrationPortal.Domain.Cohorts.Templates;

namespace MigrationPortal.Web.Cohorts;

/// <param name="Target"><c>kubernetes</c>, or <c>default</c> (the change is taken out).</param>
/// <param name="By"><c>own-name</c> (the usual: the caller maintains the template's project) or <c>portal</c> (an administrator asks its owner by the portal's own hand).</param>
public sealed record TemplateBody(string? Target, string? By, string? Reason);

/// <param name="Project">Full path of the project that the file lies in.</param>
/// <param name="ProjectId">Null: the portal does not know it.</param>
/// <param name="Projects">That include it.</param>
/// <param name="Reached">Of those, the ones that follow its default branch.</param>
/// <param name="JobsPerDay">Of all including projects, of the last two weeks.</param>
/// <param name="Jobs">Of their CI files.</param>
/// <param name="State"><c>moving</c> (its merge request is open), <c>moved</c> or <c>returning</c>; null: nothing was done.</param>
/// <param name="Address">Of the merge request that people have before them.</param>
public sealed record TemplateItem(long Id, string Project, string File, long? ProjectId, int Projects, int Reached, double JobsPerDay, int Jobs, int ReadyJobs, string? State, string? Address)
{
    internal static TemplateItem Of(TemplateLook one) => new(
        one.Of.Template.Id, one.Of.Template.Project, one.Of.Template.File, one.Of.Owner?.Number, one.Uses.Count, one.Of.Reached.Count(), one.JobsPerDay, one.Jobs, one.Ready,
        one.Move?.State.ToString().ToLowerInvariant(), one.Move?.Address);
}

/// <param name="Projects">In how many it is so.</param>
/// <param name="Why">Why it stays; null when it moves or is there.</param>
public sealed record TemplateJobView(string Name, IReadOnlyList<string> From, IReadOnlyList<string> To, TemplateJobKind What, int Projects, string? Why)
{
    internal static IReadOnlyList<TemplateJobView> Of(TemplatePlan plan) =>
    [
        .. plan.Projects.SelectMany(one => one.Jobs).GroupBy(job => (job.Name, job.Kind, From: string.Join(',', job.From), job.Why)).OrderBy(same => same.Key.Kind).ThenBy(same => same.Key.Name, StringComparer.Ordinal)
            .Select(same => new TemplateJobView(same.Key.Name, same.First().From, same.First().To, same.Key.Kind, same.Count(), same.Key.Why)),
    ];
}

/// <param name="Uses">Paths of the including projects; only for who may read everything.</param>
/// <param name="Offered">One change is right for all of them.</param>
/// <param name="MovingJobs">Over all projects.</param>
/// <param name="Reasons">Why nothing is offered.</param>
/// <param name="Affected">Jobs whose tags come from the file; null without <c>?preview=true</c>.</param>
public sealed record TemplateAnswer(TemplateItem Template, IReadOnlyList<string> Uses, bool? Offered, int? MovingJobs, IReadOnlyList<string>? Reasons, IReadOnlyList<TemplateJobView>? Affected);
