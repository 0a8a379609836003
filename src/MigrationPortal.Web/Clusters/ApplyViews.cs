using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Clusters.Smoke;

namespace MigrationPortal.Web.Clusters;

/// <param name="From">Null: it was not there.</param>
/// <param name="To">Null: it goes.</param>
public sealed record FieldChangeView(string Path, string? From, string? To);

public sealed record HeldFieldView(string Path, string Manager, DateTimeOffset? Since);

/// <param name="Object">As <c>force</c> and <c>leave</c> name it: <c>Deployment gitlab-runner/k8s</c>.</param>
public sealed record ObjectPreviewView(string Object, ObjectEffect Effect, IReadOnlyList<FieldChangeView> Changes, IReadOnlyList<HeldFieldView> Conflicts);

/// <param name="Object">Null: of the whole.</param>
public sealed record ApplyFindingView(FindingLevel Level, string Code, string? Object, string Message);

/// <param name="WouldBeRemoved">Removed only with <c>prune</c>.</param>
/// <param name="Fingerprint">What applying has to give back.</param>
/// <param name="RollsBackTo">The revision that a roll back returns to; null: what was made is removed.</param>
public sealed record ApplyPreviewView(
    long Cluster, long Configuration, int Revision, ApplyTarget Target, IReadOnlyList<ObjectPreviewView> Objects, IReadOnlyList<string> WouldBeRemoved, IReadOnlyList<ApplyFindingView> Findings, string Fingerprint, int? RollsBackTo)
{
    internal static ApplyPreviewView Of(ApplyPreview seen) => new(
        seen.Cluster, seen.Rendering.Configuration, seen.Rendering.Revision, seen.Rendering.Target,
        [.. seen.Objects.Select(one => new ObjectPreviewView(one.Key.ToString(), one.Effect, [.. one.Changes.Select(change => new FieldChangeView(change.Path.ToString(), change.From, change.To))], [.. one.Conflicts.Select(held => new HeldFieldView(held.Path, held.Manager, held.Since))]))],
        [.. seen.Removed.Select(one => one.ToString())], [.. seen.Findings.Select(one => new ApplyFindingView(one.Level, one.Code, one.Object?.ToString(), one.Sentence))], seen.Fingerprint, seen.LastGood?.Revision);
}

/// <param name="Object">Null: of the whole.</param>
/// <param name="RollsBack">On the way back.</param>
/// <param name="Message">What was found, or what it waits for.</param>
public sealed record ApplyStepView(ApplyStepKind Kind, string? Object, bool RollsBack, ApplyStepState State, string? Message, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt);

/// <param name="Message">Why it is unhealthy, or what it waits for.</param>
/// <param name="MergeRequest">Where it was proposed, as an address; null: nowhere, or not opened yet.</param>
/// <param name="OverrideUnverified">Who let it into production although no verification proved it, and why; null: nobody had to.</param>
public sealed record ApplicationView(
    long Id, long Cluster, long Configuration, string ConfigurationName, int Revision, ApplyTarget Target, ApplicationState State, string? Message, long? Runner, string AskedBy, string Reason, DateTimeOffset AskedAt, DateTimeOffset Since, DateTimeOffset? EndedAt,
    UnverifiedView? OverrideUnverified, IReadOnlyList<ApplyStepView> Steps, string? MergeRequest)
{
    internal static ApplicationView Of(Application one) => new(
        one.Id, one.Cluster, one.Configuration, one.ConfigurationName, one.Revision, one.Target, one.State, one.Said, one.Runner, one.AskedBy.ToString(), one.Reason, one.AskedAt, one.Since, one.EndedAt,
        UnverifiedView.Of(one.Override), [.. one.Steps.Select(step => new ApplyStepView(step.Kind, step.Object?.ToString(), step.IsRollBack, step.State, step.Said, step.StartedAt, step.EndedAt))], one.Export?.Address);
}

public sealed record UnverifiedView(string Who, string Reason)
{
    internal static UnverifiedView? Of(UnverifiedOverride? one) => one is null ? null : new UnverifiedView(one.Who.ToString(), one.Reason);
}

/// <param name="Path">Empty: the whole object.</param>
/// <param name="Writer">Who owns it; null: not told.</param>
/// <param name="Since">When the portal first saw it so.</param>
public sealed record DriftFieldView(string Object, string Path, DriftKind Kind, string? Desired, string? Live, string? Writer, DateTimeOffset? At, DateTimeOffset? Since);

/// <param name="Unseen">What could not be compared.</param>
public sealed record DriftView(IReadOnlyList<DriftFieldView> Fields, IReadOnlyList<string> Unseen)
{
    internal static DriftView Of(DriftReport report) => new([.. report.Fields.Select(one => new DriftFieldView(one.Object.ToString(), one.Path, one.Kind, one.Desired, one.Live, one.Writer, one.At, one.Since))], report.Unseen);
}

/// <param name="Trouble">Why the last look could not compare; the fields are those of the look before.</param>
public sealed record DriftRecordView(long Configuration, long Application, DateTimeOffset CheckedAt, string? Trouble, IReadOnlyList<DriftFieldView> Fields, IReadOnlyList<string> Unseen)
{
    internal static DriftRecordView Of(DriftRecord one) => new(one.Configuration, one.Application, one.CheckedAt, one.Trouble, DriftView.Of(one.Report).Fields, one.Report.Unseen);
}

/// <param name="Secret">Where its token went; the token is shown nowhere.</param>
/// <param name="Runner">GitLab's number; null: not made yet.</param>
/// <param name="Message">What it waits for, or why it is undone.</param>
public sealed record RegistrationView(
    long Id, long Cluster, long Configuration, int Revision, ApplyTarget Target, RegistrationState State, string? Message, string Description, IReadOnlyList<string> TagList, bool RunUntagged, bool Paused, string Secret, long? Runner, long? Application,
    string AskedBy, string Reason, DateTimeOffset AskedAt, DateTimeOffset Since, DateTimeOffset? EndedAt, UnverifiedView? OverrideUnverified)
{
    internal static RegistrationView Of(ClusterRegistration one) => new(
        one.Id, one.Cluster, one.Configuration, one.Revision, one.Target, one.State, one.Remains is null ? one.Said : $"{one.Said} {one.Remains}", one.Description, one.Tags, one.RunUntagged, one.Paused, $"{one.Place.Namespace}/{one.Place.Name}", one.Runner, one.Application, one.AskedBy.ToString(), one.Reason, one.AskedAt, one.Since, one.EndedAt, UnverifiedView.Of(one.Override));
}
