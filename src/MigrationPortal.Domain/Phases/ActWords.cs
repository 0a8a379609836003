using System.Globalization;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>The sentences of an automatic act, part by part. Pure.</summary>
internal static class ActWords
{
    /// <summary>Longer lists of runners are cut, and say so.</summary>
    private const int MostNames = 6;

    private static readonly string[] NoWorse = ["no-worse", "no-worse-all"];

    /// <summary>What was done, as a title and as the first sentence with its time.</summary>
    public static (string Title, string Sentence) Did(AutomaticAct act, Func<Actor, string> nameOf)
    {
        var (entry, operation, at) = (act.Record.Entry, act.Operation?.Head, Stamp(act.Record.Entry.At));
        return act switch
        {
            { Kind: ActKind.Flip } => ($"Took the next step: {operation?.Title}", $"At {at} the portal took the next step by itself, '{operation?.Title}', as operation {operation?.Id}."),
            { Kind: ActKind.ScheduledFlip, Flip: { } flip } => ($"Began on schedule: {operation?.Title}", $"At {at} the portal began '{operation?.Title}' as operation {operation?.Id}, {Scheduled(flip, entry.At, nameOf)}."),
            { Kind: ActKind.Held } => HeldWords.Did(act, at, act.Flip is { } due ? Scheduled(due, null, nameOf) : null),
            { Kind: ActKind.MissedFlip, Flip: { } flip } => ($"{MissedTitle(entry.Why)}: {TargetWords.Title(flip.Target)}", $"'{TargetWords.Title(flip.Target)}' was to begin by itself {Scheduled(flip, null, nameOf)}, and did not. At {at} the portal wrote down what became of it."),
            { Kind: ActKind.Brownout, Flip: { } flip } when operation?.Brownout is { } window && entry.What == "schedule.due" =>
                ($"Took {window.Tag} away for {BrownoutRules.Words(window.Until - operation.StartedAt)}", $"At {at} the portal began to take {window.Tag} away until {Stamp(window.Until)}, as operation {operation.Id}, {Scheduled(flip, entry.At, nameOf)}."),
            { Kind: ActKind.Brownout } when operation?.Brownout is { } window && entry.What == "operation.roll-back" =>
                ($"Ended the brownout of {window.Tag} early", $"At {at} the portal ended the brownout of {window.Tag} (operation {operation.Id}), which was to last until {Stamp(window.Until)}."),
            { Kind: ActKind.Brownout } when operation?.Brownout is { } window => ($"Gave {window.Tag} back", $"At {at} every runner that had lost {window.Tag} to a brownout (operation {operation.Id}) had it again, {OffTime(entry.At, window.Until)}."),
            { Kind: ActKind.RollBack } => ($"Rolled back: {operation?.Title}", $"At {at} the portal began by itself to roll back operation {operation?.Id}, '{operation?.Title}'."),
            { Kind: ActKind.Evacuation } => ("Evacuated Kubernetes", $"At {at} the portal began by itself to evacuate Kubernetes, as operation {operation?.Id}: docker takes everything back."),
            { Kind: ActKind.Heal } => ("Put back what had drifted", $"At {at} the portal began to put runners back that differed from what the phase desires, as operation {operation?.Id}."),
            { Kind: ActKind.Alert } => ($"Told people, did nothing: {act.Guard?.LeadingRule().Title}", $"At {at} a rule of the fast roll back fired, and the portal told people instead of acting."),
            { Kind: ActKind.Halt } => ($"Stopped: {operation?.Title}", $"At {at} the portal stopped operation {operation?.Id}, '{operation?.Title}', where it stood."),
            { Kind: ActKind.Switch } => entry.What == "automation.stop"
                ? ("Automation was switched off", $"At {at} {nameOf(entry.Who)} switched automation off: since then nothing begins or goes back by itself.")
                : ("Automation was switched on", $"At {at} {nameOf(entry.Who)} switched automation on: the portal acts by itself again where policies and the schedule say so."),
            { Record.Entry: { What: "settings.fallback-tag", Subject: var tag } } => ($"Chose the fallback tag {tag[(tag.IndexOf('/', StringComparison.Ordinal) + 1)..]}",
                $"At {at} the portal chose {tag[(tag.IndexOf('/', StringComparison.Ordinal) + 1)..]} as the fallback tag, because none was set and no recent job asks for it. Choose another one under Tags."),
            _ => ($"{entry.What}: {entry.Subject}", $"At {at} the portal wrote down '{entry.What}' of {entry.Subject}."),
        };
    }

    /// <summary>What it was done for, with the figures that decided.</summary>
    public static string? Why(AutomaticAct act) => act switch
    {
        { Kind: ActKind.Flip, Gates: { } gates } => OfGates(gates),
        { Guard: { } guard } => $"It was the rule '{guard.LeadingRule().Title}': {guard.Leading().Sentence}{(guard.LeadingRule().MustPersist ? " Two evaluations in a row had found it." : "")}{(act.Kind == ActKind.Alert ? $" {guard.Done}" : "")}",
        { Kind: ActKind.ScheduledFlip or ActKind.Brownout, Flip: { } flip } when act.Record.Entry.What == "schedule.due" => $"The reason given: {Ended(flip.Reason)}",
        { Record.Entry.Why: { } why } => act.Kind == ActKind.Switch ? $"The reason given: {Ended(why)}" : Ended(why),
        _ => null,
    };

