namespace MigrationPortal.World;

/// <summary>The runners there are at the beginning.</summary>
internal sealed class FleetBuilder(Engine engine)
{
    private string Prefix => engine.Options.IsQa ? "qa-" : "";

    public void Build()
    {
        AddDocker();
        AddKubernetes();
        AddOwned();
        if (engine.Options.RunnerPair)
        {
            AddPair();
        }
    }

    /// <summary>Mostly general-purpose; a few special ones that refuse untagged jobs, protected ones, one for Windows.</summary>
    private void AddDocker()
    {
        var total = engine.Options.DockerRunners;
        var windows = total >= 6 ? 1 : 0;
        var gpu = total >= 20 ? 2 : windows;
        var large = total >= 6 ? Math.Max(1, total / 8) : 0;
        var deploy = total >= 6 ? Math.Max(1, total / 13) : 0;
        var general = total - windows - gpu - large - deploy;
        for (var i = 1; i <= total; i++)
        {
            var draw = new Draw(engine.Options.Seed, For.Runner, i);
            var machine = i % 2 == 0;
            var executor = machine ? Executor.DockerMachine : Executor.Docker;
            var slots = machine ? 6 : 4;
            if (i <= general)
            {
                string[] tags = draw.Unit(1) < 0.75 ? ["docker", "linux"] : draw.Unit(2) < 0.5 ? ["docker", "linux", "shared"] : ["docker"];
                Up(Instance($"{Prefix}docker-{i:00}", true, i == 1 ? ["docker", "linux"] : tags), executor, slots);
            }
            else if (i <= general + large)
            {
                Up(Instance($"{Prefix}docker-large-{i:00}", false, ["docker", "large", "linux"]), executor, 6);
            }
            else if (i <= general + large + gpu)
            {
                Up(Instance($"{Prefix}docker-gpu-{i:00}", false, ["gpu", "linux"]), Executor.Docker, 4);
            }
            else if (i <= general + large + gpu + deploy)
            {
                var runner = Instance($"{Prefix}docker-deploy-{i:00}", false, ["deploy", "docker"]);
                runner.RefProtected = true;
                Up(runner, executor, 4);
            }
            else
            {
                Up(Instance($"{Prefix}windows-{i:00}", false, ["windows"]), Executor.DockerWindows, 3);
            }
        }
    }

    /// <summary>The last runner of each cluster is fresh: not yet tagged as the rest, and in the last cluster paused.</summary>
    private void AddKubernetes()
    {
        var slots = Math.Max(40, engine.Options.JobsPerWorkday / 100);
        for (var c = 0; c < engine.Options.Clusters; c++)
        {
            var cluster = $"{Prefix}k8s-{(char)('a' + c)}";
            for (var r = 1; r <= engine.Options.RunnersPerCluster; r++)
            {
                var fresh = r == engine.Options.RunnersPerCluster && r > 1;
                var runner = Instance($"{cluster}-{r:00}", false, fresh ? ["k8s-new"] : ["k8s-default"]);
                runner.Paused = fresh && c == engine.Options.Clusters - 1 && c > 0;
                for (var m = 0; m < (r == 1 ? 2 : 1); m++)
                {
                    Up(runner, Executor.Kubernetes, r == 1 ? slots / 2 : slots, cluster);
                }
            }
        }
    }

    private void AddOwned()
    {
        var groups = engine.Directory.Groups;
        for (var i = 0; i < engine.Options.OwnedRunners; i++)
        {
            var draw = new Draw(engine.Options.Seed, For.Runner, 5000 + i);
            var group = i % 3 == 0 ? groups[i / 3 % groups.Count] : null;
            var project = draw.Pick(engine.Directory.Projects, 1);
            var team = group?.Path ?? project.Path;
            var runner = Make(group is null ? RunnerType.Project : RunnerType.Group, group, $"{team}-runner-{i + 1}", i % 5 == 1, i % 4 == 2 ? [$"team-{team}", "docker"] : [$"team-{team}"], i % 16 == 3 ? 3 : 60);
            if (group is null)
            {
                runner.ProjectList.Add(project);
            }

            AddManagers(runner, i, draw);
            Add(runner);
        }
    }

