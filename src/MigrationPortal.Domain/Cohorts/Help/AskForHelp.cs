using System.Globalization;
using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Help;

/// <summary>A project's people ask the administrators. Whose project it is, is the caller's to check.</summary>
public sealed class AskForHelp(IHelpStore threads, ExplainFailures explain, IProjectStore projects, INotices notices, IAuditTrail audit, IPortalEvents events, IWorldClock clock)
{
    /// <summary>Threads of a project that are not closed.</summary>
    public const int MostOpen = 10;

    /// <param name="job">A failed job of the project; null: none.</param>
    /// <returns>Refuses <c>invalid-message</c>, <c>unknown-job</c> and <c>too-many-threads</c>.</returns>
    public async Task<Outcome<HelpThread>> RunAsync(ProjectId project, long? job, string? subject, string? text, Actor who, CancellationToken cancel)
    {
        var (about, said) = (HelpText.Clean(subject?.ReplaceLineEndings(" "), HelpText.LongestSubject), HelpText.Clean(text, HelpText.LongestMessage));
        var wrong = new List<string>();
        if (about is null) wrong.Add($"The subject needs 1 to {HelpText.LongestSubject} characters.");
        if (said is null) wrong.Add($"The message needs 1 to {HelpText.LongestMessage} characters; of a long log, paste the end.");
        if (wrong.Count > 0) return new Refusal("invalid-message", wrong);
        if (job is { } number && await explain.FindAsync(project, number, cancel) is null) return Refusal.Of("unknown-job", $"The portal knows no failed job {number} of this project.");
        if ((await threads.OfAsync([project], cancel)).Count(one => one.State != HelpState.Closed) >= MostOpen)
            return Refusal.Of("too-many-threads", $"{MostOpen} questions of this project are open: go on with one of them, or close one.");

        var now = clock.Now(project.Instance);
        var path = (await projects.FindAsync(project, cancel))?.Access.FullPath ?? $"project {project.Number}";
        var first = new HelpMessage(who, false, now, said!);
        var wanted = new HelpThread(0, project, job is { } of ? new JobId(project.Instance, of) : null, about!, HelpState.Open, who, now, now, []);
        var opened = await audit.ChangeAsync(
            async () =>
            {
                var made = await threads.OpenAsync(wanted, first, cancel);
                var id = made.Id.ToString(CultureInfo.InvariantCulture);
                await notices.TellAsync(new Notice(project.Instance, NoticeKind.HelpAsked, NoticeSeverity.Attention, $"help/{id}", $"{path} asks for help.", [], $"help/{id}", now), cancel);
                // What people write to each other is no matter of the audit trail.
                return (made, new AuditEntry(now, project.Instance, who, "help.ask", $"help/{id}", null, null, JsonSerializer.Serialize(new { project = project.Number, job })));
            },
            cancel);
        await events.PublishAsync(new PortalEvent(PortalTopic.Help, project.Instance, opened.Id), cancel);
        return opened;
    }
}
