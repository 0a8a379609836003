using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters.Rollout;

/// <summary>What a revision that runs in a QA cluster is to be tried with.</summary>
public sealed partial class VerificationForm
{
    private IReadOnlyList<string> problems = [];
    private long cluster;
    private string project = "";
    private string? tag;
    private string image = "";
    private string service = "";
    private string port = SmokeChoice.UsualPort.ToString(CultureInfo.InvariantCulture);
    private string reach = "";
    private string probe = "";
    private string reference = "";
    private string variables = "";
    private bool busy;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Inject]
    private StartVerification Start { get; set; } = null!;

    [Inject]
    private IMigrationStore Migration { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required StoredConfiguration Of { get; set; }

    [Parameter, EditorRequired]
    public required RolloutState State { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnBegun { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnLeave { get; set; }

    private IReadOnlyList<RolloutPlace> Places => [.. State.Of(isQa: true).Where(one => one.Runs is not null)];

    protected override async Task OnParametersSetAsync()
    {
        if (cluster == 0 && Places is [var first, ..]) cluster = first.Cluster.Id;
        tag ??= (await Migration.SettingsAsync(Of.Instance, CancellationToken.None)).OptInTag;
    }

    private async Task BeginAsync()
    {
        if (busy) return;
        busy = true;
        try
        {
            var found = new List<string>();
            var wish = Wish(found);
            problems = found.Count > 0 ? found : (await Start.RunAsync(wish, (await SignedIn).User.Actor(), CancellationToken.None)).Match<IReadOnlyList<string>>(_ => [], no => no.Reasons);
            if (problems.Count == 0) await OnBegun.InvokeAsync();
        }
        finally
        {
            busy = false;
        }
    }

    private VerificationWish Wish(List<string> found)
    {
        var places = Lines(reach).Select(line => Place(line, found)).ToList();
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Lines(variables))
            if (line.IndexOf('=') is > 0 and var at && pairs.TryAdd(line[..at].Trim(), line[(at + 1)..].Trim())) continue;
            else found.Add($"'{line}' is no variable: write NAME=value, each name once.");
        var asks = probe.Trim().Length > 0 || reference.Trim().Length > 0;
        return new VerificationWish(
            Of.Id, Places.FirstOrDefault(one => one.Cluster.Id == cluster)?.Runs, cluster, Number("Project of QA", project, found),
            new SmokeChoice((tag ?? "").Trim(), Or(image), Or(service), (int)Number("Port of the service", port, found), null, places),
            asks ? new ProbeChoice(Number("Project of the probe", probe, found), reference.Trim(), pairs) : null, VerificationWish.UsualPatience);
    }

    private static SmokeTarget Place(string line, List<string> found)
    {
        var (open, text) = (!line.StartsWith('!'), line.TrimStart('!').Trim());
        if (text.LastIndexOf(':') is > 0 and var at && int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return new SmokeTarget(text[..at], number, open);
        found.Add($"'{line}' is no place: write host:port, such as registry.example.com:443.");
        return new SmokeTarget("", 0, open);
    }

    private static long Number(string name, string text, List<string> found)
    {
        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0) return number;
        found.Add($"{name}: needed, a number.");
        return 0;
    }

    private static string? Or(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
