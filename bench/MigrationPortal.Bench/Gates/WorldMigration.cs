using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.World;
using TagSet = MigrationPortal.Domain.Shared.TagSet;

namespace MigrationPortal.Bench.Gates;

/// <summary>A whole migration by default policies, every phase automatic: the portal's turns, and people who opt in and later take their tags out again.</summary>
internal sealed class WorldMigration
{
    private const string Asking = "  tags: [k8s-default]\n";
    private static readonly TimeSpan Turn = TimeSpan.FromHours(6);
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // The hour that a burst is looked for in, and the time until the next evaluation.
    private static readonly TimeSpan StillShown = TimeSpan.FromMinutes(65);
    private static readonly string[] Jobs = ["build:\n  stage: build\n", "unit-test:\n  stage: test\n"];

    private readonly WorldCourse _course;
    private readonly GitLabWorld _world;
    private readonly WorldPortal _portal;
    private readonly DateTimeOffset _begin;
    private readonly List<TagSet> _carried;
    private readonly List<GuardEvaluation> _acts = [];
    private (DateTimeOffset Turn, DateTimeOffset Guard, DateTimeOffset? Step, DateTimeOffset? Trouble) _due;
    private (DateTimeOffset From, DateTimeOffset Until)? _watch;
    private bool _burst;
    private int _looks;
    private int? _looksToAct;
    private int _reached;
    private string _said = "";

    private WorldMigration(WorldCourse course)
    {
        (_course, _world) = (course, new GitLabWorld(course.World));
        _portal = new WorldPortal(_world, new Dictionary<string, TagDecision> { ["docker"] = TagDecision.Adopt, ["linux"] = TagDecision.Adopt, ["shared"] = TagDecision.Adopt });
        _begin = _world.Now;
        _carried = [.. _world.Fleet.Runners.Select(runner => TagSet.Of(runner.TagList))];
        _due = (_begin + Turn, _begin + Guard, _begin + course.Step?.After, _begin + course.Trouble?.After);
    }

    public static Task<WorldStory> RunAsync(WorldCourse course, CancellationToken cancel) => new WorldMigration(course).RunAsync(cancel);

    private async Task<WorldStory> RunAsync(CancellationToken cancel)
    {
        while (_world.Now < _begin.AddDays(_course.MostDays) && _portal.State.Current?.Phase != Phase.RetireOptInTag)
        {
            cancel.ThrowIfCancellationRequested();
            _world.AdvanceTo(Next());
            if (_world.Now >= _due.Trouble) Strike();
            if (_watch is not null) await WatchAsync(cancel);
            if (_world.Now >= _due.Guard) await GuardAsync(cancel);
            if (_world.Now >= _due.Step) await StepAsync(cancel);
            if (_world.Now >= _due.Turn) await TurnAsync(cancel);
        }

        return new WorldStory(
            _course, _begin, _portal.State.History, _acts, _acts.Count(act => !_world.Faults.Incidents.Any(incident => Explains(incident, act.At))), _burst, _looksToAct, (_world.Now - _begin).TotalDays, _world.Jobs.Count, Dropped(), _world.Truth.Classes().Where(one => WasCarried(one.Tags.Tags)).Sum(one => one.UnservedSeconds), _said);
    }

    private static bool Explains(Incident incident, DateTimeOffset at) =>
        incident.Reach.Executor == Executor.Kubernetes && incident.StartsAt <= at && at <= incident.EndsAt + StillShown;

    private DateTimeOffset Next() => new[] { _due.Turn, _due.Guard, _due.Step ?? DateTimeOffset.MaxValue, _due.Trouble ?? DateTimeOffset.MaxValue, _watch is null ? DateTimeOffset.MaxValue : _world.Now + Minute }.Min();

    private void Strike()
    {
        foreach (var input in _course.Trouble!.Inputs) _ = _world.Apply(input).Get<object>();
        _watch = (_world.Now, _world.Now + _course.Trouble.Lasts + StillShown);
        _due.Trouble = null;
    }

    // Between evaluations as well: the first minute in which a burst stands is counted from.
    private async Task WatchAsync(CancellationToken cancel)
    {
        _burst |= await _portal.IsBurstAsync(cancel);
        if (_looksToAct is not null || _world.Now > _watch!.Value.Until) _watch = null;
    }

    private async Task GuardAsync(CancellationToken cancel)
    {
        _due.Guard = _world.Now + Guard;
        if (_burst && _looksToAct is null) _looks++;
        if (await _portal.GuardAsync(cancel) is not { OperationId: not null } acted) return;
        _acts.Add(acted);
        if (_burst) _looksToAct ??= _looks;
        _due.Turn = _world.Now + Minute;
    }

    private async Task StepAsync(CancellationToken cancel)
    {
        if (await _portal.Operations.UnfinishedAsync(WorldPortal.Instance, cancel) is not null)
        {
            _due.Step = _world.Now + Soon;
            return;
        }

        await _portal.TakeAsync(_course.Step!.Value.Target, cancel);
        (_due.Step, _due.Turn) = (null, _world.Now);
    }

    private async Task TurnAsync(CancellationToken cancel)
    {
        (_said, var busy) = await _portal.TurnAsync(cancel);
        _due.Turn = _world.Now + (busy ? Soon : Turn);
        if (_portal.State.History.Count == _reached) return;
        _reached = _portal.State.History.Count;
        if (_portal.State.Current?.Phase == Phase.OptIn) Write(text => Jobs.Aggregate(text, (file, job) => file.Contains(job + Asking, StringComparison.Ordinal) ? file : file.Replace(job, job + Asking, StringComparison.Ordinal)));
        if (_portal.State.Current?.Phase == Phase.DockerFallback) Write(text => text.Replace(Asking, "", StringComparison.Ordinal));
    }

    // Projects that say nothing of runners: two of their jobs move, the others stay.
    private void Write(Func<string, string> edit)
    {
        foreach (var project in _world.Directory.Projects.Where(one => one.CiConfigPath is null))
        {
            if (_world.Code.FindFile(project, project.DefaultBranch, ".gitlab-ci.yml")?.Content is not { } text || text.Contains("default:", StringComparison.Ordinal) || edit(text) == text) continue;
            _ = _world.Apply(new CreateCommit(project.Id, project.DefaultBranch, "Choose runners", [new FileAction(FileActionKind.Update, ".gitlab-ci.yml", edit(text))], 1)).Get<object>();
        }
    }

    private int Dropped()
    {
        var dropped = 0;
        for (var id = _world.Jobs.Count; id > 0 && _world.Jobs.Find(id) is { } job && job.CreatedAt >= _begin; id--)
            if (job.Cause == Cause.NoRunner && WasCarried(job.Tags)) dropped++;
        return dropped;
    }

    // What asks for tags that no runner had before the migration never was served.
    private bool WasCarried(IReadOnlyList<string> tags) => _carried.Exists(runner => TagSet.Of(tags).IsSubsetOf(runner));
}
