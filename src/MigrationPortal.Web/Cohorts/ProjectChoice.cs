using System.Globalization;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Several projects of a person that are changed with one click, as the page's address names them.</summary>
/// <param name="Can">Those that can change by a click: not moved, pinned, invited, waiting for their turn or under way.</param>
/// <param name="Chosen">Of these.</param>
public sealed record ProjectChoice(IReadOnlyList<MyProject> Can, IReadOnlyList<MyProject> Chosen)
{
    public IReadOnlyList<MyProject> ToTry => [.. Chosen.Where(mine => mine.BestWay is not null)];

    public IReadOnlyList<MyProject> ToStay => [.. Chosen.Where(mine => mine.BestPin is not null)];

    /// <param name="ids">Anything: what is no such project is passed over.</param>
    public static ProjectChoice Of(IReadOnlyList<MyProject> projects, IReadOnlyList<string> ids)
    {
        var can = projects.Where(mine => mine is { IsMoved: false, IsPinned: false, IsInvited: false, IsWaiting: false, IsCutOff: false, RequestAddress: null } && (mine.BestWay ?? mine.BestPin) is not null).ToList();
        return new(can, [.. can.Where(mine => ids.Contains(Key(mine)))]);
    }

    public bool Takes(MyProject mine) => Can.Count > 1 && Can.Contains(mine);

    public bool Has(MyProject mine) => Chosen.Contains(mine);

    public static string Key(MyProject mine)
    {
        ArgumentNullException.ThrowIfNull(mine);
        return mine.Project.Id.Number.ToString(CultureInfo.InvariantCulture);
    }
}
