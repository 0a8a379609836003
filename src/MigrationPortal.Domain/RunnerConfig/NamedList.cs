namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>Values by name in the order in which they were added; finding, setting and taking away cost the same however many there are.</summary>
/// <param name="ignoresCase">A name that is not there as it is written is found in another case.</param>
internal sealed class NamedList<T>(bool ignoresCase) where T : class
{
    private readonly List<KeyValuePair<string, T>> _entries = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private Dictionary<string, int>? _anyCase;
    private int _gone;

    /// <summary>Those that are there.</summary>
    public IReadOnlyList<KeyValuePair<string, T>> Entries
    {
        get
        {
            if (_gone > 0) Close();
            return _entries;
        }
    }

    public int Count => _entries.Count - _gone;

    public T? Find(string name) => PlaceOf(name) is >= 0 and var place ? _entries[place].Value : null;

    public T? FindExact(string name) => _places.TryGetValue(name, out var place) ? _entries[place].Value : null;

    /// <summary>Sets what <see cref="Find"/> finds, else adds it.</summary>
    public void Set(string name, T value)
    {
        if (PlaceOf(name) is >= 0 and var place) _entries[place] = new(_entries[place].Key, value);
        else Add(name, value);
    }

    /// <summary>Adds it behind the others; of two with one name the first is found.</summary>
    public void Add(string name, T value)
    {
        var place = _entries.Count;
        _entries.Add(new(name, value));
        _places.TryAdd(name, place);
        _anyCase?.TryAdd(name, place);
    }

    /// <returns>False when nothing has exactly this name.</returns>
    public bool Remove(string name)
    {
        if (!_places.Remove(name, out var place)) return false;
        _entries[place] = default;
        _gone++;
        _anyCase = null;
        return true;
    }

    /// <summary>The name under which <see cref="Find"/> finds something; null: it finds nothing.</summary>
    public string? NameOf(string name) => PlaceOf(name) is >= 0 and var place ? _entries[place].Key : null;

    private int PlaceOf(string name)
    {
        if (_places.TryGetValue(name, out var place)) return place;
        if (!ignoresCase) return -1;
        if (_anyCase is null)
        {
            if (_gone > 0) Close();
            _anyCase = new(_entries.Count, StringComparer.OrdinalIgnoreCase);
            for (var at = 0; at < _entries.Count; at++) _anyCase.TryAdd(_entries[at].Key, at);
        }

        return _anyCase.GetValueOrDefault(name, -1);
    }

    private void Close()
    {
        _entries.RemoveAll(entry => entry.Value is null);
        _gone = 0;
        _anyCase = null;
        _places.Clear();
        for (var at = 0; at < _entries.Count; at++) _places.TryAdd(_entries[at].Key, at);
    }
}
