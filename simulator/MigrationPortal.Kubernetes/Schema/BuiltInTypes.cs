using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;
using k8s.Models;

namespace MigrationPortal.Kubernetes;

/// <summary>The types of the built-in kinds, read from the client package's models: each field it knows, and no other.</summary>
internal static class BuiltInTypes
{
    private static readonly ConcurrentDictionary<Type, FieldType> Known = new();

    public static FieldType Metadata { get; } = Of(typeof(V1ObjectMeta));

    public static FieldType Of(Type model) => Known.GetOrAdd(model, Build);

    private static FieldType Build(Type model)
    {
        var type = Nullable.GetUnderlyingType(model) ?? model;
        if (Scalar(type) is { } scalar)
        {
            return scalar;
        }

        if (type == typeof(object) || type == typeof(V1JSONSchemaProps))
        {
            return OpenType.Instance;
        }

        if (type.IsGenericType && type.GetGenericArguments() is [_, var values])
        {
            return new MapType(Of(values));
        }

        return type.IsGenericType
            ? new ListType(Of(type.GetGenericArguments()[0]), ListForm.Atomic)
            : new StructType(GoName(type), () => FieldsOf(type), MergeKeys.IsAtomic(type));
    }

    private static Dictionary<string, FieldType> FieldsOf(Type model)
    {
        var fields = new Dictionary<string, FieldType>(StringComparer.Ordinal);
        foreach (var property in model.GetProperties())
        {
            if (property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name is { } name)
            {
                fields[name] = MergeKeys.Shape(model, name, Of(property.PropertyType));
            }
        }

        return fields;
    }

    private static ScalarType? Scalar(Type type) => type switch
    {
        _ when type == typeof(string) => new ScalarType(ScalarForm.Text, "string"),
        _ when type == typeof(bool) => new ScalarType(ScalarForm.Flag, "bool"),
        _ when type == typeof(int) => new ScalarType(ScalarForm.Integer, "int32"),
        _ when type == typeof(long) => new ScalarType(ScalarForm.Integer, "int64"),
        _ when type == typeof(double) => new ScalarType(ScalarForm.Number, "float64"),
        _ when type == typeof(DateTime) || type == typeof(DateTimeOffset) => new ScalarType(ScalarForm.Text, "v1.Time"),
        _ when type == typeof(byte[]) => new ScalarType(ScalarForm.Bytes, "[]uint8"),
        _ when type == typeof(ResourceQuantity) => new ScalarType(ScalarForm.TextOrNumber, "resource.Quantity"),
        _ when type == typeof(IntOrString) => new ScalarType(ScalarForm.TextOrNumber, "intstr.IntOrString"),
        _ => null,
    };

    private static string GoName(Type type) => type.Name switch
    {
        var name when name.StartsWith("V1", StringComparison.Ordinal) => name[2..],
        var name when name.Contains("v1", StringComparison.Ordinal) => name[(name.IndexOf("v1", StringComparison.Ordinal) + 2)..],
        var name => name,
    };
}
