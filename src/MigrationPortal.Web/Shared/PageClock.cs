namespace MigrationPortal.Web.Shared;

/// <summary>
/// The time that pages show and count ages from: the instance's world time, which in the demo is not real time.
/// One for each circuit. Real time until <see cref="Follow"/> is called.
/// </summary>
public sealed class PageClock(TimeProvider real)
{
    private Func<DateTimeOffset> now = real.GetUtcNow;

    /// <summary>Raised every few seconds of real time, and when the clock or the zone changes.</summary>
    public event Action? Ticked;

    public DateTimeOffset Now => now();

    /// <summary>The world clock is not real time: the header says so.</summary>
    public bool IsDemo { get; private set; }

    /// <summary>How far the reader's own time is from UTC. Zero for administrators, who read UTC.</summary>
    public TimeSpan Offset { get; private set; }

    /// <summary><c>UTC</c>, or <c>your time</c> on the pages of maintainers.</summary>
    public string ZoneWord { get; private set; } = "UTC";

    public void Follow(Func<DateTimeOffset> worldNow, bool isDemo)
    {
        now = worldNow;
        IsDemo = isDemo;
        Tick();
    }

    public void ShowYourTime(TimeSpan offset) => ShowZone(offset, "your time");

    public void ShowUtc() => ShowZone(TimeSpan.Zero, "UTC");

    public void Tick() => Ticked?.Invoke();

    private void ShowZone(TimeSpan offset, string word)
    {
        (Offset, ZoneWord) = (offset, word);
        Tick();
    }
}
