using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>What an explorer page may be asked, as links and fields that all write the address.</summary>
public sealed partial class ExplorerBar
{
    private string? from;
    private string? to;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Parameter, EditorRequired]
    public required Explorer Asked { get; set; }

    /// <summary>Names of the filtered values, by what stands in the address.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, string> Names { get; set; } = new Dictionary<string, string>();

    /// <summary>Dimension, kind and incidents: of failure rates alone.</summary>
    [Parameter]
    public bool WithBy { get; set; }

    private IReadOnlyList<TabLink> Bys =>
        [.. InsightQuery.Dimensions.Select(one => new TabLink(DimensionWords.One(one.Value), With(("by", one.Word), ("page", null), ("pick", null), ("table", null)), one.Value == Asked.Filter.By))];

    private IReadOnlyList<TabLink> Kinds =>
        [.. InsightQuery.Kinds.Select(one => new TabLink(DimensionWords.Kind(one.Value), With(("kind", one.Word == "all" ? null : one.Word), ("page", null)), one.Value == (Asked.Filter.Kind ?? Domain.Jobs.FailureKind.None)))];

    private IReadOnlyList<TabLink> Ranges =>
        [.. InsightRange.All.Select(one => new TabLink(one.Words, With(("range", one.Key), ("from", null), ("to", null), ("bucket", null)), one.Key == Asked.Range.Key))];

    private IReadOnlyList<TabLink> Buckets =>
    [
        .. ((Bucket Bucket, string Word, bool MayBe)[])[(Bucket.Hour, "hour", Asked.Range.MayBeByHour), (Bucket.Day, "day", Asked.Range.MayBeByDay)] is var all
            ? all.Where(one => one.MayBe).Select(one => new TabLink(one.Word, Url.With("bucket", one.Word), one.Bucket == Asked.Filter.Bucket)) : [],
    ];

    private IReadOnlyList<FilterDef> Filters =>
    [
        new("executor", "executor", [.. ((string[])["docker", "kubernetes", "other", "unknown"]).Select(one => new FilterOption(one, ExecutorLook.Of(one).Word))]) { OnlyOne = true },
        .. InsightQuery.Dimensions.Where(one => one.Value is not (Dimension.Executor or Dimension.Cluster) && Url[one.Word] is not null)
            .Select(one => new FilterDef(one.Word, DimensionWords.One(one.Value).ToLowerInvariant(), [.. Url.All(one.Word).Select(value => new FilterOption(value, Names.GetValueOrDefault($"{one.Word}={value}") ?? value))]) { OnlyOne = true }),
    ];

    private void SetSpan()
    {
        var values = new Dictionary<string, string?> { ["range"] = null, ["bucket"] = null, ["page"] = null, ["from"] = from ?? Local(Asked.Window.From), ["to"] = to ?? Local(Asked.Window.To) };
        (from, to) = (null, null);
        Url.Set(values);
    }

    private string With(params (string Key, string? Value)[] values) => Url.With(values.Select(one => KeyValuePair.Create(one.Key, one.Value)));

    private static string Local(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}
