namespace MigrationPortal.Kubernetes;

/// <summary>What is to be written where, and by whom.</summary>
/// <param name="Manager">Whose fields the write makes.</param>
/// <param name="FieldValidation"><c>Strict</c>, <c>Warn</c> or <c>Ignore</c>.</param>
/// <param name="Caller">Null: the cluster itself, which no admission holds up.</param>
/// <param name="Warn">Hears what the caller should know though the write is done.</param>
internal sealed record WriteOptions(
    ResourceKind Kind, string? Namespace, string Name, string Subresource, string Manager, bool DryRun, string FieldValidation,
    Caller? Caller, Action<string> Warn)
{
    public bool OfStatus => Subresource == "status";

    public string Key => StoredObject.KeyOf(Kind.Namespaced ? Namespace : null, Name);

    public FieldManager ManagerOf(bool applies) => new(Manager, applies, Kind.ApiVersion, Subresource);

    public static WriteOptions Of(ApiRequest call)
    {
        var validation = call.Query("fieldValidation") ?? "Warn";
        return new(call.Kind, call.Namespace, call.Name, call.Subresource, call.FieldManager, call.DryRun, validation, call.Caller, call.Warn);
    }

    public static WriteOptions Own(ResourceKind kind, string? space, string name, string manager, string subresource = "") =>
        new(kind, kind.Namespaced ? space ?? "default" : null, name, subresource, manager, false, "Strict", null, _ => { });
}
