using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Graduation;

/// <summary>Starts and stops graduation, and takes projects there a few at a time by the portal's own hand, as long as an admin's word and the one switch of automation stand.</summary>
public sealed class RunGraduation(
    IGraduationStore orders, ReadGraduation read, GraduateProject graduate, IEnrollmentStore enrollments, ICohortFacts facts, IPortalHand hands, IAuditTrail audit, IPortalEvents events, IWorldClock clock)
{
    public const int MostOpenAtAll = 500;
    private const int MostATurn = 20;

    /// <summary>So long no answer of GitLab takes.</summary>
    private static readonly TimeSpan CutOff = TimeSpan.FromMinutes(10);

    /// <returns>Refuses <c>not-in-phase</c>, <c>observe-mode</c>.</returns>
    public async Task<Outcome<GraduationOrder>> StartAsync(InstanceId instance, int mostOpen, string reason, Actor who, CancellationToken cancel)
    {
        if (!GraduateProject.CanBegin(await facts.ReadAsync(instance, cancel))) return Refusal.Of("not-in-phase", "Projects graduate from the phase docker fallback on: before, their jobs would run on docker again.");
        if (hands.Of(instance) is null) return Refusal.Of("observe-mode", $"The portal has no token to write to {instance}: maintainers can still take their own change out.");
        var (before, order) = (await orders.FindAsync(instance, cancel), new GraduationOrder(instance, mostOpen, who, clock.Now(instance)));
        await audit.ChangeAsync<bool>(
            async () =>
            {
                await orders.SaveAsync(order, cancel);
                return (true, new AuditEntry(order.At, instance, who, "graduation.start", $"instance/{instance.Name}", reason, before is null ? null : Shown(before), Shown(order)));
            },
            cancel);
        await events.PublishAsync(new PortalEvent(PortalTopic.Cohorts, instance, null), cancel);
        return order;
    }

    /// <summary>What is under way goes on. Refuses <c>not-started</c>.</summary>
    public async Task<Outcome<bool>> StopAsync(InstanceId instance, Actor who, CancellationToken cancel)
    {
        var stopped = await audit.ChangeAsync<bool>(
            async () => await orders.RemoveAsync(instance, cancel) ? (true, new AuditEntry(clock.Now(instance), instance, who, "graduation.stop", $"instance/{instance.Name}", null, null, null)) : (false, null), cancel);
        if (!stopped) return Refusal.Of("not-started", "Graduation is not started, so there is nothing to stop.");
        await events.PublishAsync(new PortalEvent(PortalTopic.Cohorts, instance, null), cancel);
        return true;
    }

    /// <summary>Called by a sweep.</summary>
    /// <returns>How many projects were begun.</returns>
    public async Task<int> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        if (await orders.FindAsync(instance, cancel) is not { } order || hands.Of(instance) is not { } hand) return 0;
        var known = await facts.ReadAsync(instance, cancel);
        if (!known.AutomationOn || !GraduateProject.CanBegin(known)) return 0;
        var turn = new PatientTurn();
        await GoOnAsync(instance, hand, turn, cancel);
        var (outlook, begun) = (await read.RunAsync(instance, cancel), 0);
        var open = outlook.UnderWay.Count;
        foreach (var plan in outlook.Queue)
        {
            if (open >= order.MostOpen || begun == MostATurn) break;
            var answer = await turn.OfAsync(() => graduate.RunAsync(plan.Enrollment.Project, "graduation", hand, Actor.Portal, cancel));
            // Whoever asks for fewer requests would say so of the others too.
            if (answer is Outcome<Enrollment>.Refused { Refusal.Code: DeskCode.RateLimited }) break;
            if (answer is null || !answer.TryGet(out var now, out _)) continue;
            begun++;
            if (now.State == EnrollmentState.Returning) open++;
        }

        return begun;
    }

    /// <summary>Those that a crash or GitLab's silence cut off: no merge request is known, and nobody would end them.</summary>
    private async Task GoOnAsync(InstanceId instance, PersonToken hand, PatientTurn turn, CancellationToken cancel)
    {
        var now = clock.Now(instance);
        foreach (var one in await enrollments.OfTargetAsync(instance, EnrollmentTarget.Default, cancel))
            if (one.State == EnrollmentState.Returning && MoveAddress.Of(one) is null && now - one.Since >= CutOff) await turn.OfAsync(() => graduate.RunAsync(one.Project, null, hand, Actor.Portal, cancel));
    }

    private static string Shown(GraduationOrder order) => JsonSerializer.Serialize(new { mostOpen = order.MostOpen });
}
