using System.Text.Json;
using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Cohorts.Groups;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>
/// The configuration says <c>tags: [$NAME]</c>: the project's own variable of that name leads all such jobs (gitlab-api.md 8).
/// An unset variable would leave them stuck, so the way back sets it to what it was, or takes it out only where a default
/// stands above the project.
/// </summary>
public sealed class MoveByVariable(IVariableDesk variables, IProjectReader projects) : IMoveWay
{
    public EnrollmentWay Way => EnrollmentWay.Variable;

    /// <summary>From the names alone: what the variable gives now is seen when the person clicks.</summary>
    public WayOffer Offer(MovePlan plan)
    {
        var names = plan.Jobs.Select(job => job.Variable).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (names.Count == 0) return WayOffer.Not(Way, "No job takes its tags from a variable.");
        if (names.Count > 1) return WayOffer.Not(Way, $"Its jobs take their tags from several variables: {string.Join(", ", names)}.");
        var led = plan.Jobs.Where(job => job.Variable == names[0]).ToList();
        if (led.FirstOrDefault(job => job.Kind is JobChangeKind.Stays or JobChangeKind.Pinned) is { } kept) return WayOffer.Not(Way, $"{names[0]} would also move {kept.Name}. {kept.Why}");
        if (plan.Jobs.FirstOrDefault(job => job.Variable != names[0] && TagVariable.NamesIn(job.From).Contains(names[0])) is { } mixed) return WayOffer.Not(Way, $"{mixed.Name} mixes {names[0]} with other tags: no runner might take it then.");
        return led.All(job => job.Kind == JobChangeKind.There) ? WayOffer.Not(Way, "Its jobs are there already.") : new(Way, led.Count, null);
    }

    public async Task<Outcome<string>> LookAsync(MovePlan plan, string? earlier, PersonToken person, CancellationToken cancel)
    {
        var name = NameOf(plan);
        if (!(await variables.FindAsync(person, Place(plan.Project), name, CiVariable.EveryScope, cancel)).TryGet(out var own, out var no)) return no;
        if (own is { IsFile: true } or { Masked: true } or { Hidden: true }) return Refusal.Of("way-not-offered", $"The variable {name} of the project is masked, hidden or a file: it cannot lead tags.");
        if (own is { Protected: true }) return Refusal.Of("way-not-offered", $"The variable {name} of the project is protected: branches that are not would find no runner.");
        var stood = earlier is null ? null : Read(earlier);
        if (stood?.Set is { } set && own?.Value != set) return Changed(stood);
        if (stood is null)
        {
            if (!(own is null ? await FromAboveAsync(plan, name, person, cancel) : new Stood(name, own.Value ?? "", HasDefault: true)).TryGet(out stood, out var unseen)) return unseen;
        }

        // A pin is judged by what leads the jobs today, a move by what stood before the portal's first change.
        var now = TagVariable.Split(plan.Target == EnrollmentTarget.Docker && own is not null ? own.Value ?? "" : stood.Value ?? stood.Above ?? "");
        var change = plan.Judge(plan.Jobs.First(job => job.Variable == name).Name, now);
        if (change.Kind == JobChangeKind.There) return Refusal.Of("way-not-offered", $"{name} gives {TagVariable.Text(now)} now: its jobs are there already.");
        if (change.Kind != JobChangeKind.Moves) return Refusal.Of("way-not-offered", $"{name} gives {(now.IsEmpty ? "no tag" : TagVariable.Text(now))} now. {change.Why}");
        return JsonSerializer.Serialize(stood with { Set = string.Join(',', change.To), Before = own?.Value });
    }

    public async Task<Outcome<MoveProgress>> ApplyAsync(Enrollment enrollment, MovePlan plan, PersonToken person, CancellationToken cancel)
    {
        var stood = Read(enrollment.Original!);
        return await WriteAsync(enrollment.Project, stood, stood.Set ?? string.Join(',', plan.Jobs.First(job => job.Variable == stood.Name).To), person, cancel);
    }

    public Task<Outcome<MoveProgress>> UndoAsync(Enrollment enrollment, PersonToken person, CancellationToken cancel)
    {
        var stood = Read(enrollment.Original!);
        return WriteAsync(enrollment.Project, stood, stood.Value ?? (stood.HasDefault ? null : ""), person, cancel);
    }

