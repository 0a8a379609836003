using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <summary>Unmanaged runners in rows; those that GitLab 20.0 ends name their ways out.</summary>
public sealed partial class UnmanagedTable
{
    private const int Most = 200;

    [Parameter, EditorRequired]
    public required IReadOnlyList<UnmanagedRunner> Items { get; set; }

    /// <summary>What owners say of theirs.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<RunnerId, OwnerAnswer> Answers { get; set; }

    private (VerdictKind Kind, string Word, string? Reason)? Said(UnmanagedRunner one) => Answers.GetValueOrDefault(one.Runner.Id) is not { } answer ? null
        : answer.IsContradictedBy(one.Use.LastStartedAt) ? (VerdictKind.Fail, "done, but it took a job since", answer.Reason)
        : answer.Says == OwnerSays.Done ? (VerdictKind.Pass, "done", answer.Reason) : (VerdictKind.Wait, "keeps it", answer.Reason);

    private static string Why(UnmanagedRunner one) => one.Why switch
    {
        WhyUnmanaged.GroupRunner => "group runner",
        WhyUnmanaged.ProjectRunner => "project runner",
        WhyUnmanaged.ProtectedOnly => "protected refs only",
        WhyUnmanaged.RefusesUntagged => "refuses untagged jobs",
        WhyUnmanaged.ExecutorNotKnown => Executor(one),
        _ => "left out by an admin",
    };

    private static string Executor(UnmanagedRunner one)
    {
        var families = one.Runner.Observed.Managers.Select(manager => manager.Executor.Family).Where(family => family != ExecutorFamily.Unknown).ToHashSet();
        return families.Count == 0 ? "executor not known" : families.SetEquals([ExecutorFamily.Other]) ? "another executor" : "managers disagree";
    }

    // Which projects and refs still send jobs there.
    private static string MoveHref(UnmanagedRunner one) =>
        "stragglers?standing=unmanaged" + (one.Owner.Type == RunnerType.Instance ? "" : $"&owner={Uri.EscapeDataString(one.Owner.Name.Split('/')[0])}");
}
