namespace MigrationPortal.Domain.Shared;

/// <summary>A share that never loses its denominator: <paramref name="Failed"/> of <paramref name="Finished"/> jobs.</summary>
public readonly record struct Rate(long Failed, long Finished)
{
    /// <summary>Fraction in [0, 1]; null when nothing finished, because no data is not zero.</summary>
    public double? Value => Finished == 0 ? null : (double)Failed / Finished;
}
