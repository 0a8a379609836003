namespace MigrationPortal.Domain.Insights;

/// <summary>A cell whose stratum, day and project are told by their places.</summary>
internal readonly record struct ComparisonRow(int Stratum, int Day, int Project, Stratum Counts)
{
    public const int NoProject = -1;
}

/// <summary>Numbers values from 0 on in the order in which they come.</summary>
internal sealed class Places<T> where T : notnull
{
    private readonly Dictionary<T, int> _places = [];
    private readonly List<T> _values = [];
    private int _last;

    public IReadOnlyList<T> Values => _values;

    public int Of(T value)
    {
        // Mostly it is the last one again, or comes after it as it did before.
        if (_last < _values.Count && EqualityComparer<T>.Default.Equals(_values[_last], value)) return _last;
        var next = _last + 1 < _values.Count ? _last + 1 : 0;
        if (next < _values.Count && EqualityComparer<T>.Default.Equals(_values[next], value)) return _last = next;
        if (_places.TryGetValue(value, out var place)) return _last = place;
        _places[value] = _last = _values.Count;
        _values.Add(value);
        return _last;
    }
}
