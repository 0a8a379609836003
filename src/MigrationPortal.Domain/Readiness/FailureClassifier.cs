namespace MigrationPortal.Domain.Readiness;

/// <summary>
/// "The runner or my code?", from the end of a job's log, GitLab's reason and the exit code. Pure, and bounded whatever the log holds.
/// The order is that of kubernetes-executor.md 5.2: what ended the containers, images, the start, refusals of the cluster,
/// the runner's settings, what the script printed, the exit code; then notices after which a job goes on.
/// </summary>
public static class FailureClassifier
{
    private static readonly IReadOnlyList<FailureSign>[] OfRunner =
    [
        FailureSignsOfPods.Memory, FailureSignsOfPods.Disruption, FailureSignsOfImages.Names, FailureSignsOfPods.Start, FailureSignsOfPods.Crash,
        FailureSignsOfAdmission.Refusals, FailureSignsOfRunner.Settings, FailureSignsOfRunner.Endings,
    ];

    private static readonly IReadOnlyList<FailureSign> OfScript =
    [
        .. FailureSignsOfDocker.Daemon, .. FailureSignsOfKernel.Rights, .. FailureSignsOfFiles.Ownership, .. FailureSignsOfNetwork.Connections, FailureSignsOfPods.Shell,
    ];

    // A service tells much about itself that concerns nobody: only what keeps it from starting counts.
    private static readonly IReadOnlyList<FailureSign> OfService =
    [
        .. FailureSignsOfDocker.Daemon, .. FailureSignsOfKernel.Rights, FailureSignsOfNetwork.Connections[0],
    ];

    private static readonly IReadOnlyList<FailureSign>[] OfNotices = [FailureSignsOfRunner.Notices, FailureSignsOfPods.Hints];

    private static readonly FailureSign Stopped = FailureSignsOfRunner.Endings[0], TimedOut = FailureSignsOfRunner.Endings[1];

    /// <param name="failureReason">GitLab's word, in any version; null or empty when it is not known.</param>
    /// <param name="exitCode">Of the script; null when it is not known.</param>
    public static FailureVerdict Classify(string log, string? failureReason = null, int? exitCode = null)
    {
        var facts = FailureFacts.Of(log, failureReason, exitCode);
        var (sign, at) = facts.Succeeded ? default : OfTheRunner(facts) ?? OfTheScript(facts) ?? OfTheExit(facts) ?? default;
        if (sign is null) (sign, at) = Find(OfNotices, facts.SaidLines(), facts) ?? (facts.Succeeded ? null : OfTheReason(facts.Reason), -1);
        if (sign is null && facts.IsSystemFailure)
            return new FailureVerdict(FailureClasses.Unknown, null, "The runner failed by itself, not the script; its last words name no cause that is known here.", "Run the job again; if it fails like this again, show the last lines of the log to the administrators.", FailureBlame.Runner, LogExcerpt.Around(facts.Lines, facts.Ending));
        return sign is null
            ? new FailureVerdict(FailureClasses.Unknown, null, "Neither the log nor GitLab's reason says why the job failed.", "Read the last lines of the log; run the job again to see whether it fails again.", FailureBlame.Unknown, [])
            : new FailureVerdict(sign.Class, sign.Rule, sign.Explanation, sign.Remedy, sign.Blame, LogExcerpt.Around(facts.Lines, at));
    }

    private static (FailureSign? Sign, int At)? OfTheRunner(FailureFacts facts)
    {
        if (facts.ScriptEnded) return null;
        var found = Find(OfRunner, facts.EndingLines(), facts) ?? Find(OfRunner, facts.RunnerLines(), facts) ?? Find(OfRunner, facts.SaidLines(), facts);
        return found is { Sign.IsVague: true } vague ? Sharper(vague.Sign, facts) ?? vague : found;
    }

    // "Timed out" and "failed" tell the end; the conditions and events that the runner printed before it tell the cause.
    private static (FailureSign? Sign, int At)? Sharper(FailureSign vague, FailureFacts facts)
    {
        if (vague.Class == FailureClasses.Timeout && HealthCheckHangs(facts) is >= 0 and var at) return (FailureSignsOfNetwork.Services[0], at);
        if (vague.Class == FailureClasses.Timeout || facts.EndedIn is not (LogStage.Prepare or LogStage.Unknown)) return null;
        foreach (var index in facts.SaidLines())
            if (OfRunner.SelectMany(tier => tier).FirstOrDefault(sign => (!sign.IsVague || (sign.Class == "image-pull" && vague.Class != "image-pull")) && sign.IsIn(facts.Lines[index].Text)) is { } sharp) return (sharp, index);
        return null;
    }

    // gitlab-runner-helper health-check dials once a second until a service listens.
    private static int HealthCheckHangs(FailureFacts facts)
    {
        var at = facts.SaidLines().FirstOrDefault(index => facts.Lines[index].Text is var text && (text.StartsWith("dialing ", StringComparison.Ordinal) || text.StartsWith("dial succeeded", StringComparison.Ordinal) || text.StartsWith("waiting for TCP connection", StringComparison.Ordinal)), -1);
        return at >= 0 && !facts.Lines[at].Text.StartsWith("dial succeeded", StringComparison.Ordinal) && facts.EndedIn is LogStage.Prepare or LogStage.Unknown ? at : -1;
    }

    private static (FailureSign? Sign, int At)? OfTheScript(FailureFacts facts)
    {
        // Who was killed or asked to stop had no time to say why: what it printed before was about something else.
        if (facts.ExitCode is 137 or 143 or -9 or -15) return Find([[FailureSignsOfKernel.HelperKilled]], facts.SaidLines(), facts);
        foreach (var index in facts.DecisiveLines())
        {
            var line = facts.Lines[index];
            var sign = (line.Voice == LogVoice.Service ? OfService : OfScript).FirstOrDefault(one => one.IsIn(line.Text));
            // 126 is a file without permission to execute, which comes with the sources and is the same everywhere.
            if (sign is not null && !(facts.ExitCode == 126 && sign.Class == "file-permission")) return (sign, index);
        }

        return Find([FailureSignsOfNetwork.Services], facts.SaidLines(), facts) ?? (HealthCheckHangs(facts) is >= 0 and var at ? (FailureSignsOfNetwork.Services[0], at) : null);
    }

    private static (FailureSign? Sign, int At)? OfTheExit(FailureFacts facts) => facts.ExitCode switch
    {
        null or 0 => null,
        { } code when facts.ScriptEnded || code is 137 or 143 => (FailureSignsOfExits.Of(code, facts.EndedInHelper), facts.Ending),
        _ => null,
    };

    // The words that say it all; GitLab's other words leave the cause open (kubernetes-executor.md 5.1).
    private static FailureSign? OfTheReason(string? reason) => reason switch
    {
        "job_execution_timeout" or "job_execution_server_timeout" or "server_timeout_running" => TimedOut,
        "runner_interrupted" => Stopped,
        "image_pull_failure" => FailureSignsOfImages.Names[^1],
        _ => null,
    };

    // Tier by tier, because what ended the containers outweighs what anybody said about it.
    private static (FailureSign? Sign, int At)? Find(IReadOnlyList<FailureSign>[] tiers, IEnumerable<int> lines, FailureFacts facts)
    {
        int[] indices = [.. lines];
        foreach (var tier in tiers)
            foreach (var index in indices)
                if (tier.FirstOrDefault(sign => sign.IsIn(facts.Lines[index].Text)) is { } sign) return (sign, index);
        return null;
    }
}
