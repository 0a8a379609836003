namespace MigrationPortal.World;

/// <summary>Times in which more is going on than usual. Every usual push is followed by some more; the usual ones stay as they were.</summary>
internal sealed class Rush(Engine engine)
{
    private const double MostFactor = 100;
    private const double MostMinutes = 7 * 24 * 60;
    private const long Spread = 10 * WorldTime.Minute;

    private readonly List<(double Factor, long EndMs)> loads = [];
    private readonly Dictionary<int, int> pushes = [];

    public InputResult Start(StartLoad input)
    {
        if (input.Factor is not (> 1 and <= MostFactor))
        {
            return InputResult.No(RefusalKind.BadRequest, $"factor is above 1 and at most {MostFactor}");
        }

        if (input.Minutes is not (> 0 and <= MostMinutes))
        {
            return InputResult.No(RefusalKind.BadRequest, $"minutes is above 0 and at most {MostMinutes}");
        }

        loads.Add((input.Factor, engine.NowMs + (long)(input.Minutes * WorldTime.Minute)));
        return InputResult.Done();
    }

    /// <summary>Plans the pushes that follow one, within the next ten minutes. Of several loads the greatest counts.</summary>
    public void Follow(ProjectActivity activity)
    {
        loads.RemoveAll(load => load.EndMs <= engine.NowMs);
        if (loads.Count == 0)
        {
            return;
        }

        var first = pushes.GetValueOrDefault(activity.Project.Id);
        var draw = new Draw(engine.Options.Seed, For.Rush, -(((long)activity.Project.Id << 32) + first) - 1);
        var more = loads.Max(load => load.Factor) - 1;
        var count = (int)more + (draw.Unit() < more - (int)more ? 1 : 0);
        for (var n = 1; n <= count; n++)
        {
            engine.Scheduler.At(engine.NowMs + 1 + (long)(draw.Unit(n) * Spread), Happening.ExtraPush, activity, first + n);
        }

        pushes[activity.Project.Id] = first + count;
    }
}
