namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>A place where tags can be written.</summary>
internal abstract record TagSpot
{
    private TagSpot()
    {
    }

    /// <summary>What it weighs in the choice of the smallest change: a line that is replaced or added counts two.</summary>
    public abstract int Cost { get; }

    /// <summary>Tags stand there now.</summary>
    public sealed record Written(SourcePlace Place) : TagSpot
    {
        public override int Cost => 2;

        public bool Equals(Written? other) => other is not null && ReferenceEquals(Place.Value, other.Place.Value);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Place.Value);
    }

    /// <summary>The name stands in the file without tags.</summary>
    public sealed record Missing(string Name, SourceFile File) : TagSpot
    {
        public override int Cost => 2;
    }

    /// <summary>The name does not stand in the root file and is added with its tags.</summary>
    public sealed record New(string Name) : TagSpot
    {
        public override int Cost => 3;
    }
}

/// <summary>One job as the choice of places sees it.</summary>
/// <param name="Shared">Places that give it its tags and may give them to others, the farthest first.</param>
/// <param name="Own">Where tags for this job alone can be written; null where there is no such place.</param>
internal sealed record JobSpots(JobStanding Job, IReadOnlyList<TagSpot> Shared, TagSpot? Own);

/// <param name="Jobs">Whose tags it changes.</param>
internal sealed record Assignment(TagSpot Spot, IReadOnlyList<string> Tags, IReadOnlyList<JobStanding> Jobs);
