namespace MigrationPortal.World;

/// <summary>Changes of runners, with GitLab's own validation.</summary>
internal sealed class RunnerDesk(Engine engine)
{
    public const int TagLimit = 50;
    private const int LeastTimeout = 600;
    private const int LongestNote = 1024;

    public InputResult Update(UpdateRunner input)
    {
        if (engine.Fleet.Find(input.RunnerId) is not { } runner)
        {
            return InputResult.NotFound("Runner");
        }

        var tags = input.TagList is null ? null : TagText.Parse(input.TagList);
        var refusal = Check(tags ?? runner.TagList, input.RunUntagged ?? runner.RunUntagged, input.MaximumTimeout, input.MaintenanceNote);
        if (refusal is not null)
        {
            return refusal;
        }

        runner.Description = input.Description ?? runner.Description;
        runner.Paused = input.Paused ?? runner.Paused;
        runner.RunUntagged = input.RunUntagged ?? runner.RunUntagged;
        runner.Locked = input.Locked ?? runner.Locked;
        runner.RefProtected = input.RefProtected ?? runner.RefProtected;
        runner.MaximumTimeout = input.MaximumTimeout is < 0 ? null : input.MaximumTimeout ?? runner.MaximumTimeout;
        runner.MaintenanceNote = input.MaintenanceNote ?? runner.MaintenanceNote;
        SetTags(runner, tags ?? runner.TagList);
        engine.Dispatcher.FleetChanged(engine.NowMs);
        return InputResult.Done(runner);
    }

    public InputResult Create(CreateRunner input)
    {
        var tags = TagText.Parse(input.TagList ?? []);
        var group = input.GroupId is { } g ? engine.Directory.FindGroup(g) : null;
        var project = input.ProjectId is { } p ? engine.Directory.FindProject(p) : null;
        if ((input.Type == RunnerType.Group && group is null) || (input.Type == RunnerType.Project && project is null))
        {
            return InputResult.No(RefusalKind.BadRequest, "Validation failed: Runner scope is not found");
        }

        if (Check(tags, input.RunUntagged, input.MaximumTimeout, input.MaintenanceNote) is { } refusal)
        {
            return refusal;
        }

        var runner = new Runner
        {
            Id = engine.Fleet.LastRunnerId + 1,
            Type = input.Type,
            Description = input.Description,
            Paused = input.Paused,
            RunUntagged = input.RunUntagged,
            Locked = input.Locked,
            RefProtected = input.RefProtected,
            MaximumTimeout = input.MaximumTimeout is < 0 ? null : input.MaximumTimeout,
            MaintenanceNote = input.MaintenanceNote,
            Group = input.Type == RunnerType.Group ? group : null,
            CreatedAt = WorldTime.From(engine.NowMs),
            CreatedBy = input.ById is { } by ? engine.Directory.FindUser(by) : null,
        };
        if (input.Type == RunnerType.Project)
        {
            runner.ProjectList.Add(project!);
        }

        SetTags(runner, tags);
        runner.Token = RunnerTokens.Make(engine.Options.Seed, runner, 0);
        engine.Fleet.Add(runner);
        engine.Dispatcher.FleetChanged(engine.NowMs);
        return InputResult.Done(runner);
    }

    public InputResult Delete(DeleteRunner input)
    {
        if (engine.Fleet.Find(input.RunnerId) is not { } runner)
        {
            return InputResult.NotFound("Runner");
        }

        engine.Fleet.Remove(runner);
        engine.Dispatcher.FleetChanged(engine.NowMs);
        return InputResult.Done();
    }

    public InputResult ResetToken(ResetRunnerToken input)
    {
        if (engine.Fleet.Find(input.RunnerId) is not { } runner)
        {
            return InputResult.NotFound("Runner");
        }

        runner.TokenTurn++;
        runner.Token = RunnerTokens.Make(engine.Options.Seed, runner, runner.TokenTurn);
        return InputResult.Done(runner);
    }

    public InputResult Assign(AssignRunner input)
    {
        if (engine.Directory.FindProject(input.ProjectId) is not { } project)
        {
            return InputResult.NotFound("Project");
        }

        if (engine.Fleet.Find(input.RunnerId) is not { } runner)
        {
            return InputResult.NotFound("Runner");
        }

        switch (runner)
        {
            case { Type: RunnerType.Group }:
                return InputResult.No(RefusalKind.Forbidden, "403 Forbidden - Runner is a group runner");
            case { Type: RunnerType.Instance }:
                return InputResult.No(RefusalKind.Forbidden, "403 Forbidden - Runner is an instance runner");
            case { Locked: true }:
                return InputResult.No(RefusalKind.Forbidden, "403 Forbidden - Runner is locked");
            case var r when r.ProjectList.Contains(project):
                return InputResult.No(RefusalKind.BadRequest, "user not allowed to assign runner - runner_error");
        }

        runner.ProjectList.Add(project);
        engine.Dispatcher.FleetChanged(engine.NowMs);
        return InputResult.Done(runner);
    }

    public InputResult Unassign(UnassignRunner input)
    {
        if (engine.Directory.FindProject(input.ProjectId) is not { } project)
        {
            return InputResult.NotFound("Project");
        }

        if (engine.Fleet.Find(input.RunnerId) is not { } runner || !runner.ProjectList.Contains(project))
        {
            return InputResult.NotFound("Runner");
        }

        if (runner.ProjectList[0] == project)
        {
            return InputResult.No(
                RefusalKind.Forbidden, "403 Forbidden - You cannot unassign a runner from the owner project. Delete the runner instead");
        }

        runner.ProjectList.Remove(project);
        engine.Dispatcher.FleetChanged(engine.NowMs);
        return InputResult.Done();
    }

    internal static void SetTags(Runner runner, IReadOnlyList<string> tags)
    {
        runner.TagList = [.. tags];
        runner.Tags = TagSet.Of(tags);
    }

    /// <summary>Judged on the final state, so tags and run_untagged may change together.</summary>
    private static InputResult? Check(IReadOnlyList<string> tags, bool runUntagged, int? maximumTimeout, string? note) =>
        tags.Count > TagLimit
            ? Invalid("tags_list", $"Too many tags specified. Please limit the number of tags to {TagLimit}")
            : tags.Count == 0 && !runUntagged
            ? Invalid("tags_list", "can not be empty when runner is not allowed to pick untagged jobs")
            : maximumTimeout is >= 0 and < LeastTimeout
            ? Invalid("maximum_timeout", "needs to be at least 10 minutes")
            : note?.Length > LongestNote
            ? Invalid("maintenance_note", $"is too long (maximum is {LongestNote} characters)")
            : null;

    private static InputResult Invalid(string field, string message) => InputResult.No(RefusalKind.Invalid, message, field);
}

/// <summary>Tokens a runner authenticates with, made from the seed: this world has no secrets worth the name.</summary>
internal static class RunnerTokens
{
    public static string Make(int seed, Runner runner, int turn)
    {
        var mark = runner.Type switch { RunnerType.Instance => 1, RunnerType.Group => 2, _ => 3 };
        var draw = new Draw(seed, For.Token, ((long)runner.Id << 16) + turn);
        return $"glrt-t{mark}_{draw.Sha()[..20]}";
    }
}
