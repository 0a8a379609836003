namespace MigrationPortal.Kubernetes;

/// <summary>What a field may hold and how two writers of it are told apart: the subset of a structural schema that field
/// ownership, pruning and strict decoding need.</summary>
internal abstract class FieldType
{
    /// <summary>Owned as a whole: who writes any part of it owns it all.</summary>
    public virtual bool Atomic => false;

    /// <summary>The type of this member; null when the schema does not declare it.</summary>
    public virtual FieldType? Member(string name) => null;

    /// <summary>Declared by name, not merely allowed as a key of a map.</summary>
    public virtual bool Declares(string name) => false;
}

internal enum ScalarForm
{
    Text,
    Integer,
    Number,
    Flag,

    /// <summary>Base64 of bytes.</summary>
    Bytes,

    /// <summary>A text or a number, as quantities and ports are.</summary>
    TextOrNumber,
}

internal sealed class ScalarType(ScalarForm form, string goName) : FieldType
{
    public ScalarForm Form => form;

    /// <summary>As the server's decoding errors name it, such as <c>int32</c>.</summary>
    public string GoName => goName;
}

/// <summary>No schema below: members are owned one by one, lists as a whole.</summary>
internal sealed class OpenType : FieldType
{
    public static readonly OpenType Instance = new();

    public override FieldType Member(string name) => this;
}

internal sealed class MapType(FieldType values, bool atomic = false) : FieldType
{
    public FieldType Values => values;

    public override bool Atomic => atomic;

    public override FieldType Member(string name) => values;
}

/// <param name="fields">Asked for once, when first needed: types may contain themselves.</param>
/// <param name="open">Undeclared fields are kept.</param>
internal sealed class StructType(string name, Func<IReadOnlyDictionary<string, FieldType>> fields, bool atomic = false, bool open = false) : FieldType
{
    private readonly Lazy<IReadOnlyDictionary<string, FieldType>> members = new(fields);

    public string Name => name;

    public bool Open => open;

    public IReadOnlyDictionary<string, FieldType> Fields => members.Value;

    public override bool Atomic => atomic;

    public override FieldType? Member(string field) => members.Value.GetValueOrDefault(field) ?? (open ? OpenType.Instance : null);

    public override bool Declares(string field) => members.Value.ContainsKey(field);
}

internal enum ListForm
{
    Atomic,
    Set,
    Map,
}

/// <param name="keys">Of a list that is a map: the fields that name an item.</param>
internal sealed class ListType(FieldType items, ListForm form, params string[] keys) : FieldType
{
    public FieldType Items => items;

    public ListForm Form => form;

    public IReadOnlyList<string> Keys => keys;

    public override bool Atomic => form == ListForm.Atomic;
}
