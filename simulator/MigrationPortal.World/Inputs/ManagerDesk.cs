namespace MigrationPortal.World;

/// <summary>Runner processes that appear and go.</summary>
internal sealed class ManagerDesk(Engine engine)
{
    public InputResult Connect(ConnectManager input)
    {
        if (engine.Fleet.Find(input.RunnerId) is not { } runner)
        {
            return InputResult.NotFound("Runner");
        }

        if (input.Slots < 1)
        {
            return InputResult.No(RefusalKind.BadRequest, "slots must be at least 1");
        }

        var id = ++engine.Fleet.LastManagerId;
        var draw = new Draw(engine.Options.Seed, For.Runner, 1_000_000 + id);
        var manager = new RunnerManager
        {
            Id = id,
            Runner = runner,
            SystemId = input.SystemId ?? $"{(input.Executor == Executor.Kubernetes ? "r" : "s")}_{draw.Sha()[..12]}",
            Executor = input.Executor,
            Version = input.Version ?? "18.11.0",
            IpAddress = $"10.30.{id / 250}.{(id % 250) + 1}",
            CreatedAt = WorldTime.From(engine.NowMs),
            Slots = input.Slots,
            Cluster = input.Cluster,
            PhaseMs = draw.Below(PollGrid.IntervalMs, 1),
            Up = true,
        };
        manager.Dark = engine.Faults.DarkRunnerSet.Contains(runner.Id)
            || (input.Cluster is { } cluster && engine.Faults.DarkClusterSet.Contains(cluster));
        runner.ManagerList.Add(manager);
        engine.Dispatcher.FleetChanged(engine.NowMs);
        return InputResult.Done(manager);
    }

    public InputResult Disconnect(DisconnectManager input)
    {
        if (engine.Fleet.FindManager(input.ManagerId) is not { Up: true } manager)
        {
            return InputResult.NotFound("Runner manager");
        }

        Gone(manager, engine.NowMs);
        engine.Dispatcher.FleetChanged(engine.NowMs);
        foreach (var job in manager.RunningList.ToList())
        {
            engine.Life.Interrupt(job);
        }

        return InputResult.Done(manager);
    }

    public InputResult Stop(StopManager input)
    {
        if (engine.Fleet.FindManager(input.ManagerId) is not { Up: true } manager)
        {
            return InputResult.NotFound("Runner manager");
        }

        manager.IsStopping = true;
        if (manager.RunningList.Count == 0)
        {
            Gone(manager, engine.NowMs);
        }

        engine.Dispatcher.FleetChanged(engine.NowMs);
        return InputResult.Done(manager);
    }

    internal static void Gone(RunnerManager manager, long now)
    {
        manager.LastContactMs = manager.Dark ? manager.LastContactMs : PollGrid.LastTick(manager.PhaseMs, now);
        manager.Up = false;
    }
}
