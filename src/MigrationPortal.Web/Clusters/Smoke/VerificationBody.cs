using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters.Smoke;

/// <summary>What to try a revision with.</summary>
/// <param name="Revision">Null: the newest.</param>
/// <param name="Cluster">Of a QA instance, where the revision is applied.</param>
/// <param name="Project">Of that instance: where the smoke jobs run on a branch of their own.</param>
/// <param name="Tag">Of the runner under test.</param>
/// <param name="Image">With a POSIX shell; null: the configuration's default image.</param>
/// <param name="ServiceImage">A small server; null: services are not tried.</param>
/// <param name="DeadlineSeconds">300 to 21600; null: 3600.</param>
public sealed record VerificationBody(
    int? Revision = null, long? Cluster = null, long? Project = null, string? Tag = null, string? Image = null, string? ServiceImage = null, int? ServicePort = null, string? ForbiddenImage = null,
    IReadOnlyList<SmokeTargetBody>? Reach = null, ProbeBody? Probe = null, int? DeadlineSeconds = null)
{
    internal VerificationWish Over(long configuration, RequestErrors errors)
    {
        var cluster = Number("cluster", Cluster, errors);
        var project = Number("project", Project, errors);
        if (Reach?.Any(one => one is null) == true) errors.Add("reach", "Each place is an object with host and port.");
        var choice = new SmokeChoice(
            Tag?.Trim() ?? "", Or(Image), Or(ServiceImage), ServicePort ?? SmokeChoice.UsualPort, Or(ForbiddenImage), [.. (Reach ?? []).Where(one => one is not null).Select(one => new SmokeTarget(one.Host?.Trim() ?? "", one.Port ?? 0, one.Open ?? true))]);
        foreach (var (field, problem) in SmokeChoiceRules.Problems(choice)) errors.Add(field, problem);
        return new VerificationWish(
            configuration, Revision, cluster, project, choice, Probe is null ? null : new ProbeChoice(Number("probe.project", Probe.Project, errors), errors.Text("probe.ref", Probe.Ref, 255), Probe.Variables ?? new Dictionary<string, string>()),
            DeadlineSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : VerificationWish.UsualPatience);
    }

    private static long Number(string field, long? given, RequestErrors errors)
    {
        if (given is not > 0) errors.Add(field, "Needed: its number.");
        return given ?? 0;
    }

    private static string? Or(string? given) => string.IsNullOrWhiteSpace(given) ? null : given.Trim();
}

/// <param name="Open">False: it must not be reached; null: it must.</param>
public sealed record SmokeTargetBody(string? Host = null, int? Port = null, bool? Open = null);

/// <param name="Ref">A branch or tag.</param>
/// <param name="Variables">No secrets: they are stored and shown.</param>
public sealed record ProbeBody(long? Project = null, string? Ref = null, IReadOnlyDictionary<string, string>? Variables = null);

/// <param name="Reason">For the audit trail.</param>
public sealed record CancelBody(string? Reason = null);
