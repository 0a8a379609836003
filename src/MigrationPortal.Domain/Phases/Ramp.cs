namespace MigrationPortal.Domain.Phases;

/// <summary>Which runners a ramp step covers: the first ones by id, so a bigger step only adds and anyone can recompute it.</summary>
public static class Ramp
{
    /// <param name="percent">0 to 100, of runners, rounded up; 1 means one runner.</param>
    public static int Count(int runners, int percent) => percent switch
    {
        <= 0 => 0,
        1 => Math.Min(1, runners),
        >= 100 => runners,
        _ => (runners * percent + 99) / 100,
    };
}
