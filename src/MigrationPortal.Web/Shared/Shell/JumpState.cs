namespace MigrationPortal.Web.Shared;

/// <summary>Whether the jump box or the list of shortcuts is open in one circuit.</summary>
public sealed class JumpState
{
    public event Action? Changed;

    public bool IsOpen { get; private set; }

    public bool AreKeysOpen { get; private set; }

    public void Open() => Set(open: true, keys: false);

    public void OpenKeys() => Set(open: false, keys: true);

    public void Close() => Set(open: false, keys: false);

    private void Set(bool open, bool keys)
    {
        (IsOpen, AreKeysOpen) = (open, keys);
        Changed?.Invoke();
    }
}
