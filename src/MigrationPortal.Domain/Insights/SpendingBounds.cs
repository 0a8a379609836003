using MathNet.Numerics.Distributions;

namespace MigrationPortal.Domain.Insights;

/// <param name="Spent">Share of the error that may be spent up to this look, set by the plan and not by what was seen; in (0, 1], 1 at the last.</param>
/// <param name="Information">What the look rests on, 1 / standard error² in any unit, such as jobs; only ratios count.</param>
public readonly record struct PlannedLook(double Spent, double Information);

/// <summary>
/// Limits for few planned looks at growing data that together err as seldom as one look would: Lan and DeMets' spending
/// function of O'Brien-Fleming type, α(t) = 2 − 2Φ(z(1 − α/2)/√t) (Biometrika 1983), looks unequal as they may be, by the
/// recursive integration of Armitage, McPherson and Rowe (JRSS A 1969; Jennison and Turnbull 2000, chapter 19).
/// </summary>
public static class SpendingBounds
{
    // Beyond it a tail is below 1e-15: nothing that a decision could rest on.
    private const double Endless = 8;

    // A look that adds less is taken to add so much: errs to the safe side, and the integration stays exact.
    private const double LeastGrowth = 1.001;

    /// <summary>How many standard errors the estimate must stand off the margin, at each look so far.</summary>
    /// <param name="looks">Both numbers grow from look to look.</param>
    /// <param name="alpha">One-sided, below 0.5.</param>
    /// <returns>Infinite for a look so early that next to nothing is spent: it cannot pass.</returns>
    public static IReadOnlyList<double> Of(IReadOnlyList<PlannedLook> looks, double alpha = 0.025)
    {
        ArgumentNullException.ThrowIfNull(looks);
        if (!(alpha is > 0 and < 0.5)) throw new ArgumentOutOfRangeException(nameof(alpha), $"Alpha {alpha} is not between 0 and 0.5.");
        var bounds = new double[looks.Count];
        Check(looks);
        var (spent, time, going) = (0.0, 1.0, BrownianPath.Start);
        for (var look = 0; look < looks.Count; look++)
        {
            var total = Spent(looks[look].Spent, alpha);
            bounds[look] = going.Bound(time, total - spent, Endless);
            spent = total;
            if (look + 1 == looks.Count) break;
            var next = Math.Max(time * LeastGrowth, looks[look + 1].Information / looks[0].Information);
            going = going.Continue(time, Math.Min(bounds[look], Endless), next);
            time = next;
        }

        return bounds;
    }

    /// <summary>Two-sided confidence whose upper limit decides at the last of these looks: below the margin passes.</summary>
    /// <returns>Null when nothing can pass at this look.</returns>
    public static double? Confidence(IReadOnlyList<PlannedLook> looks, double alpha = 0.025) =>
        Of(looks, alpha) is [.., var bound] && double.IsFinite(bound) ? 1 - NormalTail.Beyond(bound) : null;

    private static void Check(IReadOnlyList<PlannedLook> looks)
    {
        var before = default(PlannedLook);
        foreach (var look in looks)
        {
            if (!(look.Spent > before.Spent && look.Spent <= 1)) throw new ArgumentOutOfRangeException(nameof(looks), $"{look}: what is spent must grow, up to 1.");
            if (!(look.Information > before.Information && double.IsFinite(look.Information))) throw new ArgumentOutOfRangeException(nameof(looks), $"{look}: information must grow.");
            before = look;
        }
    }

    private static double Spent(double share, double alpha) => NormalTail.Beyond(Normal.InvCDF(0, 1, alpha / 2) / Math.Sqrt(share));
}