    public IReadOnlyList<JobTags> WhatStood(Enrollment enrollment, IReadOnlyList<ScannedJob> jobs)
    {
        var stood = Read(enrollment.Original!);
        IReadOnlyList<string> then = [.. (stood.Value ?? stood.Above ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        return [.. jobs.Where(job => Names(job, stood.Name)).Select(job => new JobTags(job.Name, then, job.Tags, false))];
    }

    /// <summary>Empty, for an unset one leaves jobs stuck on whatever branch still names it; taken out only when it is ours and the file no longer does.</summary>
    public Task<Outcome<MoveProgress>> GraduateAsync(Enrollment enrollment, ProjectScan scan, PersonToken person, CancellationToken cancel)
    {
        var stood = Read(enrollment.Original!);
        return WriteAsync(enrollment.Project, stood, stood.Value ?? (scan.Jobs.Any(job => Names(job, stood.Name)) ? "" : null), person, cancel);
    }

    // What was set stands at once.
    public Task<MoveProgress?> FollowAsync(Enrollment enrollment, CancellationToken cancel) => Task.FromResult<MoveProgress?>(null);

    /// <summary>The project has none: what leads its jobs all the same. A dry run expands variables; where the name stays, nothing above the project sets it.</summary>
    private async Task<Outcome<Stood>> FromAboveAsync(MovePlan plan, string name, PersonToken person, CancellationToken cancel)
    {
        if (!(await projects.LintAsync(person, plan.Project, "HEAD", dryRun: true, cancel)).TryGet(out var run, out var no)) return no;
        var led = plan.Jobs.Where(job => job.Variable == name).Select(job => job.Name).ToHashSet(StringComparer.Ordinal);
        if (run.Jobs.FirstOrDefault(job => led.Contains(job.Name)) is not { } told) return Refusal.Of("way-not-offered", $"What {name} gives now could not be seen: none of the jobs that it leads would run on the default branch at the moment.");
        var isSet = !TagVariable.NamesIn(told.Tags).Contains(name);
        return new Stood(name, null, isSet) { Above = isSet ? TagVariable.Text(TagSet.Of(told.Tags.Where(tag => tag.Length > 0))) : "" };
    }

    /// <summary>What others have written since is never overwritten.</summary>
    /// <param name="to">Null: the variable is taken out.</param>
    private async Task<Outcome<MoveProgress>> WriteAsync(ProjectId project, Stood stood, string? to, PersonToken person, CancellationToken cancel)
    {
        var (place, name) = (Place(project), stood.Name);
        var done = new MoveProgress.Done(to is null ? $"The variable {name} is taken out again." : to.Length == 0 ? $"The variable {name} is empty." : $"The variable {name} is {to}.");
        if (!(await variables.FindAsync(person, place, name, CiVariable.EveryScope, cancel)).TryGet(out var found, out var no)) return no;
        if (to is null ? found is null : found?.Value == to) return done;
        if (stood.Set is not null && found?.Value != stood.Set && found?.Value != stood.Before) return Changed(stood);
        return to is null ? Answer(await variables.DeleteAsync(person, place, name, CiVariable.EveryScope, cancel))
            : found is null ? Answer(await variables.CreateAsync(person, place, new NewVariable(name, to, Description: "Where the jobs run; set by MigrationPortal"), cancel))
            : Answer(await variables.UpdateAsync(person, place, name, CiVariable.EveryScope, to, cancel));

        Outcome<MoveProgress> Answer<T>(Outcome<T> written) => written is Outcome<T>.Refused { Refusal: var refused } ? refused : done;
    }

    private static Refusal Changed(Stood stood) =>
        Refusal.Of(DeskCode.ChangedMeanwhile, $"The variable {stood.Name} of the project has another value than the portal gave it: somebody changed it, and that stays. Set it to {stood.Set} in GitLab, and try again.");

    private static bool Names(ScannedJob job, string name) => job.Tags.Any(tag => tag.Contains($"${name}", StringComparison.Ordinal) || tag.Contains($"${{{name}}}", StringComparison.Ordinal));

    private static string NameOf(MovePlan plan) => plan.Jobs.Select(job => job.Variable).OfType<string>().First();

    private static VariablePlace.OfProject Place(ProjectId project) => new(project);

    private static Stood Read(string original) => JsonSerializer.Deserialize<Stood>(original)!;

    /// <summary>Stored: names here are promises.</summary>
    /// <param name="Value">Of the project's own variable before the first change; null: it had none.</param>
    /// <param name="HasDefault">Something above the project sets it.</param>
    private sealed record Stood(string Name, string? Value, bool HasDefault)
    {
        /// <summary>What something above the project gave then; null where it had its own.</summary>
        public string? Above { get; init; }

        /// <summary>What the portal gives it; null in what was stored before this was.</summary>
        public string? Set { get; init; }

        /// <summary>Of the project's own variable before the last change; null: it had none.</summary>
        public string? Before { get; init; }
    }
}
