using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>The cohorts, how far their projects are, and whose jobs are not where they are meant to run.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class CohortsPage
{
    private const string NewKey = "new";
    private const int MostElsewhere = 20;

    private List<(Cohort Cohort, IReadOnlyList<Enrollment> Members, Wave? Open)> cohorts = [];
    private ExposureReport? exposure;
    private bool mayOpen;

    [Inject]
    private ICohortStore Cohorts { get; set; } = null!;

    [Inject]
    private IEnrollmentStore Enrollments { get; set; } = null!;

    [Inject]
    private ReadExposure Exposed { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Cohorts];

    private bool IsAdding => Url[NewKey] is not null && mayOpen;

    private string Headline
    {
        get
        {
            var members = cohorts.SelectMany(one => one.Members).ToList();
            var moved = members.Count(CohortLook.IsOnKubernetes);
            return cohorts.Count == 0 ? "Cohorts"
                : members.Count == 0 ? $"{Words.Count(cohorts.Count, "cohort")}, nobody in {(cohorts.Count == 1 ? "it" : "them")} yet"
                : $"{Words.Count(moved)} of {Words.Count(members.Count, "project")} in {Words.Count(cohorts.Count, "cohort")} {(moved == 1 ? "is" : "are")} on Kubernetes";
        }
    }

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        mayOpen = (await SignedIn).User.Holds(TokenScope.Admin);
        var read = new List<(Cohort, IReadOnlyList<Enrollment>, Wave?)>();
        foreach (var cohort in await Cohorts.ListAsync(Instance, cancel))
            read.Add((cohort, await Enrollments.MembersAsync(cohort.Id, cancel), (await Cohorts.WavesAsync(cohort.Id, cancel)).FirstOrDefault(wave => wave.State is WaveState.Planned or WaveState.Previewed)));
        cohorts = read;
        exposure = read.Count == 0 ? null : await Exposed.RunAsync(Instance, cancel);
    }

    private string Link(Cohort cohort) => Url.OfInstance(string.Create(CultureInfo.InvariantCulture, $"cohorts/{cohort.Id}"));

    private void OpenAsync(Cohort made) => Navigation.NavigateTo(Link(made));

    private void Leave() => Url.Set(NewKey, null);
}
