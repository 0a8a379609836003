using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Readiness.Ci;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Templates;

/// <summary>A job whose tags come from a template.</summary>
/// <param name="Owner">The template's entry in which they stand: a job, a hidden one or <c>default</c>; null: it has none anywhere, and the template itself has the job.</param>
/// <param name="IsNamed">The template has a job of this name, so that it can be given its own tags there.</param>
internal sealed record LedJob(TemplateView View, string Name, IReadOnlyList<string> Tags, string? Owner, bool IsNamed)
{
    public TagSet Set { get; } = TagSet.Of(Tags);
}

/// <summary>Finds which of a project's jobs have their tags from a template: by its name, by what it extends, or by <c>default</c>.</summary>
internal static class TemplateJobs
{
    public const string Default = "default";

    public static IEnumerable<LedJob> Of(TemplateView view, TagOrigins template)
    {
        if (!view.Lint.Valid || view.Lint.MergedYaml is null || MergedFiles.TryRead(view.Lint.MergedYaml, out _) is not { } merged) yield break;
        var all = new TagOrigins(merged);
        var isDefault = template.Default is not null && TagSet.Of(template.Texts(template.Default)) == TagSet.Of(all.Texts(all.Default));
        foreach (var job in view.Lint.Jobs.Select(job => job with { Name = ParallelJobs.NameOf(job.Name, merged) }).DistinctBy(job => job.Name))
        {
            if (all.Job(job.Name) is not { } map || map.Find("trigger") is not null) continue;
            var (named, set) = (template.Job(job.Name) is not null, TagSet.Of(job.Tags));
            if (named && template.Of(job.Name) is { } own)
            {
                // Whoever overrides the template's tags has them from elsewhere.
                if (TagSet.Of(template.Texts(own.Value)) == set) yield return new(view, job.Name, job.Tags, own.Owner, true);
            }
            else if (map.Find("tags") is not null)
            {
                var parent = all.Ancestors(job.Name).FirstOrDefault(one => template.Own(one) == set);
                if (!named && parent is not null) yield return new(view, job.Name, job.Tags, template.Of(parent)!.Value.Owner, false);
            }
            else if (new CiInherit(map["inherit"] as CiMap).Default("tags") && isDefault) yield return new(view, job.Name, job.Tags, Default, named);
            else if (named && set.IsEmpty && template.Default is null) yield return new(view, job.Name, job.Tags, null, true);
        }
    }
}
