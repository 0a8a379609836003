using System.Globalization;
using Npgsql;

namespace MigrationPortal.Infrastructure.Store;

/// <summary>Conditions of a query with their values, numbered as they come; texts are ours, values are parameters.</summary>
internal sealed class SqlWhere
{
    private readonly List<string> _conditions = [];
    private readonly List<object> _values = [];

    /// <param name="condition">With <c>{0}</c> where the value goes.</param>
    public SqlWhere And(string condition, object value)
    {
        _conditions.Add(string.Format(CultureInfo.InvariantCulture, condition, Value(value)));
        return this;
    }

    public SqlWhere And(string condition)
    {
        _conditions.Add(condition);
        return this;
    }

    /// <summary>A parameter outside of the conditions.</summary>
    public string Value(object value)
    {
        _values.Add(value is DateTimeOffset at ? at.ToUniversalTime() : value);
        return $"${_values.Count}";
    }

    public void Fill(NpgsqlParameterCollection parameters)
    {
        foreach (var value in _values) parameters.AddWithValue(value);
    }

    public override string ToString() => _conditions.Count == 0 ? "true" : string.Join(" AND ", _conditions);
}