    /// <summary>Which runners were changed; null where nothing was.</summary>
    public static string? Changed(AutomaticAct act)
    {
        if (act.Operation is not { Runners: { Count: > 0 } runners } || act.Kind is ActKind.MissedFlip or ActKind.Alert or ActKind.Switch) return null;
        var named = string.Join(", ", runners.Take(MostNames)) + (runners.Count > MostNames ? $" and {runners.Count - MostNames} more" : "");
        var many = runners.Count == 1 ? "1 runner" : $"{runners.Count.ToString(CultureInfo.InvariantCulture)} runners";
        return act switch
        {
            { Kind: ActKind.RollBack } => $"It restores {many}: {named}.",
            { Kind: ActKind.Halt } => $"By then it had changed {many}: {named}.",
            { Kind: ActKind.Brownout, Record.Entry.What: not "schedule.due" } => $"They are {named}.",
            _ => $"It changed {many}: {named}.",
        };
    }

    /// <summary>What became of it, as it stands now.</summary>
    public static string? Since(AutomaticAct act, DateTimeOffset now)
    {
        if (act.Kind == ActKind.Held) return HeldWords.Since(act);
        if (act is { Kind: ActKind.MissedFlip, Flip: { } flip }) return flip switch
        {
            { OperationId: { } later } => $"It was answered since: operation {later} began.",
            { Outcome: null } => $"It waits for an answer, for {Span(now - act.Record.Entry.At)} now.",
            _ => null,
        };
        if (act.Operation?.Head is not { } head || act.Kind == ActKind.Alert || (act.Kind == ActKind.Brownout && act.Record.Entry.What != "schedule.due")) return null;
        var ended = head.EndedAt is { } end ? $" at {Stamp(end)}" : "";
        return head switch
        {
            { State: OperationState.Succeeded, Brownout: { } window } => $"{window.Tag} came back{ended}.",
            { State: OperationState.Succeeded } => $"It ended{ended}, every step verified by reading back ({head.StepsDone} of {head.Steps}).",
            { State: OperationState.RolledBack } => $"{(act.Kind == ActKind.RollBack ? "The roll back ended" : "It was rolled back since, which ended")}{ended}: its runners are what they were.",
            { State: OperationState.Aborted } => $"It was aborted{ended}: what was changed stays changed.",
            { State: OperationState.Halted } => act.Kind == ActKind.Halt || head.Waits is null ? "It is halted still." : $"It is halted: {Ended(head.Waits)}",
            { State: OperationState.RollingBack } => "It is going back now.",
            _ => $"It is under way, {head.StepsDone} of {head.Steps} steps done.",
        };
    }

    /// <summary>Such as <c>2026-11-25 14:20 UTC</c>.</summary>
    public static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string OfGates(GateEvaluation gates)
    {
        var counted = gates.Readings.Where(reading => !gates.Shadow.Contains(reading.Gate, StringComparer.Ordinal)).ToList();
        var decisive = counted.Where(reading => NoWorse.Contains(reading.Gate, StringComparer.Ordinal)).Select(reading => reading.Sentence);
        var others = counted.Where(reading => !NoWorse.Contains(reading.Gate, StringComparer.Ordinal)).Select(reading => $"{Gate.TitleOf(reading.Gate)} {reading.Value}").ToList();
        return $"Its phase's policy is automatic, automation was on, and all {counted.Count} gates that count passed. "
            + string.Join(" ", decisive.Append(others.Count == 0 ? "" : $"{(NoWorse.Any(key => counted.Any(reading => reading.Gate == key)) ? "Besides" : "They said")}: {string.Join("; ", others)}.").Where(part => part.Length > 0));
    }

    private static string Scheduled(ScheduledFlip flip, DateTimeOffset? begun, Func<Actor, string> nameOf) =>
        $"{(begun is { } at ? (at - flip.DueAt).TotalMinutes < 1 ? "on time" : $"{Span(at - flip.DueAt)} after its time" : $"at {Stamp(flip.DueAt)}")}, as {nameOf(flip.By)} had scheduled it";

    private static string MissedTitle(string? why) => why?.Split([' ', ',', ':'], 2)[0] is { Length: > 0 } word ? word : "Not begun";

    private static string OffTime(DateTimeOffset at, DateTimeOffset until) => (at - until).TotalMinutes switch
    {
        < -1 => $"{Span(until - at)} before its time was over",
        < 1 => "at the end of its time",
        _ => $"{Span(at - until)} after its time was over",
    };

    private static string Span(TimeSpan span) => span.TotalMinutes switch
    {
        < 2 => "a minute",
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} minutes"),
        < 48 * 60 => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} hours"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} days"),
    };

    private static string Ended(string text) => text.Trim() is var said && said.Length > 0 && ".!?".Contains(said[^1], StringComparison.Ordinal) ? said : $"{said}.";
}
