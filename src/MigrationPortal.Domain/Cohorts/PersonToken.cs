using System.Diagnostics;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>
/// A person's GitLab access token, of scope <c>api</c> for what changes something, on its way to GitLab. Shows nothing of itself in logs, records and
/// debuggers, and has no property that a serializer could write.
/// </summary>
[DebuggerDisplay("a person's token")]
public sealed class PersonToken
{
    private readonly string _value;

    /// <exception cref="ArgumentException">Nothing is given.</exception>
    public PersonToken(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        _value = value;
    }

    /// <summary>For the request's header, and nothing else.</summary>
    public string Reveal() => _value;

    public override string ToString() => "a person's token";
}
