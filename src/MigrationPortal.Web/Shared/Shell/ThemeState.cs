namespace MigrationPortal.Web.Shared;

/// <summary>Light or dark in one circuit. The browser decides before the first paint; this follows it.</summary>
public sealed class ThemeState
{
    public event Action? Changed;

    public bool IsDark { get; private set; }

    public void Show(bool isDark)
    {
        if (IsDark == isDark)
            return;
        IsDark = isDark;
        Changed?.Invoke();
    }
}
