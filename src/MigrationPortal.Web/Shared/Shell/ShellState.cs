namespace MigrationPortal.Web.Shared;

/// <summary>The frame's facts of one circuit, and who redraws when they change.</summary>
public sealed class ShellState
{
    public event Action? Changed;

    public ShellFacts Facts { get; private set; } = ShellFacts.None;

    public void Show(ShellFacts facts)
    {
        Facts = facts;
        Changed?.Invoke();
    }
}
