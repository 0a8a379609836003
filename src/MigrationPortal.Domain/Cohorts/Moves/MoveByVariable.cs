using System.Text.Json;
using MigrationPortal.Domain.Cohorts.Edits;
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

    public WayOffer Offer(MovePlan plan)
    {
        var names = plan.Jobs.Select(job => job.Variable).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (names.Count == 0) return WayOffer.Not(Way, "No job takes its tags from a variable.");
        if (names.Count > 1) return WayOffer.Not(Way, $"Its jobs take their tags from several variables: {string.Join(", ", names)}.");
        var led = plan.Jobs.Where(job => job.Variable == names[0]).ToList();
        if (led.FirstOrDefault(job => job.Kind is JobChangeKind.Stays or JobChangeKind.Pinned) is { } kept) return WayOffer.Not(Way, $"{names[0]} would also move {kept.Name}. {kept.Why}");
        return led.All(job => job.Kind == JobChangeKind.There) ? WayOffer.Not(Way, "Its jobs are there already.") : new(Way, led.Count, null);
    }

    public async Task<Outcome<string>> LookAsync(MovePlan plan, string? earlier, PersonToken person, CancellationToken cancel)
    {
        if (earlier is not null) return earlier;
        var name = NameOf(plan);
        if (!(await variables.FindAsync(person, Place(plan.Project), name, CiVariable.EveryScope, cancel)).TryGet(out var stands, out var no)) return no;
        if (stands is { IsFile: true } or { Masked: true } or { Hidden: true }) return Refusal.Of("way-not-offered", $"The variable {name} of the project is masked, hidden or a file: it cannot lead tags.");
        if (stands is { Protected: true }) return Refusal.Of("way-not-offered", $"The variable {name} of the project is protected: branches that are not would find no runner.");
        if (stands is not null) return JsonSerializer.Serialize(new Stood(name, stands.Value ?? "", HasDefault: true));
        var above = await HasDefaultAsync(plan, name, person, cancel);
        return above.Match<Outcome<string>>(has => JsonSerializer.Serialize(new Stood(name, null, has)), refusal => refusal);
    }

    public async Task<Outcome<MoveProgress>> ApplyAsync(Enrollment enrollment, MovePlan plan, PersonToken person, CancellationToken cancel)
    {
        var stood = Read(enrollment);
        var value = string.Join(',', plan.Jobs.First(job => job.Variable == stood.Name).To);
        return await SetAsync(plan.Project, stood.Name, value, person, cancel);
    }

    public async Task<Outcome<MoveProgress>> UndoAsync(Enrollment enrollment, PersonToken person, CancellationToken cancel)
    {
        var stood = Read(enrollment);
        if (stood.Value is not null || !stood.HasDefault) return await SetAsync(enrollment.Project, stood.Name, stood.Value ?? "", person, cancel);
        return (await variables.DeleteAsync(person, Place(enrollment.Project), stood.Name, CiVariable.EveryScope, cancel)).Match<Outcome<MoveProgress>>(_ => new MoveProgress.Done($"The variable {stood.Name} is taken out again."), no => no);
    }

    public IReadOnlyList<JobTags> WhatStood(Enrollment enrollment, IReadOnlyList<ScannedJob> jobs)
    {
        var stood = Read(enrollment);
        IReadOnlyList<string> then = [.. (stood.Value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        return [.. jobs.Where(job => Names(job, stood.Name)).Select(job => new JobTags(job.Name, then, job.Tags, false))];
    }

    /// <summary>Empty, for an unset one leaves jobs stuck on whatever branch still names it; taken out only when it is ours and the file no longer does.</summary>
    public async Task<Outcome<MoveProgress>> GraduateAsync(Enrollment enrollment, ProjectScan scan, PersonToken person, CancellationToken cancel)
    {
        var stood = Read(enrollment);
        if (stood.Value is not null || scan.Jobs.Any(job => Names(job, stood.Name))) return await SetAsync(enrollment.Project, stood.Name, stood.Value ?? "", person, cancel);
        return (await variables.DeleteAsync(person, Place(enrollment.Project), stood.Name, CiVariable.EveryScope, cancel)).Match<Outcome<MoveProgress>>(_ => new MoveProgress.Done($"No job names {stood.Name} any more: the variable is taken out."), no => no);
    }

    // What was set stands at once.
    public Task<MoveProgress?> FollowAsync(Enrollment enrollment, CancellationToken cancel) => Task.FromResult<MoveProgress?>(null);

    /// <summary>A dry run expands variables: where the name stays, nothing above the project sets it.</summary>
    private async Task<Outcome<bool>> HasDefaultAsync(MovePlan plan, string name, PersonToken person, CancellationToken cancel) =>
        (await projects.LintAsync(person, plan.Project, "HEAD", dryRun: true, cancel)).Match<Outcome<bool>>(
            lint => !lint.Jobs.Any(job => job.Tags.Any(tag => tag == $"${name}" || tag == $"${{{name}}}")), no => no);

    private async Task<Outcome<MoveProgress>> SetAsync(ProjectId project, string name, string value, PersonToken person, CancellationToken cancel)
    {
        var place = Place(project);
        var done = new MoveProgress.Done(value.Length == 0 ? $"The variable {name} is empty." : $"The variable {name} is {value}.");
        if (!(await variables.FindAsync(person, place, name, CiVariable.EveryScope, cancel)).TryGet(out var found, out var no)) return no;
        var written = found switch
        {
            { Value: var now } when now == value => null,
            null => await variables.CreateAsync(person, place, new NewVariable(name, value, Description: "Where the jobs run; set by MigrationPortal"), cancel),
            _ => await variables.UpdateAsync(person, place, name, CiVariable.EveryScope, value, cancel),
        };
        return written is Outcome<CiVariable>.Refused { Refusal: var refused } ? refused : done;
    }

    private static bool Names(ScannedJob job, string name) => job.Tags.Any(tag => tag.Contains($"${name}", StringComparison.Ordinal) || tag.Contains($"${{{name}}}", StringComparison.Ordinal));

    private static string NameOf(MovePlan plan) => plan.Jobs.Select(job => job.Variable).OfType<string>().First();

    private static VariablePlace.OfProject Place(ProjectId project) => new(project);

    private static Stood Read(Enrollment enrollment) => JsonSerializer.Deserialize<Stood>(enrollment.Original!)!;

    /// <summary>Stored: names here are promises.</summary>
    /// <param name="Value">Of the project's own variable; null: it had none.</param>
    /// <param name="HasDefault">Something above the project sets it.</param>
    private sealed record Stood(string Name, string? Value, bool HasDefault);
}
