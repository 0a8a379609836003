using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Gates;

/// <summary>The recorded facts behind the rules' readings: the same facts give the same readings again.</summary>
public sealed partial class GuardFactsCard
{
    [Parameter, EditorRequired]
    public required GuardFacts Facts { get; set; }

    [Parameter, EditorRequired]
    public required GuardEvaluation Evaluation { get; set; }

    private IEnumerable<(string Title, ArmCounts Counts)> Arms =>
    [
        ("Kubernetes, last 60 minutes", Facts.Hour.Kubernetes), ("docker, last 60 minutes", Facts.Hour.Docker),
        ("Kubernetes, 14 days before", Facts.KubernetesUsual), ("docker, 14 days before", Facts.DockerUsual),
    ];

    private IEnumerable<string> Said =>
    [
        $"{Facts.Contact.KubernetesInContact} of {Facts.Contact.Kubernetes} Kubernetes runners that are not paused, and {Words.Count(Facts.Contact.DockerInContact, "docker runner")}, in contact.",
        $"Kubernetes started {Words.Count(Facts.Starts.Kubernetes, "job")} in ten minutes, while {Words.Count(Facts.Starts.Waiting)} that it could take waited longer.",
        $"{Words.Count(Facts.Stuck.NoRunner, "pending job")} without a runner since the last step, {Words.Count(Facts.Stuck.TooOld)} more too old in {Words.Count(Facts.Stuck.OldProjects, "project")}; {Words.Count(Facts.Stuck.Brownout)} waiting for a brownout do not count.",
        $"{Words.Sentence(Words.Count(Facts.Hour.FailingProjects, "project"))} with failures on Kubernetes in the hour, {Words.Count(Facts.Hour.InfrastructureProjects)} with failures of infrastructure.",
        Facts.LookedAt is { } looked ? $"Jobs were looked at {Words.Span(Facts.At - looked)} before." : "Jobs had never been looked at.",
    ];
}
