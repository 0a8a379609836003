namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>
/// The promise over a stretch of a story: every job class that was served at its beginning and is served at its end has
/// not been unserved for a second in between; nor has a class that appeared in it and is served at its end.
/// </summary>
internal sealed class ServiceWatch
{
    private readonly SimulatorControl _control;
    private readonly Dictionary<string, TrueClass> _before;

    private ServiceWatch(SimulatorControl control, IEnumerable<TrueClass> before) =>
        (_control, _before) = (control, before.ToDictionary(one => one.Key));

    public static async Task<ServiceWatch> BeginAsync(SimulatorControl control) => new(control, await control.ClassesAsync());

    /// <returns>How many classes the promise was kept for.</returns>
    public async Task<int> EndAsync(string stretch)
    {
        var promised = (await _control.ClassesAsync()).Where(one => one.ServedNow && (!_before.TryGetValue(one.Key, out var then) || then.ServedNow)).ToList();
        foreach (var one in promised)
        {
            one.UnservedSeconds.ShouldBe(_before.GetValueOrDefault(one.Key)?.UnservedSeconds ?? 0, $"{stretch}: {one.Key}");
        }

        return promised.Count;
    }
}
