namespace MigrationPortal.Domain.RunnerConfig.Model;

/// <summary>A key that is not its property's name in small letters with underscores, such as <c>ServerAddress</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConfigNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>The keys of the record stand in the same table, each with <paramref name="prefix"/> before it: <c>service_cpu_limit</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConfigPartAttribute(string prefix = "") : Attribute
{
    public string Prefix { get; } = prefix;
}
