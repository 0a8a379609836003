using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Same project, same job name, before and after the move: only where the evidence says that it got worse.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class RegressionsPage
{
    private const int Shown = 200;

    private FailureKind? kind;
    private double confidence = 0.95;
    private MovesRead? read;
    private IReadOnlyList<Regression> worse = [];
    private Dictionary<JobMove, string?> paths = [];

    [Inject]
    private IMoveReader Reader { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Digests];

    private string KindWord => Url["kind"] is { } word && RegressionEndpoint.Kinds.Any(one => one.Word == word) ? word : "all";

    private IReadOnlyList<TabLink> Tabs =>
    [
        .. RegressionEndpoint.Kinds.Select(one => new TabLink(
            one.Word switch { "all" => "All failures", "timeout" => "Time limit", var word => Words.Sentence(word) }, Url.With("kind", one.Word == "all" ? null : one.Word), one.Word == KindWord)),
    ];

    private IReadOnlyList<FilterDef> Filters =>
    [
        new("confidence", "confidence", [.. RegressionEndpoint.Confidences.Select(one => new FilterOption(one.Word, Words.Percent(one.Value)))]) { OnlyOne = true },
        new("owner", "owner", [.. paths.Values.OfType<string>().Select(path => path.Split('/')[0]).Distinct().Order(StringComparer.Ordinal).Take(40).Select(name => new FilterOption(name, name))]) { OnlyOne = true },
    ];

    private string Headline => read is not { CountedAt: not null } ? "Regressions after the move"
        : worse.Count == 0 ? "No job is worse since its move to Kubernetes"
        : $"{Words.Count(worse.Count)} of {Words.Count(read.Compared, "job name")} {(worse.Count == 1 ? "fails" : "fail")} more often since the move";

    private string Said => read is not { CountedAt: { } counted } ? "Same project, same job name, first attempts on docker before and on Kubernetes after."
        : $"{Words.Count(read.Higher.Count)} of {Words.Count(read.Compared)} compared failed more often after than before, retries not counted; listed are those whose {ConfidenceWord} interval (Newcombe) lies above zero. "
            + $"By chance alone up to {Words.Count((long)Math.Ceiling(Regressions.ByChance(read.Compared, confidence)))} would. Counted {Words.Ago(counted, Now)}.";

    private string ConfidenceWord => Words.PercentNumber(confidence).Contains('.', StringComparison.Ordinal) ? "99.9\u00a0%" : Words.Percent(confidence);

    private string CsvHref => Url.OfInstance(
        "api/v1/insights/regressions",
        new Dictionary<string, string?>
        {
            ["format"] = "csv",
            ["kind"] = KindWord,
            ["confidence"] = confidence.ToString(CultureInfo.InvariantCulture),
            ["project"] = Url["project"],
            ["owner"] = Url["owner"],
            ["q"] = Url["q"],
        });

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        var counts = RegressionEndpoint.Kinds.First(one => one.Word == KindWord).Value;
        kind = counts == FailureKind.None ? null : counts;
        confidence = RegressionEndpoint.Confidences.Where(one => one.Word == Url["confidence"]).Select(one => one.Value).FirstOrDefault(0.95);
        var project = long.TryParse(Url["project"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new ProjectId(Instance, number) : (ProjectId?)null;
        read = await Reader.ReadAsync(new MoveFilter(Instance, kind, project, Url["owner"], Url["q"]), cancel);
        paths = read.Higher.ToDictionary(row => row.Move, row => row.ProjectPath);
        worse = Regressions.Worse(paths.Keys, kind, confidence);
    }
}
