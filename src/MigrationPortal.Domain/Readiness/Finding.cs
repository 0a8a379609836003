namespace MigrationPortal.Domain.Readiness;

/// <summary>One reason why a job will not run on Kubernetes as it does on docker.</summary>
/// <param name="Rule"><c>R01</c> to <c>R45</c> of the facts sheet; <c>syntax</c>, <c>limit</c>, <c>extends</c> or <c>reference</c> where the file itself cannot be read.</param>
/// <param name="Job">Null: the whole file.</param>
/// <param name="Line">From 1; 0 when no single line is at fault.</param>
/// <param name="Message">Why it fails there, in one sentence.</param>
/// <param name="Remedy">What to do, where it can be as lines to paste.</param>
/// <param name="Link">Where it is documented; null for a file that cannot be read.</param>
public sealed record Finding(string Rule, Severity Severity, string? Job, int Line, string Message, string Remedy, string? Link);
