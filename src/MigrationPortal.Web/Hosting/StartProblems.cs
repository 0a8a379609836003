namespace MigrationPortal.Web.Hosting;

/// <summary>The start is refused: wrong settings are all listed at once, and nothing runs half.</summary>
public sealed class StartRefusedException : Exception
{
    public StartRefusedException()
    {
    }

    public StartRefusedException(string message) : base(message)
    {
    }

    public StartRefusedException(string message, Exception inner) : base(message, inner)
    {
    }

    public StartRefusedException(IReadOnlyList<string> problems)
        : base($"MigrationPortal cannot start, {problems?.Count} setting(s) need attention:{Environment.NewLine}{string.Join(Environment.NewLine, (problems ?? []).Select(one => $"  - {one}"))}") =>
        Problems = problems ?? [];

    public IReadOnlyList<string> Problems { get; } = [];
}
