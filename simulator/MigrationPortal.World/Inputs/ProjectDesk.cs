namespace MigrationPortal.World;

/// <summary>Changes of variables, project and group settings, hooks and broadcast messages.</summary>
internal sealed class ProjectDesk(Engine engine)
{
    private int lastHook;
    private int lastBroadcast;

    public InputResult Create(CreateVariable input)
    {
        if (Variables(input.Owner) is not { } list)
        {
            return Missing(input.Owner);
        }

        if (Find(list, input.Variable.Key, input.Variable.EnvironmentScope) >= 0)
        {
            return InputResult.No(RefusalKind.Invalid, $"({input.Variable.Key}) has already been taken", "key");
        }

        if (Check(input.Variable) is { } refusal)
        {
            return refusal;
        }

        list.Add(input.Variable);
        return InputResult.Done(input.Variable);
    }

    public InputResult Update(UpdateVariable input)
    {
        if (Variables(input.Owner) is not { } list)
        {
            return Missing(input.Owner);
        }

        var at = Find(list, input.Key, input.EnvironmentScope);
        if (at < 0)
        {
            return InputResult.NotFound("Variable");
        }

        if (Check(input.Variable) is { } refusal)
        {
            return refusal;
        }

        list[at] = input.Variable;
        return InputResult.Done(input.Variable);
    }

    public InputResult Delete(DeleteVariable input)
    {
        if (Variables(input.Owner) is not { } list)
        {
            return Missing(input.Owner);
        }

        var at = Find(list, input.Key, input.EnvironmentScope);
        if (at < 0)
        {
            return InputResult.NotFound("Variable");
        }

        list.RemoveAt(at);
        return InputResult.Done();
    }

    public InputResult Update(UpdateProject input)
    {
        if (engine.Directory.FindProject(input.ProjectId) is not { } project)
        {
            return InputResult.NotFound("Project");
        }

        if (input.SharedRunnersEnabled == true
            && project.Namespace.SelfAndAncestors().Any(g => g.SharedRunners == SharedRunnersSetting.DisabledAndUnoverridable))
        {
            return InputResult.No(
                RefusalKind.Invalid, "cannot be enabled because parent group does not allow it", "shared_runners_enabled");
        }

        if (input.BuildTimeout is < 600 or > 2_592_000)
        {
            return InputResult.No(RefusalKind.Invalid, "needs to be between 10 minutes and 1 month", "build_timeout");
        }

        project.SharedRunnersEnabled = input.SharedRunnersEnabled ?? project.SharedRunnersEnabled;
        project.GroupRunnersEnabled = input.GroupRunnersEnabled ?? project.GroupRunnersEnabled;
        project.CiConfigPath = input.CiConfigPath is "" ? null : input.CiConfigPath ?? project.CiConfigPath;
        project.BuildTimeout = input.BuildTimeout ?? project.BuildTimeout;
        project.Topics = input.Topics ?? project.Topics;
        project.CiEnabled = input.CiEnabled ?? project.CiEnabled;
        project.Archived = input.Archived ?? project.Archived;
        project.SettingsChangedAt = WorldTime.From(engine.NowMs);
        engine.Configs.FilesChanged();
        engine.Dispatcher.FleetChanged(engine.NowMs);
        return InputResult.Done(project);
    }

    public InputResult Update(UpdateGroup input)
    {
        if (engine.Directory.FindGroup(input.GroupId) is not { } group)
        {
            return InputResult.NotFound("Group");
        }

        group.SharedRunners = input.SharedRunners;
        if (input.SharedRunners != SharedRunnersSetting.Enabled)
        {
            foreach (var project in engine.Directory.Projects.Where(p => p.Namespace.SelfAndAncestors().Contains(group)))
            {
                project.SharedRunnersEnabled = false;
            }
        }

        engine.Dispatcher.FleetChanged(engine.NowMs);
        return InputResult.Done(group);
    }

    public InputResult Create(CreateHook input)
    {
        if (engine.Directory.FindProject(input.ProjectId) is not { } project)
        {
            return InputResult.NotFound("Project");
        }

        if (!Uri.TryCreate(input.Settings.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            return InputResult.No(RefusalKind.Unprocessable, "Invalid url given");
        }

        var hook = new ProjectHook
        {
            Id = ++lastHook,
            ProjectId = project.Id,
            Settings = input.Settings,
            CreatedAt = WorldTime.From(engine.NowMs),
        };
        project.HookList.Add(hook);
        return InputResult.Done(hook);
    }

    public InputResult Update(UpdateHook input)
    {
        if (Hook(input.ProjectId, input.HookId) is not { } hook)
        {
            return InputResult.NotFound("Hook");
        }

        hook.Settings = input.Settings;
        return InputResult.Done(hook);
    }

    public InputResult Delete(DeleteHook input)
    {
        if (Hook(input.ProjectId, input.HookId) is not { } hook)
        {
            return InputResult.NotFound("Hook");
        }

        engine.Directory.FindProject(input.ProjectId)!.HookList.Remove(hook);
        return InputResult.Done();
    }

    public InputResult Create(CreateBroadcast input)
    {
        var message = new BroadcastMessage { Id = ++lastBroadcast, Settings = input.Settings };
        engine.Directory.BroadcastList.Add(message);
        return InputResult.Done(message);
    }

    public InputResult Update(UpdateBroadcast input)
    {
        if (engine.Directory.BroadcastList.Find(b => b.Id == input.Id) is not { } message)
        {
            return InputResult.NotFound("Broadcast message");
        }

        message.Settings = input.Settings;
        return InputResult.Done(message);
    }

    public InputResult Delete(DeleteBroadcast input) => engine.Directory.BroadcastList.RemoveAll(b => b.Id == input.Id) > 0
        ? InputResult.Done()
        : InputResult.NotFound("Broadcast message");

    private static InputResult? Check(CiVariable variable) =>
        variable.Key.Length is 0 or > 255 || !variable.Key.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? InputResult.No(RefusalKind.Invalid, "can contain only letters, digits and '_'.", "key")
            : null;

    private static int Find(List<CiVariable> list, string key, string scope) =>
        list.FindIndex(v => v.Key == key && v.EnvironmentScope == scope);

    private static InputResult Missing(VariableOwner owner) => InputResult.NotFound(owner.Level == VariableLevel.Group ? "Group" : "Project");

    private ProjectHook? Hook(int projectId, int hookId) =>
        engine.Directory.FindProject(projectId)?.HookList.Find(h => h.Id == hookId);

    private List<CiVariable>? Variables(VariableOwner owner) => owner.Level switch
    {
        VariableLevel.Instance => engine.Directory.InstanceVariableList,
        VariableLevel.Group => engine.Directory.FindGroup(owner.OwnerId)?.VariableList,
        _ => engine.Directory.FindProject(owner.OwnerId)?.VariableList,
    };
}
