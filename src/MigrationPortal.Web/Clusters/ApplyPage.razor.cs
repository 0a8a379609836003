using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Clusters;

/// <summary>From a configuration into a cluster: where, what would change, why, and go.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class ApplyPage
{
    internal const string TakeOver = "force";
    internal const string Leave = "leave";

    private readonly Dictionary<string, string> choices = new(StringComparer.Ordinal);
    private StoredConfiguration? stored;
    private IReadOnlyList<Cluster> clusters = [];
    private ApplyPreview? seen;
    private string? refused;
    private Refusal? unverified;
    private string reason = "";
    private string vouch = "";
    private bool vouches;
    private bool prune = true;
    private bool returns = true;
    private bool busy;

    [Parameter]
    public long Id { get; set; }

    [Inject]
    private IConfigStore Configurations { get; set; } = null!;

    [Inject]
    private IClusterStore Clusters { get; set; } = null!;

    [Inject]
    private PreviewApply Preview { get; set; } = null!;

    [Inject]
    private ApplyRevision Apply { get; set; } = null!;

    [Inject]
    private ProductionGuard Guard { get; set; } = null!;

    [Inject]
    private IRegistrationStore Registrations { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    // A preview costs the cluster some forty requests: it is asked again by a click, not by hints.
    protected override IReadOnlyList<PortalTopic> Topics { get; } = [];

    protected override InstanceId Instance => stored?.Instance ?? base.Instance;

    private long? Cluster => long.TryParse(Url["cluster"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private int? Revision => int.TryParse(Url["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string Headline => stored is null ? "Apply" : $"Apply {stored.Name}, revision {Revision ?? stored.Current.Number}";

    private string Says => seen!.ChangesNothing ? "nothing would change" : string.Join(", ", seen.Objects.GroupBy(one => ApplyLook.Of(one.Effect).Word).Select(some => $"{some.Count()} {some.Key}"));

    private string? WhyNot =>
        seen!.Errors.Any() ? "Findings above must be solved first."
        : seen.Objects.Any(one => one.Conflicts.Count > 0 && !choices.ContainsKey(one.Key.ToString())) ? "Say for each conflict whether to take over or to leave."
        : unverified is not null && !(vouches && !string.IsNullOrWhiteSpace(vouch)) ? "It is not verified: verify it on QA, or say above why it goes on all the same."
        : string.IsNullOrWhiteSpace(reason) ? "Say why." : null;

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        stored = await Configurations.FindAsync(Id, cancel);
        if (stored is null) return;
        // Of every instance: it is tried in a QA cluster before it runs in production.
        (clusters, seen, refused, unverified) = (await Clusters.ListAsync(null, cancel), null, null, null);
        choices.Clear();
        if (clusters.FirstOrDefault(one => one.Id == Cluster) is { } chosen) unverified = await Guard.WhyNotAsync(chosen, Id, Revision ?? stored.Current.Number, cancel);
        if (Cluster is { } id) refused = (await Preview.RunAsync(id, Id, Revision, ApplyWords.Usual, cancel)).Match<string?>(preview => { seen = preview; return null; }, no => string.Join(' ', no.Reasons));
    }

    private void Choose(ObjectPreview one, string choice) => choices[one.Key.ToString()] = choice;

    private async Task ApplyAsync()
    {
        if (busy) return;
        busy = true;
        try
        {
            var runner = (await Registrations.DoneAsync(Cluster!.Value, Id, Leaving))?.Runner;
            var wish = new ApplyWish(Cluster.Value, Id, seen!.Rendering.Revision, ApplyWords.Usual, seen.Fingerprint, Chosen(TakeOver), Chosen(Leave), prune, runner, returns, ApplyWish.UsualPatience, reason) { OverrideUnverified = vouches ? vouch : null };
            if ((await Apply.RunAsync(wish, (await SignedIn).User.Actor(), CancellationToken.None)).TryGet(out var begun, out var no)) Navigation.NavigateTo($"clusters/{begun.Cluster}/applications/{begun.Id}");
            else refused = string.Join(' ', no.Reasons);
        }
        finally
        {
            busy = false;
        }
    }

    private HashSet<string> Chosen(string choice) => choices.Where(one => one.Value == choice).Select(one => one.Key).ToHashSet(StringComparer.Ordinal);
}
