namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>A text, a number, a truth value or a date of a <c>config.toml</c>.</summary>
/// <param name="value">A <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or <see cref="ConfigDate"/>.</param>
public sealed class ConfigScalar(object value) : ConfigNode
{
    public object Value { get; } = value is string or long or double or bool or ConfigDate
        ? value
        : throw new ArgumentException($"A config.toml holds no {value.GetType().Name}.", nameof(value));

    public override string TypeName => Value switch
    {
        string => "string",
        long => "integer",
        double => "float",
        bool => "boolean",
        _ => "datetime",
    };

    public override ConfigNode Copy() => new ConfigScalar(Value) { Line = Line, Comment = Comment };

    public override string ToString() => TomlText.Of(this);
}

/// <summary>A date of a <c>config.toml</c>, kept as it was written.</summary>
public sealed record ConfigDate(string Text);
