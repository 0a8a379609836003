using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <summary>Who has to act before GitLab 20.0, and who already has.</summary>
public sealed partial class UnmanagedOwnersCard
{
    private const int Most = 12;

    private IReadOnlyList<(string Name, int Left, int First, double JobsPerDay)> owners = [];

    [Parameter, EditorRequired]
    public required UnmanagedRunners All { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<RunnerId, OwnerAnswer> Answers { get; set; }

    /// <summary>Oldest first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<UnmanagedDay> Days { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<string> OnPick { get; set; }

    private string Finding
    {
        get
        {
            var (open, done) = (owners.Count(owner => owner.Left > 0), owners.Count(owner => owner.Left == 0));
            return open == 0 ? "No owner has docker+machine runners left." : $"{Words.Count(open, "owner")} still {(open == 1 ? "has" : "have")} some{(done > 0 ? $", {Words.Count(done)} {(done == 1 ? "is" : "are")} through" : "")}.";
        }
    }

    private string Said(string owner)
    {
        var said = All.Items.Where(one => one.EndsWithGitLab20 && one.Owner.ToString() == owner).Select(one => (Answer: Answers.GetValueOrDefault(one.Runner.Id), one.Use)).Where(one => one.Answer is not null).ToList();
        var contradicted = said.Count(one => one.Answer!.IsContradictedBy(one.Use.LastStartedAt));
        var (done, kept) = (said.Count(one => one.Answer!.Says == OwnerSays.Done) - contradicted, said.Count(one => one.Answer!.Says == OwnerSays.Keep));
        string[] words = [.. contradicted > 0 ? [$"{contradicted} done that still {(contradicted == 1 ? "takes" : "take")} jobs"] : (string[])[], .. done > 0 ? [$"{done} done"] : (string[])[], .. kept > 0 ? [$"{kept} kept"] : (string[])[]];
        return owner == RunnerOwner.Instance.Name ? "" : words.Length == 0 ? "nothing yet" : string.Join(", ", words);
    }

    // The highest count of a day is where an owner began: runners may have been seen one after the other.
    protected override void OnParametersSet()
    {
        var ending = All.Items.Where(one => one.EndsWithGitLab20).ToLookup(one => one.Owner.ToString());
        owners =
        [
            .. ending.Select(owner => owner.Key).Union(Days.SelectMany(day => day.ByOwner.Keys))
                .Select(name => (name, ending[name].Count(), Math.Max(ending[name].Count(), Days.Max(day => (int?)day.ByOwner.GetValueOrDefault(name)) ?? 0), ending[name].Sum(one => one.JobsPerDay)))
                .OrderByDescending(owner => owner.Item2).ThenByDescending(owner => owner.Item4).ThenBy(owner => owner.name, StringComparer.Ordinal),
        ];
    }
}
