namespace MigrationPortal.World;

/// <summary>Takes runners or clusters off the network and brings them back.</summary>
internal sealed class Darkness(Engine engine)
{
    private readonly Dictionary<(int?, string?), int> turns = [];

    public InputResult Start(GoDark input)
    {
        if (Unknown(input.RunnerId, input.Cluster) is { } no)
        {
            return no;
        }

        if (input.RunnerId is { } id)
        {
            engine.Faults.DarkRunnerSet.Add(id);
        }
        else
        {
            engine.Faults.DarkClusterSet.Add(input.Cluster!);
        }

        Settle();
        var turn = Turn(input.RunnerId, input.Cluster);
        if (input.Minutes is { } minutes)
        {
            engine.Scheduler.At(
                engine.NowMs + (long)(minutes * WorldTime.Minute), Happening.LightReturns, new ComeBack(input.RunnerId, input.Cluster), turn);
        }

        return InputResult.Done();
    }

    public InputResult End(ComeBack input)
    {
        if (Unknown(input.RunnerId, input.Cluster) is { } no)
        {
            return no;
        }

        Turn(input.RunnerId, input.Cluster);
        Return(input);
        return InputResult.Done();
    }

    /// <summary>The planned return, unless the same target was switched again since.</summary>
    public void End(ComeBack planned, int turn)
    {
        if (turns.GetValueOrDefault((planned.RunnerId, planned.Cluster)) == turn)
        {
            Return(planned);
        }
    }

    private int Turn(int? runnerId, string? cluster) =>
        turns[(runnerId, cluster)] = turns.GetValueOrDefault((runnerId, cluster)) + 1;

    private void Return(ComeBack input)
    {
        if (input.RunnerId is { } id)
        {
            engine.Faults.DarkRunnerSet.Remove(id);
        }
        else
        {
            engine.Faults.DarkClusterSet.Remove(input.Cluster!);
        }

        Settle();
    }

    private InputResult? Unknown(int? runnerId, string? cluster)
    {
        if (runnerId is null == cluster is null)
        {
            return InputResult.No(RefusalKind.BadRequest, "exactly one of runner and cluster is needed");
        }

        return runnerId is { } id && engine.Fleet.Find(id) is null ? InputResult.NotFound("Runner")
            : cluster is not null && !engine.Fleet.Runners.Any(r => r.ManagerList.Exists(m => m.Cluster == cluster)) ? InputResult.NotFound("Cluster")
            : null;
    }

    private void Settle()
    {
        var back = new List<RunnerManager>();
        foreach (var manager in engine.Fleet.Runners.SelectMany(r => r.ManagerList))
        {
            var dark = engine.Faults.DarkRunnerSet.Contains(manager.Runner.Id)
                || (manager.Cluster is { } cluster && engine.Faults.DarkClusterSet.Contains(cluster));
            if (dark && !manager.Dark)
            {
                manager.LastContactMs = manager.Up ? PollGrid.LastTick(manager.PhaseMs, engine.NowMs) : manager.LastContactMs;
                manager.Dark = true;
                manager.DarkSinceMs = engine.NowMs;
                manager.RunningList.ForEach(engine.Life.ExpectLoss);
            }
            else if (!dark && manager.Dark)
            {
                manager.Dark = false;
                back.Add(manager);
            }
        }

        engine.Dispatcher.FleetChanged(engine.NowMs);
        foreach (var job in back.SelectMany(m => m.RunningList).ToList())
        {
            engine.Life.CatchUp(job);
        }
    }
}
