using System.Globalization;

namespace MigrationPortal.Domain.Instances;

/// <param name="PerMinute">Requests a minute, over the last whole minutes.</param>
/// <param name="Share">Of monitoring's budget, 0 to 1 and a little more while a burst is spent.</param>
/// <param name="PutOff">Requests not sent in those minutes for want of budget.</param>
/// <param name="WaitsSince">Since when not one request of it was sent; null when it does not wait.</param>
public sealed record BudgetLine(RequestPurpose Purpose, double PerMinute, double Share, long PutOff, DateTimeOffset? WaitsSince);

/// <summary>How monitoring spends its budget on one GitLab, and what is left undone because of it. Real time.</summary>
/// <param name="Lines">The most important purpose first; those that neither spend nor wait are left out.</param>
/// <param name="OperationsPerMinute">Of the other lane, which is no part of the budget.</param>
public sealed record BudgetUse(BudgetLimit Limit, IReadOnlyList<BudgetLine> Lines, double OperationsPerMinute, DateTimeOffset? HeldUntil)
{
    public double LimitPerMinute => Limit.PerSecond * 60;

    public double PerMinute => Lines.Sum(line => line.PerMinute);

    public double Share => PerMinute / LimitPerMinute;

    /// <summary>What waits and why, in one sentence.</summary>
    public string Says
    {
        get
        {
            if (HeldUntil is { } until) return string.Create(CultureInfo.InvariantCulture, $"GitLab asked for a pause: nothing is read until {until.UtcDateTime:HH:mm:ss} UTC.");
            var waits = Lines.Where(line => line.WaitsSince is not null).ToList();
            var used = string.Create(CultureInfo.InvariantCulture, $"{PerMinute:#,0.#} of {LimitPerMinute:#,0.#} requests a minute ({Share:0 %})");
            if (waits.Count == 0) return $"Nothing waits for budget: {used} are used.";
            var since = waits.Min(line => line.WaitsSince!.Value).UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture);
            var names = string.Join(", ", waits.Select(line => line.Purpose.Words));
            return $"{char.ToUpperInvariant(names[0])}{names[1..]} {(waits.Count == 1 ? "waits" : "wait")} since {since} UTC: what is more important uses {used}.";
        }
    }

    /// <param name="spending">Of <paramref name="minutes"/> whole minutes.</param>
    public static BudgetUse Of(BudgetLimit limit, IReadOnlyList<BudgetSpending> spending, int minutes, BudgetWaits waits)
    {
        var monitoring = spending.Where(one => one.Lane == RequestLane.Monitoring).ToDictionary(one => one.Purpose);
        var names = monitoring.Keys.Union(waits.Since.Keys).Select(RequestPurpose.Of).OrderBy(purpose => (RequestPurpose.InOrder.ToList().IndexOf(purpose) is var at and >= 0 ? at : int.MaxValue, purpose.Name));
        return new BudgetUse(
            limit,
            [.. names.Select(purpose =>
            {
                var spent = monitoring.GetValueOrDefault(purpose.Name);
                var perMinute = (spent?.Taken ?? 0) / (double)minutes;
                return new BudgetLine(purpose, perMinute, perMinute / (limit.PerSecond * 60), spent?.PutOff ?? 0, waits.Since.TryGetValue(purpose.Name, out var since) ? since : null);
            })],
            spending.Where(one => one.Lane == RequestLane.Operations).Sum(one => one.Taken) / (double)minutes,
            waits.HeldUntil);
    }
}
