using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MigrationPortal.Kubernetes;

/// <summary>What names, label keys and label values may look like, in the server's words.</summary>
internal static partial class NameRules
{
    private const string Subdomain =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric "
        + @"character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string Label =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric "
        + "character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private const string ServiceName =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric "
        + "character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    private const string KeyName =
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private const string LabelValue =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
        + "character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    private const string ConfigKey =
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', "
        + "regex used for validation is '[-._a-zA-Z0-9]+')";

    public static IEnumerable<FieldProblem> OfMetadata(ResourceKind kind, JsonObject item)
    {
        var name = item.Text("metadata", "name") ?? "";
        var problem = kind.Kind switch
        {
            "Role" or "ClusterRole" or "RoleBinding" or "ClusterRoleBinding" => PathSegment(name),
            "Namespace" => OfLabel(name),
            "Service" => name.Length > 63 ? TooLong(63) : ServiceForm().IsMatch(name) ? null : ServiceName,
            _ => OfSubdomain(name),
        };
        if (problem is not null)
        {
            yield return FieldProblem.Invalid("metadata.name", name, problem);
        }

        foreach (var one in OfLabels(item.Map("metadata", "labels"), "metadata.labels"))
        {
            yield return one;
        }

        foreach (var (key, _) in item.Map("metadata", "annotations") ?? [])
        {
            if (OfKey(key.ToLowerInvariant()) is { } wrong)
            {
                yield return FieldProblem.Invalid("metadata.annotations", key, wrong);
            }
        }
    }

    public static IEnumerable<FieldProblem> OfLabels(JsonObject? labels, string field)
    {
        foreach (var (key, value) in labels ?? [])
        {
            if (OfKey(key) is { } wrong)
            {
                yield return FieldProblem.Invalid(field, key, wrong);
            }

            if (OfValue(value?.ToString() ?? "") is { } problem)
            {
                yield return FieldProblem.Invalid(field, value?.DeepClone(), problem);
            }
        }
    }

    public static IEnumerable<FieldProblem> OfConfigKeys(JsonObject? data, string field) =>
        (data ?? []).Where(one => !ConfigForm().IsMatch(one.Key) || one.Key.Length > 253)
            .Select(one => FieldProblem.Invalid($"{field}[{one.Key}]", one.Key, ConfigKey));

    public static string? OfLabel(string name) => name.Length > 63 ? TooLong(63) : LabelForm().IsMatch(name) ? null : Label;

    public static string? OfSubdomain(string name) => name.Length > 253 ? TooLong(253) : SubdomainForm().IsMatch(name) ? null : Subdomain;

    private static string? OfKey(string key)
    {
        var parts = key.Split('/');
        if (parts.Length > 2)
        {
            return "a valid label key must consist of a name part and at most one prefix part";
        }

        if (parts.Length == 2 && OfSubdomain(parts[0]) is { } prefix)
        {
            return $"prefix part {prefix}";
        }

        return parts[^1].Length > 63 ? $"name part {TooLong(63)}" : KeyForm().IsMatch(parts[^1]) ? null : KeyName;
    }

    private static string? OfValue(string value) => value.Length > 63 ? TooLong(63) : value.Length == 0 || KeyForm().IsMatch(value) ? null : LabelValue;

    private static string? PathSegment(string name) => name switch
    {
        "." or ".." => $"may not be '{name}'",
        _ when name.Contains('/', StringComparison.Ordinal) => "may not contain '/'",
        _ when name.Contains('%', StringComparison.Ordinal) => "may not contain '%'",
        _ => null,
    };

    private static string TooLong(int limit) => $"must be no more than {limit} bytes";

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
    private static partial Regex SubdomainForm();

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    private static partial Regex LabelForm();

    [GeneratedRegex("^[a-z]([-a-z0-9]*[a-z0-9])?$")]
    private static partial Regex ServiceForm();

    [GeneratedRegex("^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$")]
    private static partial Regex KeyForm();

    [GeneratedRegex("^[-._a-zA-Z0-9]+$")]
    private static partial Regex ConfigForm();
}
