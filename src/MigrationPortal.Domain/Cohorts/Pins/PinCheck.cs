using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Readiness;

namespace MigrationPortal.Domain.Cohorts.Pins;

/// <summary>Whether a project's CI file still asks for the tag that keeps it on docker. Pure.</summary>
public static class PinCheck
{
    /// <param name="scan">The newest; one from before the pin's last step, or of a file that could not be read, says nothing.</param>
    /// <returns>Why the pin does not hold; null when it does, or when nothing is known that speaks against it.</returns>
    public static string? WhyNot(Enrollment pin, ProjectScan? scan, MoveTags tags)
    {
        ArgumentNullException.ThrowIfNull(pin);
        ArgumentNullException.ThrowIfNull(tags);
        // A pair of runners leads whatever the file says.
        if (pin.Way == EnrollmentWay.ProjectRunner) return null;
        if (tags.Fallback is not { } fallback) return "no tag leads to docker: none is set";
        if (scan is not { State: ScanState.Read } || scan.At < pin.Since) return null;
        bool Asks(ScannedJob job) => AsksFor(job, pin, fallback);
        var given = Given(pin, fallback);
        if (scan.Jobs.FirstOrDefault(job => given.Contains(job.Name) && !Asks(job)) is { } lost) return $"{lost.Name} no longer asks for {fallback}";
        return scan.Jobs.Any(Asks) ? null : $"no job asks for {fallback} any more";
    }

    /// <summary>Jobs that the pin keeps on docker: of a pair of runners all; else those that ask for the tag, or that the change gave it to where no newer look is known.</summary>
    public static IReadOnlyList<string> Kept(Enrollment pin, ProjectScan? scan, MoveTags tags)
    {
        ArgumentNullException.ThrowIfNull(pin);
        ArgumentNullException.ThrowIfNull(tags);
        if (pin.Way == EnrollmentWay.ProjectRunner) return scan is null ? [] : [.. scan.Jobs.Select(job => job.Name)];
        if (tags.Fallback is not { } fallback) return [];
        return pin.State.HasChangedSomething() && pin.State != EnrollmentState.Moving && scan is { State: ScanState.Read } && scan.At >= pin.Since
            ? [.. scan.Jobs.Where(job => AsksFor(job, pin, fallback)).Select(job => job.Name)] : [.. Given(pin, fallback).Order(StringComparer.Ordinal)];
    }

    private static bool AsksFor(ScannedJob job, Enrollment pin, string fallback) =>
        job.Tags.Contains(fallback) || (pin.Way == EnrollmentWay.Variable && job.Tags.Any(tag => tag.Contains('$', StringComparison.Ordinal)));

    /// <summary>Jobs to which the pin's merge request gave the tag.</summary>
    private static HashSet<string> Given(Enrollment pin, string fallback) => pin is not { Way: EnrollmentWay.MergeRequest, Original: { } original } ? []
        : MoveRecord.Read(original).Changes is [.., var last] ? last.Edit.Jobs.Where(job => job.After.Contains(fallback)).Select(job => job.Job).ToHashSet(StringComparer.Ordinal) : [];
}
