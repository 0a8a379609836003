using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <summary>A page of the tag census, with what it rests on.</summary>
public sealed record TagViews(IReadOnlyList<TagView> Items, string? NextCursor, TagBasisView Basis) : ICsvPage
{
    string ICsvPage.ToCsv() => Csv.Of(Items);
}

/// <param name="From">The first day of the census.</param>
/// <param name="Finished">Jobs that finished since, whatever their tags.</param>
/// <param name="TagsKnown">Of these, those whose tags are known: the others may have asked for any tag.</param>
/// <param name="CompleteSince">From when on every job of the census was read; its begin when all were, its end when none.</param>
/// <param name="Unread">After that, parts of which not all jobs are read yet, oldest first: counts over them are too small.</param>
public sealed record TagBasisView(DateTimeOffset From, long Finished, long TagsKnown, DateTimeOffset CompleteSince, IReadOnlyList<UnreadSpan> Unread);

/// <summary>How far the tag census can be trusted, for its page and the API.</summary>
public sealed class TagGrounds(ITagReader tags, ReadCompleteness completeness, IWorldClock clock)
{
    public async Task<TagBasisView> OfAsync(InstanceId instance, CancellationToken cancel)
    {
        var window = CensusWindow.Until(clock.Now(instance));
        var known = await completeness.OfAsync(instance, window, cancel);
        var basis = await tags.BasisAsync(instance, window, cancel);
        return new TagBasisView(window.From.ToUniversalTime(), basis.Finished, basis.TagsKnown, known.Since, known.Unread);
    }

    /// <summary>What a reader must know before deciding about a tag that seems to be asked for by few.</summary>
    public static string Sentence(TagBasisView of)
    {
        ArgumentNullException.ThrowIfNull(of);
        var share = of.Finished == 0 ? $"No job that finished since {Words.Day(of.From)} is known yet."
            : $"Tags are known of {Words.Rate(of.TagsKnown, of.Finished)} jobs that finished since {Words.Day(of.From)}.";
        return string.Join(' ', new[] { share, Past(of) }.Concat(of.Unread.Select(gap => $"Jobs of {IncidentWords.Hour(gap.From)} to {IncidentWords.Hour(gap.To)} UTC are not all read.")).Where(said => said.Length > 0));
    }

    private static string Past(TagBasisView of) => of.CompleteSince > of.From ? $"Not all jobs before {IncidentWords.Hour(of.CompleteSince)} UTC are read: tags asked for only then are missing or counted too low." : "";
}
