using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <summary>The deadline, the queue and the load on GitLab.</summary>
public sealed partial class OverviewSideCard
{
    private static readonly string[] Tokens = ["text-2", "other", "line-strong"];

    [Parameter, EditorRequired]
    public required OverviewNeeds Facts { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    private int Days => Attention.DaysToGitLab20(Now);

    private long Monitoring => Facts.Spending.Where(one => one.Lane == RequestLane.Monitoring).Sum(one => one.Taken);

    private long Operations => Facts.Spending.Where(one => one.Lane == RequestLane.Operations).Sum(one => one.Taken);

    private long PutOff => Facts.Spending.Sum(one => one.PutOff);

    private IReadOnlyList<MeterPart> Parts =>
    [
        .. Facts.Spending.Where(one => one.Lane == RequestLane.Monitoring && one.Taken > 0).OrderByDescending(one => one.Taken)
            .Select((one, index) => new MeterPart(one.Taken, Tokens[Math.Min(index, 2)], one.Purpose)),
    ];
}
