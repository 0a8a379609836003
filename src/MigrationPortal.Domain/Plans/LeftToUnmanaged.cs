using System.Globalization;

namespace MigrationPortal.Domain.Plans;

/// <summary>Served, so it does not block; but by runners that the portal neither watches over nor moves, and that may be few.</summary>
public static class LeftToUnmanaged
{
    public const string Code = "left-to-unmanaged";

    private const int SetsNamed = 5;

    /// <summary>At most one warning, naming the tag sets with the most jobs.</summary>
    public static IEnumerable<PlanWarning> Warnings(BlastRadius radius)
    {
        var left = radius.Classes.Where(one => one.Effect == JobClassEffect.LeftToUnmanaged).ToList();
        if (left.Count == 0) yield break;
        var sets = left.GroupBy(one => one.Tags).OrderByDescending(set => set.Sum(one => one.JobsPerDay)).ThenBy(set => set.Key.ToString(), StringComparer.Ordinal).ToList();
        var names = sets.Take(SetsNamed).Select(set => set.Key.IsEmpty ? "untagged" : $"'{string.Join(", ", set.Key)}'");
        var more = sets.Count > SetsNamed ? $" and {sets.Count - SetsNamed} more" : "";
        yield return new PlanWarning(Code, string.Create(CultureInfo.InvariantCulture,
            $"Only unmanaged runners would still serve {string.Join("; ", names)}{more}: {left.Sum(one => one.JobsPerDay):#,0.#} jobs a day. Give Kubernetes these tags (adopt), or see that those runners can carry them."));
    }
}
