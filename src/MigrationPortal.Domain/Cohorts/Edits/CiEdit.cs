namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>What can be done about a project's tags by changing its files.</summary>
public abstract record CiEdit
{
    private CiEdit()
    {
    }

    /// <summary>The files as they are to be. Read back and found right: each job has the tags that were wished, all else is as before.</summary>
    /// <param name="Texts">Path to new text of the files that change; empty when every job has its tags already.</param>
    /// <param name="Record">What the way back needs.</param>
    /// <param name="Notes">What is worth knowing and changes nothing; sentences.</param>
    public sealed record Edited(IReadOnlyDictionary<string, string> Texts, CiEditRecord Record, IReadOnlyList<string> Notes) : CiEdit;

    /// <summary>It cannot be done automatically.</summary>
    /// <param name="Reasons">Sentences that name the job or file and what to do.</param>
    /// <param name="Paste">What a person puts in by hand; empty when there is nothing that would help.</param>
    public sealed record Refused(IReadOnlyList<string> Reasons, IReadOnlyList<LinesToPaste> Paste) : CiEdit;
}

/// <summary>Stored with the move.</summary>
/// <param name="Root">Path of the root file.</param>
/// <param name="Before">Path to text before, of the files that changed.</param>
/// <param name="After">Path to text after, of the same files.</param>
/// <param name="Jobs">The jobs whose tags changed, with both lists.</param>
public sealed record CiEditRecord(
    string Root,
    IReadOnlyDictionary<string, string> Before,
    IReadOnlyDictionary<string, string> After,
    IReadOnlyList<TagChange> Changes,
    IReadOnlyList<JobTags> Jobs);

/// <param name="IsElsewhere">A template has a part in its tags: before the edit the project's own files alone said others.</param>
public sealed record JobTags(string Job, IReadOnlyList<string> Before, IReadOnlyList<string> After, bool IsElsewhere);
