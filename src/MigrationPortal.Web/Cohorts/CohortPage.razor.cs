using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>One cohort: who is in it and how far, its waves, and whether chance alone chose.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class CohortPage
{
    private const string PageKey = "page";
    private const string StateKey = "state";
    private const int Step = 50;

    private Cohort? cohort;
    private IReadOnlyList<Enrollment> members = [];
    private IReadOnlyList<Wave> waves = [];
    private IReadOnlyList<CoinCheck> coins = [];
    private IReadOnlyDictionary<ProjectId, string> paths = new Dictionary<ProjectId, string>();
    private bool mayOperate;
    private bool mayChange;

    [Parameter]
    public long Id { get; set; }

    [Inject]
    private ICohortStore Cohorts { get; set; } = null!;

    [Inject]
    private IEnrollmentStore Enrollments { get; set; } = null!;

    [Inject]
    private IProjectStore Projects { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Cohorts];

    private int Page => int.TryParse(Url[PageKey], NumberStyles.None, CultureInfo.InvariantCulture, out var wished) ? Math.Clamp(wished, 1, 10_000) : 1;

    private IReadOnlyList<FilterDef> Filters => [new(StateKey, "state", [.. members.Select(one => one.State).Distinct().Order().Select(state => new FilterOption(state.Word(), state.Word()))])];

    private IReadOnlyList<Enrollment> Shown
    {
        get
        {
            var (states, search) = (Url.All(StateKey), Url["q"]);
            return [.. members.Where(one => (states.Count == 0 || states.Contains(one.State.Word())) && (search is null || paths.GetValueOrDefault(one.Project)?.Contains(search, StringComparison.OrdinalIgnoreCase) == true))];
        }
    }

    private string Headline => cohort is null ? "Cohort"
        : members.Count == 0 ? $"{cohort.Name}: nobody is in it yet"
        : $"{cohort.Name}: {Words.Count(members.Count(CohortLook.IsOnKubernetes))} of {Words.Count(members.Count, "project")} on Kubernetes";

    private string Said => waves.LastOrDefault(wave => wave.SentAt is not null) is { SentAt: { } sent } last
        ? $"Wave {last.Number} to {last.Percent:0.###} % was sent {Words.Ago(sent, Now)}. Growing only adds; shrinking takes the last in first."
        : "No wave was sent yet. Growing only adds; shrinking takes the last in first.";

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        var person = (await SignedIn).User;
        (mayOperate, mayChange) = (person.Holds(TokenScope.Operate), person.Holds(TokenScope.Admin));
        if (await Cohorts.FindAsync(Instance, Id, cancel) is not { } found)
        {
            cohort = null;
            return;
        }

        members = await Enrollments.MembersAsync(Id, cancel);
        waves = await Cohorts.WavesAsync(Id, cancel);
        coins = CoinToss.Check(members.Where(one => one.Coin is not null).Select(one => (one.Seat!.Member.Stratum, one.Coin!.Value)));
        paths = (await Projects.FindAsync([.. members.Select(one => one.Project)], cancel)).ToDictionary(one => one.Key, one => one.Value.Access.FullPath);
        cohort = found;
    }

    private string Api(string tail) => string.Create(CultureInfo.InvariantCulture, $"api/v1/cohorts/{Id}/{tail}");

    private static string Number(int page) => page.ToString(CultureInfo.InvariantCulture);
}
