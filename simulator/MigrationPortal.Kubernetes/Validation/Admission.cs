using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>What stands between a well-formed object and the store.</summary>
internal sealed class Admission(ObjectStore store)
{
    /// <param name="before">Null: it is created.</param>
    public void Admit(WriteOptions options, JsonObject? before, JsonObject item)
    {
        if (before is null && options.Kind.Namespaced)
        {
            CheckNamespace(options);
        }

        _ = item;
    }

    private void CheckNamespace(WriteOptions options)
    {
        var namespaces = KindTable.BuiltInOf("namespaces");
        var space = store.Of(namespaces).Find(options.Namespace!) ?? throw StatusException.NotFound(namespaces, options.Namespace!);
        if (options.Caller is not null && space.Fields[0] == "Terminating")
        {
            throw StatusException.Forbidden(options.Kind, options.Name,
                $"unable to create new content in namespace {options.Namespace} because it is being terminated");
        }
    }
}
