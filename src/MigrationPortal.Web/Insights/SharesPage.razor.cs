using Microsoft.AspNetCore.Authorization;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Which executor started how many jobs, also of a project, a tag, a runner or a version.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class SharesPage
{
    private static readonly bool[] Both = [false, true];

    private async Task<Shown> ReadSharesAsync(CancellationToken cancel)
    {
        var since = CompleteSince;
        var (asked, isCut) = await ReachedAsync(Measure.Shares, cancel);
        var points = WholeBuckets.Of(await Reader.SharesAsync(asked.Filter, cancel), point => point.At, asked.Window, since);
        return new Shown(asked, isCut, since, points);
    }

    private sealed record Shown(Explorer Asked, bool IsCut, DateTimeOffset Since, IReadOnlyList<SharePoint> Points)
    {
        public IReadOnlyList<ShareRow> Rows(bool untagged) => ChartData.Shares(Points, Asked.Window, Asked.Filter.Bucket, untagged);

        public ShareRow Sum(bool untagged) => Rows(untagged).Aggregate(
            new ShareRow(Asked.Window.To, 0, 0, 0), (sum, row) => sum with { Kubernetes = sum.Kubernetes + row.Kubernetes, Docker = sum.Docker + row.Docker, Other = sum.Other + row.Other });

        public string JobsHref(string? executor, DateTimeOffset at, bool untagged)
        {
            var where = new Dictionary<Dimension, string>(Asked.Filter.Where);
            if (executor is not null) where[Dimension.Executor] = executor;
            if (untagged) where[Dimension.Tag] = "";
            return (Asked with { Filter = Asked.Filter with { Where = where } }).JobsHref(null, Asked.BucketAt(at), failedOnly: false, byStart: true);
        }
    }
}
