using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <summary>Six questions that fleet admins ask every day; the address holds the question.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class FleetQuestionsPage
{
    private static readonly string[] DayChoices = ["1", "7", "14", "30", "90"];

    private FleetAsk ask = new(FleetQuestion.AllOnline, null, 7, null);
    private FleetSnapshot? fleet;
    private FleetAnswer? answer;

    [Inject]
    private IFleetStore Fleet { get; set; } = null!;

    [Inject]
    private IRunnerUse Use { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Fleet];

    private string Said => fleet is null ? "Answers come from the last snapshot of the fleet."
        : $"From the snapshot that GitLab gave {Words.Ago(fleet.TakenAt, Now)}.";

    private IReadOnlyList<FilterDef> Filters =>
    [
        FilterDef.Of("tag", [.. (fleet?.Runners ?? []).SelectMany(runner => runner.Attributes.Tags).Distinct().Order(StringComparer.Ordinal)]) with { OnlyOne = true },
        new("standing", "runners", [new("managed", "managed"), new("unmanaged", "unmanaged")]) { OnlyOne = true },
        .. ask.Question == FleetQuestion.RanNothing ? [new FilterDef("days", "days", [.. DayChoices.Select(days => new FilterOption(days, days))]) { OnlyOne = true }] : Array.Empty<FilterDef>(),
    ];

    private string CsvHref => Url.OfInstance(
        $"api/v1/runners/questions/{FleetAskWords.Key(ask.Question)}",
        new Dictionary<string, string?>
        {
            ["format"] = "csv",
            ["tag"] = ask.Tag,
            ["managed"] = ask.Managed?.ToString().ToLowerInvariant(),
            ["days"] = ask.Question == FleetQuestion.RanNothing ? ask.Days.ToString(CultureInfo.InvariantCulture) : null,
        });

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        var question = FleetAskWords.Keys.Where(one => one.Word == Url["ask"]).Select(one => one.Value).FirstOrDefault(FleetQuestion.AllOnline);
        var days = int.TryParse(Last("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked is >= 1 and <= 365 ? asked : 7;
        ask = new FleetAsk(question, Last("tag"), days, Last("standing") switch { "managed" => true, "unmanaged" => false, _ => null });
        fleet = await Fleet.LatestAsync(Instance, cancel);
        answer = fleet is null ? null : FleetQuestions.Answer(ask, fleet, await Use.ReadAsync(Instance, FleetQuestions.Window(ask, Now), cancel));
    }

    // A question takes one value; an address written by hand may hold more.
    private string? Last(string key) => Url.All(key) is [.., var last] ? last : null;
}
