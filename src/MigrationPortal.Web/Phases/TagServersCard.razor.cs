using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Web.Fleet;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <summary>The runners that have a tag (or accept untagged jobs), those in service first.</summary>
public sealed partial class TagServersCard
{
    private const int Most = 8;

    private List<RunnerLine> runners = [];

    [Parameter, EditorRequired]
    public required string Tag { get; set; }

    [Parameter, EditorRequired]
    public required FleetSnapshot? Fleet { get; set; }

    private string Finding
    {
        get
        {
            var serving = runners.Where(line => line.Contact.Kind == VerdictKind.Pass).ToList();
            if (serving.Count == 0) return runners.Count == 0 ? "Nobody has it: jobs that ask for it wait until GitLab drops them after an hour." : "None of them can take a job now.";
            int Of(Func<FleetRunner, bool> isIt) => serving.Count(line => isIt(line.Runner));
            return $"{serving.Count} of {Words.Count(runners.Count, "runner")} can take its jobs now: {Of(one => one.IsManaged(RunnerRole.Kubernetes))} on Kubernetes, {Of(one => one.IsManaged(RunnerRole.Legacy))} legacy, {Of(one => !one.Standing.Managed)} unmanaged.";
        }
    }

    protected override void OnParametersSet() => runners =
    [
        .. (Fleet?.Runners ?? []).Where(runner => Tag.Length == 0 ? runner.Attributes.RunUntagged : runner.Attributes.Tags.Contains(Tag))
            .Select(runner => new RunnerLine(runner, Fleet!.TakenAt, []))
            .OrderByDescending(line => line.Contact.Kind == VerdictKind.Pass).ThenByDescending(line => line.Runner.Standing.Managed).ThenBy(line => line.Runner.Id.Number),
    ];
}
