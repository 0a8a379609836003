using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Gates;

/// <summary>When each rule asked for something in the last day, as strips; the newest of all as a table.</summary>
public sealed partial class GuardHistoryCard
{
    private const int Most = 20;
    private const double Width = 480;

    private static readonly TimeSpan Length = TimeSpan.FromHours(24);

    [Inject]
    private UrlState Url { get; set; } = null!;

    /// <summary>Newest first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<GuardEvaluation> History { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    // What says the same as the one before it is told once, with the time of its begin.
    private List<GuardEvaluation> Told
    {
        get
        {
            var asked = History.Where(one => one.Act != GuardAct.None).ToList();
            return [.. asked.Where((one, index) => index + 1 == asked.Count || !Same(one, asked[index + 1])).Take(Most)];
        }
    }

    private IEnumerable<(GuardRule Rule, IReadOnlyList<(DateTimeOffset At, VerdictKind Kind)> Marks)> Strips => GuardRule.All.Select(rule => (rule, (IReadOnlyList<(DateTimeOffset, VerdictKind)>)
    [
        .. from one in History where one.At > Now - Length
            from reading in one.Readings where reading.Rule == rule.Key && reading.Act != GuardAct.None
            select (one.At, GuardLook.Of(reading.Act).Kind),
    ]));

    private static bool Same(GuardEvaluation one, GuardEvaluation before) =>
        one.Act == before.Act && one.Done == before.Done && one.State == before.State && one.Leading().Rule == before.Leading().Rule && one.At - before.At <= GuardEvaluation.Row;

    private string XOf(DateTimeOffset at) => (Math.Clamp((at - (Now - Length)) / Length, 0, 1) * (Width - 2)).ToString("0.#", CultureInfo.InvariantCulture);
}
