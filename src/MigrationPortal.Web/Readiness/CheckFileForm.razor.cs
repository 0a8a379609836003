using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Readiness.Ci;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <summary>Looks at a pasted CI file by the rules and the runner of the instance, as its projects are looked at. Keeps nothing.</summary>
public sealed partial class CheckFileForm
{
    internal const string Field = "ci-file";

    /// <summary>Characters; GitLab itself takes 2 MB of YAML.</summary>
    internal const int Longest = 2 * 1024 * 1024;

    private const string Answer = "ci-answer";

    private const int MostIncludes = 12;

    private const string Sample = "test:\n  image: node:22\n  services:\n    - name: postgres:16\n      alias: my_db\n  script:\n    - npm test";

    private static readonly CiLimits Limits = new(Characters: Longest, Nodes: 2_000_000);

    private ScanResult? result;
    private IReadOnlyList<JobFindings> jobs = [];
    private string? problem;
    private bool isBusy;
    private bool hasNews;

    [Inject]
    private Browser Browser { get; set; } = null!;

    [Inject]
    private IScanStore Scans { get; set; } = null!;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Parameter, EditorRequired]
    public required InstanceId Instance { get; set; }

    private async Task CheckAsync()
    {
        if (isBusy) return;
        (isBusy, problem) = (true, null);
        try
        {
            var text = await Browser.TextOfAsync(Field, Longest + 1);
            problem = string.IsNullOrWhiteSpace(text) ? "Paste the text of your CI file first."
                : text.Length > Longest ? $"The text is longer than {Words.Count(Longest)} characters, which is more than GitLab takes. Paste a smaller file."
                : null;
            if (problem is not null)
            {
                (result, jobs) = (null, []);
                return;
            }

            var settings = await Scans.SettingsAsync(Instance, CancellationToken.None);
            // Off the circuit: a file at the limit takes seconds.
            result = await Task.Run(() => settings.Scanner().Scan(text, settings.Profile, Limits));
            (jobs, hasNews) = (JobFindings.Of(result.Findings), true);
        }
        finally
        {
            isBusy = false;
        }
    }

    // On a phone the answer stands below the keyboard.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!hasNews) return;
        hasNews = false;
        await Browser.FocusAsync(Answer);
    }

    private static string Headline(ScanResult found) => found switch
    {
        { Ready: null } => "The file cannot be read",
        { Jobs: 0 } => "There is no job in this file",
        { Ready: { } ready } when ready == found.Jobs => found.Jobs == 1 ? "The job is ready for Kubernetes" : $"All {Words.Count(found.Jobs)} jobs are ready for Kubernetes",
        _ => $"{Words.Count(found.Ready.Value)} of {Words.Count(found.Jobs)} jobs {(found.Ready == 1 ? "is" : "are")} ready for Kubernetes",
    };

    private static string? NotYet(ScanResult found) => found.Blocked.Count switch
    {
        0 => null,
        <= 3 => $"{string.Join(", ", found.Blocked)} {(found.Blocked.Count == 1 ? "is" : "are")} not yet",
        _ => $"{string.Join(", ", found.Blocked.Take(2))} and {Words.Count(found.Blocked.Count - 2)} more are not yet",
    };

    private static string Said(ScanResult found)
    {
        if (found.Ready is null) return "Mend what stands below, and check again. GitLab's own CI lint says the same in more detail.";
        if (found.Jobs == 0) return found.Configuration.Includes.Count > 0 ? "All of its jobs come from files that it includes." : "A job needs a name and a script. Hidden jobs, which begin with a dot, and jobs that start other pipelines need no runner.";
        var likely = found.Findings.Where(one => one is { Severity: Severity.Likely, Job: not null }).Select(one => one.Job).Distinct().Count(job => !found.Blocked.Contains(job!));
        return likely > 0 ? $"{Words.Count(likely)} of them may fail, where something holds that the file does not tell."
            : found.Findings.Any(one => one.Severity != Severity.Info) ? "What is not ready stands below, with what to do about it."
            : "Nothing here is known to behave otherwise there.";
    }
}
