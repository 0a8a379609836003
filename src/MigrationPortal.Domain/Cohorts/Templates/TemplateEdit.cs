using System.Text.Json;
using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Readiness.Ci;

namespace MigrationPortal.Domain.Cohorts.Templates;

/// <summary>
/// Changes the tags of a template's jobs once for all projects that include it. A job moves only when it is ready in all of
/// them; one that is not keeps its tags. No reason names another's project: not everybody who reads it may see that. Where tags are shared by jobs that the
/// template does not know, they change together or not at all. Pure.
/// </summary>
public static class TemplateEdit
{
    /// <summary>Stands for the including projects: one file that includes the template, whose jobs nothing can be written into.</summary>
    private const string Root = "including projects";

    /// <param name="path">Of the template's file, without leading slash.</param>
    /// <param name="optedIn">Tags that lead to Kubernetes, translations and the fallback.</param>
    public static TemplatePlan Of(string path, string text, IReadOnlyCollection<TemplateView> views, MoveTags optedIn)
    {
        ArgumentNullException.ThrowIfNull(views);
        if (MergedFiles.Read(new CiFiles(path, Texts(path, text)), out var problems) is not { } read) return new([], null, problems);
        var template = new TagOrigins(read.Root);
        var led = views.SelectMany(view => TemplateJobs.Of(view, template)).ToList();
        var changes = Judge(led, optedIn);
        var projects = views.Select(view => new TemplateProject(view.Project, view.FullPath, [.. led.Where(job => job.View == view).Select(job => changes[job])])).ToList();
        if (led.Count == 0) return new(projects, null, ["No job of the projects that include it takes its tags from this file."]);
        if (!changes.Values.Any(job => job.Kind == TemplateJobKind.Moves)) return new(projects, null, [.. changes.Values.Select(job => job.Why).OfType<string>().Distinct().DefaultIfEmpty("All of its jobs are there already.")]);
        return Edit(path, text, template, led, changes, projects);
    }

    private static TemplatePlan Edit(string path, string text, TagOrigins template, List<LedJob> led, Dictionary<LedJob, TemplateJob> changes, List<TemplateProject> projects)
    {
        var (jobs, stubs) = (led.Where(job => job.IsNamed).DistinctBy(job => job.Name).ToList(), led.Where(job => !job.IsNamed).ToList());
        var files = new CiFiles(Root, Texts(path, text, StubFile(path, stubs)));
        var lint = new CiLint(true, [], [], Merged(template, stubs), [], [.. jobs.Select(job => Linted(job.Name, job)), .. stubs.Select(job => Linted(NameOf(job), job))]);
        var wishes = led.Where(job => changes[job].Kind == TemplateJobKind.Moves).DistinctBy(NameOf).Select(job => JobWish.Move(NameOf(job), changes[job].To)).ToList();
        return EditCiTags.Apply(files, wishes, lint) switch
        {
            CiEdit.Edited { Record: var record } when record.After.Keys.All(one => one == path) => new(projects, record with { Root = path }, []),
            CiEdit.Edited => new(projects, null, ["The change would reach into the projects that include the file: give its jobs tags of their own."]),
            CiEdit.Refused { Reasons: var reasons } => new(projects, null, reasons),
            _ => throw new InvalidOperationException("An edit is done or refused."),
        };
    }

    private static Dictionary<LedJob, TemplateJob> Judge(List<LedJob> led, MoveTags tags)
    {
        var alone = led.ToDictionary(job => job, job => Alone(job, tags));
        // What one project holds back is held back for all: the template has one text.
        foreach (var named in led.Where(job => job.IsNamed).GroupBy(job => job.Name))
            if (named.Any(job => alone[job].Kind == TemplateJobKind.Stays))
                foreach (var job in named.Where(job => alone[job].Kind == TemplateJobKind.Moves)) alone[job] = Stay(job, "It is not ready in another project that includes the file.");

        foreach (var shared in led.Where(job => job.Owner is not null).GroupBy(job => job.Owner))
        {
            var stubs = shared.Where(job => !job.IsNamed).ToList();
            if (stubs.FirstOrDefault(job => alone[job].Kind == TemplateJobKind.Stays) is not { } held) continue;
            foreach (var job in stubs.Where(job => alone[job].Kind == TemplateJobKind.Moves))
                alone[job] = Stay(job, $"It shares the tags of {shared.Key} with {held.Name}{(held.View == job.View ? "" : " of another project")}, which is not ready.");
        }

        return alone;
    }

    private static TemplateJob Alone(LedJob job, MoveTags tags)
    {
        if (job.Tags.Any(tag => tag.Contains('$', StringComparison.Ordinal))) return Stay(job, "Its tags come from a variable: set that of the group or the project instead.");
        var change = MovePlan.Of(job.View.Project, EnrollmentTarget.Kubernetes, [(job.Name, job.Tags)], job.View.Blocked, tags, job.View.Served).Jobs[0];
        return change.Kind switch
        {
            JobChangeKind.Moves => new(job.Name, job.Tags, change.To, TemplateJobKind.Moves, null),
            JobChangeKind.There => new(job.Name, job.Tags, job.Tags, TemplateJobKind.There, null),
            _ => Stay(job, change.Why!),
        };
    }

    private static TemplateJob Stay(LedJob job, string why) => new(job.Name, job.Tags, job.Tags, TemplateJobKind.Stays, why);

    private static Dictionary<string, string> Texts(string path, string text, string? root = null)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal) { [path] = text };
        if (root is not null) texts[Root] = root;
        return texts;
    }

    private static string NameOf(LedJob job) => job.IsNamed ? job.Name : $"{job.Name} of project {job.View.Project.Number}";

    private static LintedJob Linted(string name, LedJob job) => new(name, null, job.Tags, null);

    // Aliases, because nothing can be added to one: whatever these jobs need must come from the template.
    private static string StubFile(string path, IEnumerable<LedJob> stubs) => "{" + string.Join(", ", stubs.Select((stub, at) =>
        $"{Quoted($".{at}")}: &stub{at} {Extends(stub)}, {Quoted(NameOf(stub))}: *stub{at}").Prepend($"include: {Quoted("/" + path)}")) + "}\n";

    private static string Extends(LedJob stub) => stub.Owner is null or TemplateJobs.Default ? "{script: [x]}" : $"{{extends: [{Quoted(stub.Owner)}]}}";

    /// <summary>As GitLab would join them: each entry with the tags that it has in the end.</summary>
    private static string Merged(TagOrigins template, IEnumerable<LedJob> stubs)
    {
        var merged = new Dictionary<string, object>(StringComparer.Ordinal);
        if (template.Default is { } usual) merged[TemplateJobs.Default] = new { tags = template.Texts(usual) };
        foreach (var name in template.Names)
        {
            var entry = new Dictionary<string, object>(StringComparer.Ordinal) { ["extends"] = template.Ancestors(name).ToList() };
            if (template.Of(name) is { } own) entry["tags"] = template.Texts(own.Value);
            if (!new CiInherit(template.Job(name)!["inherit"] as CiMap).Default("tags")) entry["inherit"] = new { @default = false };
            merged[name] = entry;
        }

        foreach (var stub in stubs)
            merged[NameOf(stub)] = stub.Owner is null or TemplateJobs.Default ? new { script = "x" } : new { extends = new[] { stub.Owner }, tags = stub.Tags };
        return JsonSerializer.Serialize(merged);
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
