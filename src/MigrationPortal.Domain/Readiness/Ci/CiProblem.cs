namespace MigrationPortal.Domain.Readiness.Ci;

/// <summary>Why a CI file could not be read, or not wholly.</summary>
/// <param name="Code"><c>syntax</c>, <c>limit</c>, <c>extends</c> or <c>reference</c>.</param>
/// <param name="Line">From 1; 0 when no single line is at fault.</param>
/// <param name="Job">The job it was found in; null for the file.</param>
/// <param name="Stops">Nothing else of the file was read.</param>
public sealed record CiProblem(string Code, int Line, string? Job, string Message, string Remedy, bool Stops)
{
    public const string Syntax = "syntax";
    public const string Limit = "limit";
    public const string Extends = "extends";
    public const string Reference = "reference";
}
