using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Audit;

/// <summary>Who did what to which object, why, with the state before and after as JSON. Append only; ids, no names, no secrets.</summary>
/// <param name="What">Stable verb, such as <c>plan.apply</c> or <c>runner.role</c>.</param>
/// <param name="Subject">The object, such as <c>operation/12</c>.</param>
public sealed record AuditEntry(
    DateTimeOffset At,
    InstanceId? Instance,
    Actor Who,
    string What,
    string Subject,
    string? Why,
    string? Before,
    string? After);
