using System.Globalization;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <param name="Seed">With it anyone recomputes the draw: HMAC-SHA256(seed, <c>cohort:instance:project</c>).</param>
/// <param name="Percent">Of the eligible projects.</param>
/// <param name="Members">Who has a place, by state.</param>
public sealed record CohortView(long Id, string Name, string Seed, decimal Percent, GroupCapsBody Caps, IReadOnlyList<ExcludedProject> Excluded, IReadOnlyDictionary<string, int> Members)
{
    internal static CohortView Of(Cohort cohort, IEnumerable<Enrollment> members) => new(
        cohort.Id, cohort.Name, cohort.Seed, cohort.Percent, new GroupCapsBody(cohort.Caps.Each, cohort.Caps.Named.ToDictionary(one => one.Key.ToString(CultureInfo.InvariantCulture), one => one.Value)),
        [.. cohort.Excluded.OrderBy(one => one.Key).Select(one => new ExcludedProject(one.Key, one.Value))], members.CountBy(one => one.State).ToDictionary(one => one.Key.Word(), one => one.Value));
}

/// <param name="Coins">Whether the halves that the coin made have the sizes of fair coins: all together first, then by stratum.</param>
public sealed record CohortDetail(CohortView Cohort, IReadOnlyList<WaveView> Waves, IReadOnlyList<CoinCheckView> Coins);

/// <param name="Stratum">Null: all together.</param>
/// <param name="Chance">Of such sizes or worse with fair coins.</param>
public sealed record CoinCheckView(string? Stratum, int Now, int Waitlist, double? Chance, bool IsMismatch);

/// <param name="Each">How many projects of a group may be in it; null: no limit.</param>
/// <param name="Named">By the group's number; null lifts the limit for it.</param>
public sealed record GroupCapsBody(int? Each, IReadOnlyDictionary<string, int?>? Named);

public sealed record ExcludedProject(long Project, string Reason);

/// <param name="Start">by-hand, at-time or when-gates-pass.</param>
/// <param name="WaitsFor">Before it is sent: what for, as a sentence; null when nothing holds it.</param>
public sealed record WaveView(int Number, decimal Percent, string Start, DateTimeOffset? DueAt, string State, DateTimeOffset? SentAt, string? WaitsFor)
{
    internal static readonly IReadOnlyList<(string Word, WaveStart Value)> Starts = [("by-hand", WaveStart.ByHand), ("at-time", WaveStart.AtTime), ("when-gates-pass", WaveStart.WhenGatesPass)];

    /// <param name="waits">See <see cref="Wave.WaitsFor"/>.</param>
    internal static WaveView Of(Wave wave, string? waits = null) =>
        new(wave.Number, wave.Percent, Starts.First(one => one.Value == wave.Start).Word, wave.DueAt, wave.State.ToString().ToLowerInvariant(), wave.SentAt, waits);
}

/// <param name="Eligible">What the share is of.</param>
/// <param name="Asked">Members that were selected before and are asked with this wave.</param>
/// <param name="Capped">Passed over because a group is full.</param>
/// <param name="TrafficShare">Of the instance's jobs that the cohort stands for when all accept; at first half of it moves.</param>
public sealed record WavePreviewView(
    int Size, int Eligible, IReadOnlyList<PreviewedProjectView> Added, int Asked, IReadOnlyList<ExclusionCount> Excluded, int Capped, double JobsPerDay, double CohortJobsPerDay, double AllJobsPerDay, double? TrafficShare,
    IReadOnlyList<DecisionForecast> Forecasts)
{
    internal static WavePreviewView Of(WavePreview one) => new(
        one.Size, one.Eligible, [.. one.Added.Select(project => new PreviewedProjectView(project.Project.Project.Number, project.Project.FullPath, Words(project.Stratum), project.JobsPerDay))], one.Asked, one.Excluded, one.Capped,
        one.JobsPerDay, one.CohortJobsPerDay, one.AllJobsPerDay, one.TrafficShare, one.Forecasts);

    internal static string Words(ActivityStratum stratum) => stratum.ToString().ToLowerInvariant();
}

public sealed record PreviewedProjectView(long Project, string FullPath, string Stratum, double JobsPerDay);

/// <param name="Wave">Null of a dry run.</param>
public sealed record PlannedWave(WaveView? Wave, WavePreviewView Preview);

/// <param name="People">Who gets one invitation each.</param>
/// <param name="Unreachable">Projects that nobody could be asked for.</param>
public sealed record WaveSentView(WaveView Wave, int Invited, int People, IReadOnlyList<long> Unreachable);

/// <param name="Place">In the order in which they came in; shrinking takes the highest first.</param>
public sealed record MemberView(
    int Place, long Project, string? FullPath, string Kind, string Target, string State, string Stratum, string? Way, DateTimeOffset? Until, string? Coin, DateTimeOffset Since, string? Reason)
{
    internal static MemberView Of(Enrollment one, string? path) => new(
        one.Seat!.Place, one.Project.Number, path, one.Kind.Word(), one.Target.Word(), one.State.Word(), WavePreviewView.Words(one.Seat.Member.Stratum), one.Way?.Word(), one.Until, one.Coin?.ToString().ToLowerInvariant(), one.Since, one.Reason);
}

/// <param name="Seed">16 to 128 letters, digits, hyphens and dots; left out: the portal makes one.</param>
public sealed record CohortBody(string? Name, string? Seed, GroupCapsBody? Caps, IReadOnlyList<ExcludedProject?>? Excluded)
{
    internal CohortWish Read(RequestErrors errors)
    {
        var (named, excluded) = (new Dictionary<long, int?>(), new Dictionary<long, string>());
        foreach (var (group, cap) in Caps?.Named ?? new Dictionary<string, int?>())
        {
            if (long.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) named[number] = cap;
            else errors.Add("caps.named", $"'{group}' is no group: give its number.");
        }

        foreach (var one in Excluded ?? [])
            if (one is null || !excluded.TryAdd(one.Project, one.Reason ?? "")) errors.Add("excluded", one is null ? "Each needs a project (its number) and a reason." : $"Project {one.Project} is there twice.");
        var wish = new CohortWish(errors.Text("name", Name, Cohort.LongestName), Seed, new GroupCaps(Caps?.Each, named), excluded);
        return wish;
    }
}

/// <param name="Percent">Of the eligible projects, 0 to 100. Growing only adds, and tells nobody before a wave is sent; shrinking takes the last in first.</param>
public sealed record CohortEdit(decimal? Percent, string? Reason);

/// <param name="Returning">Members that have moved and go back now.</param>
public sealed record CohortResizedView(CohortView Cohort, IReadOnlyList<long> Added, IReadOnlyList<long> Withdrawn, IReadOnlyList<long> Returning);

/// <param name="Percent">What the cohort grows to.</param>
/// <param name="Start">by-hand (left out), at-time or when-gates-pass.</param>
/// <param name="DueAt">With at-time; the instance's time.</param>
public sealed record WaveBody(decimal? Percent, string? Start, string? DueAt);

/// <param name="Text">Comma-separated: id or path, kind, target, until, reason.</param>
public sealed record CohortImportBody(string? Text);
