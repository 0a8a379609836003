using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>How far from the job itself tags may be changed. Each is tried in turn when the one before does not come out right.</summary>
internal enum Reach
{
    /// <summary>Also hidden jobs, and what anchors and references share.</summary>
    All,

    /// <summary><c>default</c> and visible jobs.</summary>
    DefaultAndJobs,

    JobsOnly,
}

/// <summary>Finds, for each job, the places where its tags are written or can be.</summary>
internal sealed class SpotFinder
{
    private readonly MergedFiles _files;
    private readonly TagOrigins _origins;
    private readonly Reach _reach;
    private readonly IReadOnlyList<TagSpot> _default;

    public SpotFinder(MergedFiles files, TagOrigins origins, TagOrigins merged, Reach reach)
    {
        (_files, _origins, _reach) = (files, origins, reach);
        _default = reach == Reach.JobsOnly ? [] : Default(merged);
    }

    public JobSpots Of(JobStanding job) => job.From switch
    {
        TagsFrom.Files => InFiles(job, _origins.Of(job.Name)!.Value.Owner),
        TagsFrom.Default => new(job, _default, Added(job.Name)),
        TagsFrom.Nowhere => new(job, [], Added(job.Name)),
        _ => new(job, [], Override(job.Name)),
    };

    private JobSpots InFiles(JobStanding job, string owner)
    {
        var shared = Written(owner);
        // Its own line is also what jobs that extend it take: it is changed for all, or not at all. Tags that came in with a whole
        // mapping (<<) have no line of their own in the job.
        return new(job, shared, owner == job.Name && _files.TagsOf(owner) is not null ? null : Added(job.Name));
    }

    /// <summary>What a name's tags lead to by alias or reference, then the name's own line.</summary>
    private List<TagSpot> Written(string owner)
    {
        var value = owner == "default" ? _origins.Default : _origins.Of(owner)?.Value;
        var target = value is null || _origins.Follow(value) is not { } end ? null : _files.PlaceOf(end);
        var spots = new List<TagSpot>();
        if (target is not null && Reaches(target)) spots.Add(new TagSpot.Written(target));
        if (_files.TagsOf(owner) is { } own && !ReferenceEquals(own.Value, target?.Value) && Reaches(own)) spots.Add(new TagSpot.Written(own));
        return spots;
    }

    private bool Reaches(SourcePlace place) => TagListText.CanReplace(place)
        && (_reach == Reach.All || (place.Value.Anchor is null && place.Path is [var name, "tags"] && !name.StartsWith('.')));

    private List<TagSpot> Default(TagOrigins merged)
    {
        var isOurs = TagSet.Of(_origins.Texts(_origins.Default)) == TagSet.Of(merged.Texts(merged.Default));
        if (_origins.Default is not null && isOurs) return Written("default");
        // Said by a template, or not at all. The root file's word counts over every include.
        if (_files.RootFile.Root?.Find("default") is null) return [new TagSpot.New("default")];
        return [new TagSpot.Missing("default", _files.RootFile)];
    }

    private TagSpot? Added(string job) => _files.HostOf(job) is { } host ? Missing(job, host) : Override(job);

    private TagSpot? Override(string job)
    {
        if (_files.RootFile.Root?.Find(job) is { } entry) return entry.Value.Kind == SourceKind.Map && entry.Value.Find("tags") is not null && _files.TagsOf(job) is { } own && TagListText.CanReplace(own) ? new TagSpot.Written(own) : Missing(job, _files.RootFile);
        return _files.HasRules ? null : new TagSpot.New(job);
    }

    private static TagSpot.Missing? Missing(string job, SourceFile file) =>
        file.Root?.Find(job) is { } entry && TagInsertText.Into(file, entry, []) is not null ? new TagSpot.Missing(job, file) : null;
}
