namespace MigrationPortal.Kubernetes;

/// <summary>A field selector as query parameter: <c>a=b</c> and <c>a!=b</c> on the fields that the kind offers.</summary>
internal sealed class FieldSelector
{
    private readonly IReadOnlyList<Func<StoredObject, bool>> terms;

    private FieldSelector(IReadOnlyList<Func<StoredObject, bool>> terms) => this.terms = terms;

    public bool IsEmpty => terms.Count == 0;

    public bool Matches(StoredObject item) => terms.All(term => term(item));

    /// <exception cref="StatusException">400: it cannot be read, or names a field that cannot be selected by.</exception>
    public static FieldSelector Parse(string? text, ResourceKind kind) =>
        new([.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(term => Term(term, kind))]);

    private static Func<StoredObject, bool> Term(string text, ResourceKind kind)
    {
        var not = text.Contains("!=", StringComparison.Ordinal);
        var parts = text.Split(not ? "!=" : text.Contains("==", StringComparison.Ordinal) ? "==" : "=", 2);
        if (parts is not [var field, var value])
        {
            throw StatusException.BadRequest($"invalid selector: '{text}'; can't understand '{text}'");
        }

        var read = Reader(field, kind);
        return item => read(item) == value != not;
    }

    private static Func<StoredObject, string> Reader(string field, ResourceKind kind)
    {
        var kept = kind.View is null ? field : EventView.Kept(field);
        var index = SelectableFields.Of(kind).ToList().IndexOf(kept);
        return field switch
        {
            "metadata.name" => item => item.Name,
            "metadata.namespace" => item => item.Namespace ?? "",
            _ when index >= 0 => item => item.Fields[index],
            _ => throw StatusException.BadRequest($"field label not supported: {field}"),
        };
    }
}
