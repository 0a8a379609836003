using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <summary>Says of a pasted log whether the runner or the code made the job fail. The log is read and forgotten; exit code and reason live in the URL.</summary>
public sealed partial class ExplainJobForm
{
    internal const string Field = "job-log";

    private const string Answer = "log-answer";
    private const string ExitKey = "exit";
    private const string ReasonKey = "reason";

    /// <summary>GitLab keeps exit codes as small integers.</summary>
    private const int HighestExitCode = short.MaxValue;

    /// <summary>Characters from the end: the section that the last 64 KiB stand in usually begins among them.</summary>
    private const int Longest = 1024 * 1024;

    private const string Sample = "$ npm test\nERROR: Job failed: exit code 1";

    private static readonly IReadOnlyList<(string Word, string Said)> Reasons =
    [
        ("script_failure", "script failure"),
        ("runner_system_failure", "runner system failure"),
        ("job_execution_timeout", "job execution timeout"),
        ("image_pull_failure", "image pull failure"),
        ("runner_interrupted", "runner interrupted"),
        ("stuck_or_timeout_failure", "stuck or timeout failure"),
        ("api_failure", "API failure"),
        ("unknown_failure", "unknown failure"),
    ];

    private FailureVerdict? verdict;
    private string? problem;
    private bool isBusy;
    private bool hasNews;

    [Inject]
    private Browser Browser { get; set; } = null!;

    [Inject]
    private UrlState Url { get; set; } = null!;

    private string? Reason => Reasons.FirstOrDefault(one => one.Word == Url[ReasonKey]).Word;

    private async Task ExplainAsync()
    {
        if (isBusy) return;
        (isBusy, problem, verdict) = (true, null, null);
        try
        {
            int? exit = null;
            if (Url[ExitKey] is { } typed)
            {
                if (!int.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code) || code is < -1 or > HighestExitCode)
                {
                    problem = $"The exit code is a number from -1 to {Words.Count(HighestExitCode)}; leave it empty when you do not know it.";
                    return;
                }

                exit = code;
            }

            var log = await Browser.TextOfAsync(Field, Longest);
            if (string.IsNullOrWhiteSpace(log))
            {
                problem = "Paste the end of the job's log first.";
                return;
            }

            var reason = Reason;
            verdict = await Task.Run(() => FailureClassifier.Classify(log, reason, exit));
            hasNews = true;
        }
        finally
        {
            isBusy = false;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!hasNews) return;
        hasNews = false;
        await Browser.FocusAsync(Answer);
    }
}
