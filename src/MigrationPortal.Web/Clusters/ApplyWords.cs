using System.Globalization;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>The words of applying in the API.</summary>
internal static class ApplyWords
{
    private static readonly (string Word, ApplyExtras Value)[] Known = [("networkPolicy", ApplyExtras.NetworkPolicy), ("rbac", ApplyExtras.Rbac), ("quota", ApplyExtras.Quota)];

    public const ApplyExtras Usual = ApplyExtras.NetworkPolicy | ApplyExtras.Rbac;

    public static ApplyExtras Extras(IReadOnlyList<string>? words, RequestErrors errors) =>
        words is null ? Usual : words.Aggregate(ApplyExtras.None, (all, word) => all | (errors.OneOf("extras", word, Known) ?? ApplyExtras.None));

    public static TimeSpan Patience(int? seconds, TimeSpan usual, TimeSpan longest, RequestErrors errors)
    {
        if (seconds is not { } given) return usual;
        if (given >= ApplyWish.ShortestPatience.TotalSeconds && given <= longest.TotalSeconds) return TimeSpan.FromSeconds(given);
        errors.Add("patienceSeconds", string.Create(CultureInfo.InvariantCulture, $"Must be {ApplyWish.ShortestPatience.TotalSeconds:0} to {longest.TotalSeconds:0}."));
        return usual;
    }
}
