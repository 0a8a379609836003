using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Fleet;

/// <summary>The runner pair with what is wrong with it and who uses it.</summary>
public sealed class RunnerPairReading(IMigrationStore migration, IFleetStore fleet, IEnrollmentStore enrollments, IProjectStore projects)
{
    private static readonly EnrollmentState[] Using = [.. Enum.GetValues<EnrollmentState>().Where(state => state.HasChangedSomething())];

    public async Task<RunnerPairShown> OfAsync(InstanceId instance, CancellationToken cancel)
    {
        var settings = await migration.SettingsAsync(instance, cancel);
        var snapshot = await fleet.LatestAsync(instance, cancel);
        var users = new List<Enrollment>();
        foreach (var state in Using) users.AddRange((await enrollments.InStateAsync(instance, state, cancel)).Where(one => one.Way == EnrollmentWay.ProjectRunner));
        var known = await projects.FindAsync([.. users.Select(one => one.Project)], cancel);
        return new(
            settings, snapshot, settings.Pair is { } pair && snapshot is not null ? PairNow.Of(pair, snapshot) : null,
            [.. users.Select(one => new PairProject(one, known.GetValueOrDefault(one.Project)?.Access.FullPath ?? $"project {one.Project.Number}")).OrderBy(one => one.FullPath, StringComparer.Ordinal)]);
    }
}

/// <param name="Fleet">Null before the first sweep.</param>
/// <param name="Now">Null: no pair is named, or the fleet was not read yet.</param>
/// <param name="Projects">By path; also those that have a former pair.</param>
public sealed record RunnerPairShown(MigrationSettings Settings, FleetSnapshot? Fleet, PairNow? Now, IReadOnlyList<PairProject> Projects)
{
    /// <summary>Runners that may be named for a half: project runners whose executor fits or is not known yet; unlocked ones first.</summary>
    public IReadOnlyList<FleetRunner> Candidates(ExecutorFamily family) =>
    [
        .. (Fleet?.Runners ?? []).Where(runner => !PairHalf.Of(family, runner.Id.Number, Fleet!).Wrong.Any()).OrderBy(runner => runner.Observed.Locked).ThenBy(runner => runner.Observed.Description, StringComparer.Ordinal),
    ];
}

/// <param name="FullPath">Its number in words while the path is not known.</param>
public sealed record PairProject(Enrollment Enrollment, string FullPath);
