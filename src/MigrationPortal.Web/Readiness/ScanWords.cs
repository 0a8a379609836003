using MigrationPortal.Domain.Readiness;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <summary>What became of reading a CI file, in words.</summary>
public static class ScanWords
{
    public static VerdictKind Kind(ScanState state) => state switch
    {
        ScanState.Read => VerdictKind.Pass,
        ScanState.Invalid => VerdictKind.Fail,
        ScanState.NoFile => VerdictKind.Wait,
        _ => VerdictKind.Unknown,
    };

    public static string Word(ScanState state) => state switch
    {
        ScanState.Read => "looked at",
        ScanState.Invalid => "invalid file",
        ScanState.NoFile => "no CI file",
        _ => "may not be read",
    };

    public static string Title(ScanState state) => state switch
    {
        ScanState.Invalid => "GitLab cannot read this CI file",
        ScanState.NoFile => "This project has no CI file",
        _ => "The portal may not read this CI file",
    };

    /// <summary>What to do where GitLab gave no words of its own.</summary>
    public static string Text(ScanState state) => state switch
    {
        ScanState.Invalid => "Its pipelines do not start before it is mended, on docker as little as on Kubernetes.",
        ScanState.NoFile => "Nothing of it runs as a job, so there is nothing to change.",
        _ => "The portal's token needs at least the scope read_api and the rights of an administrator.",
    };
}