    /// <summary>Their owner is a project without pipelines where there is one: the first project of a runner uses it from the start.</summary>
    private void AddPair()
    {
        var owner = engine.Directory.Projects.LastOrDefault(project => project.Archived || !project.CiEnabled) ?? engine.Directory.Projects[^1];
        foreach (var executor in new[] { Executor.Kubernetes, Executor.Docker })
        {
            var runner = Make(RunnerType.Project, null, $"{Prefix}pair-{executor.Wire()}", true, [executor == Executor.Kubernetes ? "k8s-default" : "docker-fallback", "docker", "large", "linux", "shared"]);
            runner.Locked = false;
            runner.ProjectList.Add(owner);
            Up(runner, executor, 20, executor == Executor.Kubernetes ? $"{Prefix}k8s-a" : null);
            Add(runner);
        }
    }

    /// <summary>Some never came, some are gone for days, one token sits in two config files.</summary>
    private void AddManagers(Runner runner, int i, Draw draw)
    {
        var executor = draw.Pick<Executor>([Executor.Docker, Executor.Shell, Executor.DockerMachine], 2);
        switch (i % 8)
        {
            case 3:
                break;
            case 6:
                var gone = Manager(runner, executor, 2, null);
                gone.Up = false;
                gone.LastContactMs = WorldTime.Ms(engine.Options.Now) - ((i % 16 == 6 ? 2 : 12) * WorldTime.Day);
                break;
            default:
                Manager(runner, executor, 2 + draw.Below(4, 4), null);
                if (i == 1)
                {
                    Manager(runner, Executor.Kubernetes, 4, null);
                }

                break;
        }
    }

    private Runner Instance(string description, bool runUntagged, string[] tags)
    {
        var runner = Make(RunnerType.Instance, null, description, runUntagged, tags);
        Add(runner);
        return runner;
    }

    private Runner Make(RunnerType type, Group? group, string description, bool runUntagged, string[] tags, int daysOld = 60)
    {
        var runner = new Runner
        {
            Id = engine.Fleet.LastRunnerId + 1,
            Type = type,
            Group = group,
            Description = description,
            RunUntagged = runUntagged,
            Locked = type == RunnerType.Project,
            CreatedAt = engine.Options.Now.AddDays(-daysOld),
            CreatedBy = engine.Directory.Users[0],
        };
        RunnerDesk.SetTags(runner, tags);
        runner.Token = RunnerTokens.Make(engine.Options.Seed, runner, 0);
        return runner;
    }

    private void Add(Runner runner) => engine.Fleet.Add(runner);

    private void Up(Runner runner, Executor executor, int slots, string? cluster = null) => Manager(runner, executor, slots, cluster);

    private RunnerManager Manager(Runner runner, Executor executor, int slots, string? cluster)
    {
        var id = ++engine.Fleet.LastManagerId;
        var draw = new Draw(engine.Options.Seed, For.Runner, 1_000_000 + id);
        var manager = new RunnerManager
        {
            Id = id,
            Runner = runner,
            SystemId = $"{(executor == Executor.Kubernetes ? "r" : "s")}_{draw.Sha()[..12]}",
            Executor = executor,
            Version = draw.Pick<string>(["18.9.0", "18.11.0", "18.11.0", "18.10.1"], 2),
            Platform = executor == Executor.DockerWindows ? "windows" : "linux",
            IpAddress = $"10.20.{id / 250}.{(id % 250) + 1}",
            CreatedAt = runner.CreatedAt,
            Slots = slots,
            Cluster = cluster,
            PhaseMs = draw.Below(PollGrid.IntervalMs, 1),
            Up = true,
        };
        runner.ManagerList.Add(manager);
        return manager;
    }
}
