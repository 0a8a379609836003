using System.Globalization;
using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Help;

/// <summary>Goes on with a thread. That the caller may see it, is the caller's to check.</summary>
public sealed class AnswerHelp(IHelpStore threads, IAuditTrail audit, IPortalEvents events, IWorldClock clock)
{
    /// <summary>Messages of a thread.</summary>
    public const int MostMessages = 200;

    /// <summary>Says something; a closed thread is open again by it.</summary>
    /// <param name="asAdmin">The caller answers: not one of the project's people.</param>
    /// <returns>Refuses <c>invalid-message</c> and <c>thread-full</c>.</returns>
    public async Task<Outcome<HelpThread>> RunAsync(HelpThread thread, string? text, bool asAdmin, Actor who, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(thread);
        if (HelpText.Clean(text, HelpText.LongestMessage) is not { } said) return Refusal.Of("invalid-message", $"The message needs 1 to {HelpText.LongestMessage} characters; of a long log, paste the end.");
        if (thread.Messages.Count >= MostMessages) return Refusal.Of("thread-full", $"{MostMessages} messages are enough for one thread: ask anew.");
        var now = clock.Now(thread.Project.Instance);
        var state = asAdmin ? HelpState.Answered : HelpState.Open;
        await audit.ChangeAsync(
            async () =>
            {
                await threads.AddAsync(thread.Id, new HelpMessage(who, asAdmin, now, said), state, cancel);
                return (true, Entry(thread, who, now, asAdmin ? "help.answer" : "help.say", state));
            },
            cancel);
        return await ToldAsync(thread, cancel);
    }

    /// <summary>Closes it, or opens it again. What is so already, stays.</summary>
    /// <returns>Refuses <c>changed-meanwhile</c>.</returns>
    public async Task<Outcome<HelpThread>> SetClosedAsync(HelpThread thread, bool closed, Actor who, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(thread);
        if (closed == (thread.State == HelpState.Closed)) return thread;
        var (now, to) = (clock.Now(thread.Project.Instance), closed ? HelpState.Closed : HelpState.Open);
        var changed = await audit.ChangeAsync(
            async () => await threads.SetStateAsync(thread.Id, thread.State, to, now, cancel) ? (true, Entry(thread, who, now, closed ? "help.close" : "help.reopen", to)) : (false, (AuditEntry?)null), cancel);
        return changed ? await ToldAsync(thread, cancel) : Refusal.Of("changed-meanwhile", "Somebody else has just changed this thread: look again.");
    }

    private async Task<HelpThread> ToldAsync(HelpThread thread, CancellationToken cancel)
    {
        await events.PublishAsync(new PortalEvent(PortalTopic.Help, thread.Project.Instance, thread.Id), cancel);
        return await threads.FindAsync(thread.Id, cancel) ?? thread;
    }

    private static AuditEntry Entry(HelpThread thread, Actor who, DateTimeOffset at, string what, HelpState to) => new(
        at, thread.Project.Instance, who, what, string.Create(CultureInfo.InvariantCulture, $"help/{thread.Id}"), null, Shown(thread.State), Shown(to));

    private static string Shown(HelpState state) => JsonSerializer.Serialize(new { state = state.ToString().ToLowerInvariant() });
}
