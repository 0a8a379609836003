using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>What stands between a well-formed object and the store. Holds up callers, not the cluster itself.</summary>
internal sealed class Admission(ObjectStore store, Authorizer authorizer)
{
    /// <param name="before">Null: it is created.</param>
    /// <exception cref="StatusException">Refused.</exception>
    public void Admit(WriteOptions options, JsonObject? before, JsonObject item)
    {
        var labels = options.Kind.Namespaced ? CheckNamespace(options, before is null) : [];
        if (options.Caller is null || options.Subresource.Length > 0)
        {
            return;
        }

        var isPod = options.Kind is { Kind: "Pod", Group: "" };
        if (isPod && before is null)
        {
            PodAdmission.Complete(store, options, item);
            LimitRanger.Admit(store, options, item);
        }

        if (options.Kind.Group == "rbac.authorization.k8s.io")
        {
            Escalation.Check(authorizer, options, item);
        }

        if (isPod || options.Kind.Kind is "Deployment" or "ReplicaSet")
        {
            PodSecurity.Check(options, labels, item);
        }

        if (before is null && options.Kind.Namespaced)
        {
            Quotas.Admit(store, options, item);
        }
    }

    /// <summary>An apply that finds nothing creates, and that must be allowed as well.</summary>
    /// <exception cref="StatusException">403.</exception>
    public void CheckMayCreate(WriteOptions options)
    {
        var question = new AccessQuestion("create", options.Kind.Group, options.Kind.Plural, options.Namespace, options.Name);
        if (options.Caller is { } caller && !caller.Groups.Contains("system:masters") && !authorizer.Allows(caller, question))
        {
            throw StatusException.Forbidden(options.Kind, options.Name, question.Shown(caller));
        }
    }

    private Dictionary<string, string> CheckNamespace(WriteOptions options, bool creates)
    {
        var namespaces = KindTable.BuiltInOf("namespaces");
        if (store.Of(namespaces).Find(options.Namespace!) is not { } space)
        {
            return creates ? throw StatusException.NotFound(namespaces, options.Namespace!) : [];
        }

        if (creates && options.Caller is not null && space.Fields[0] == "Terminating")
        {
            throw StatusException.Forbidden(options.Kind, options.Name,
                $"unable to create new content in namespace {options.Namespace} because it is being terminated");
        }

        return space.Labels.ToDictionary(StringComparer.Ordinal);
    }
}
