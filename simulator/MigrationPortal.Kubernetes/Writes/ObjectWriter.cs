using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Creates, changes and applies: the way of every object into the store.</summary>
internal sealed class ObjectWriter(ObjectStore store, Admission admission, Commits commits, TimeProvider time)
{
    public StoredObject Create(WriteOptions options, JsonObject body)
    {
        Decoding.Decode(body, options);
        var metadata = body.Ensure("metadata");
        if (metadata.Text("resourceVersion") is { Length: > 0 })
        {
            throw StatusException.BadRequest("resourceVersion should not be set on objects to be created");
        }

        lock (store.Gate)
        {
            var named = options with { Name = NameOf(metadata, options) };
            metadata["name"] = named.Name;
            var entries = body.Map("metadata")!.ContainsKey("managedFields") ? ManagedEntry.Of(body) : [];
            return Add(named, body, item => Updated(named, ZeroObject.Of(named.Kind), item, entries));
        }
    }

    /// <summary>Lets <paramref name="change"/> make the next state of the live object.</summary>
    public StoredObject Change(WriteOptions options, Func<JsonObject, JsonObject> change, bool patched)
    {
        lock (store.Gate)
        {
            var stored = store.Of(options.Kind).Find(options.Key) ?? throw StatusException.NotFound(options.Kind, options.Name);
            var live = LiveOf(stored, options.Kind);
            var next = change(live.DeepClone().AsObject());
            Decoding.Decode(next, options, patched);
            CheckIdentity(options, live, next);
            var entries = next.At("metadata", "managedFields") is JsonArray { Count: > 0 } ? ManagedEntry.Of(next) : ManagedEntry.Of(live);
            next = WriteParts.Keep(options, live, next);
            return Replace(options, stored, live, next, item => Updated(options, live, item, entries));
        }
    }

    public (StoredObject Item, bool Created) Apply(WriteOptions options, JsonObject applied, bool force)
    {
        CheckApplied(options, applied);
        lock (store.Gate)
        {
            var stored = store.Of(options.Kind).Find(options.Key);
            if (stored is null && options.Subresource.Length > 0)
            {
                throw StatusException.NotFound(options.Kind, options.Name);
            }

            if (stored is null)
            {
                admission.CheckMayCreate(options);
            }

            var live = stored is null ? new JsonObject { ["metadata"] = new JsonObject() } : LiveOf(stored, options.Kind);
            CheckIdentity(options, live, applied);
            var claimed = WriteParts.Claimed(options, applied);
            try
            {
                var (item, entries) = new Ownership(options.Kind.Type, Now).Apply(
                    live, claimed, options.ManagerOf(applies: true), force, options.OfStatus);
                var quiet = options with { FieldValidation = "Ignore" };
                Decoding.Decode(item, quiet);
                return stored is null
                    ? (Add(options, item, _ => entries), true)
                    : (Replace(options, stored, live, WriteParts.Keep(options, live, item), _ => entries), false);
            }
            catch (FieldConflictException conflict)
            {
                throw StatusException.Conflicts(conflict.Conflicts);
            }
        }
    }

    private StoredObject Add(WriteOptions options, JsonObject item, Func<JsonObject, IReadOnlyList<ManagedEntry>> own)
    {
        WriteParts.Begin(options, item, Now);
        Defaults.Apply(options.Kind, item);
        admission.Admit(options, null, item);
        var entries = own(item);
        ObjectRules.Check(options.Kind, null, item);
        if (store.Of(options.Kind).Find(options.Key) is not null)
        {
            throw StatusException.AlreadyExists(options.Kind, options.Name);
        }

        ManagedEntry.Put(item, entries);
        return commits.Create(options, item);
    }

    private StoredObject Replace(
        WriteOptions options, StoredObject stored, JsonObject live, JsonObject next, Func<JsonObject, IReadOnlyList<ManagedEntry>> own)
    {
        Defaults.Apply(options.Kind, next);
        admission.Admit(options, live, next);
        var entries = own(next);
        ObjectRules.Check(options.Kind, live, next);
        ManagedEntry.Put(next, entries);
        return commits.Update(options, stored, live, next);
    }

    // Items without their key cannot be told apart: who owns them stays unsaid, and the rules of the kind refuse them next.
    private IReadOnlyList<ManagedEntry> Updated(WriteOptions options, JsonObject before, JsonObject after, IReadOnlyList<ManagedEntry> entries)
    {
        try
        {
            return new Ownership(options.Kind.Type, Now).Update(before, after, entries, options.ManagerOf(applies: false), options.OfStatus);
        }
        catch (FieldTypeException)
        {
            return entries;
        }
    }

    private static void CheckApplied(WriteOptions options, JsonObject applied)
    {
        if (applied.Text("apiVersion") is not { } version || applied.Text("kind") is not { } kind)
        {
            throw StatusException.BadRequest("error decoding patch: Object 'Kind' is missing");
        }

        if (version != options.Kind.ApiVersion || kind != options.Kind.Kind)
        {
            throw StatusException.BadRequest($"invalid object type: {version}, Kind={kind}");
        }

        if (applied.Map("metadata") is { } metadata && metadata["managedFields"] is not null)
        {
            throw StatusException.BadRequest("metadata.managedFields must be nil");
        }

        var target = applied.Ensure("metadata");
        if (target.Text("name") is { } name && name != options.Name)
        {
            throw StatusException.BadRequest($"the name of the object ({name}) does not match the name on the URL ({options.Name})");
        }

        target["name"] = options.Name;
        if (TypedCheck.Problems(applied, options.Kind.Type) is { Count: > 0 } problems)
        {
            var all = problems.Count == 1 ? problems[0] : "errors:" + string.Concat(problems.Select(one => $"\n  {one}"));
            throw new StatusException(500, "",
                $"failed to create typed patch object ({options.Namespace}/{options.Name}; {version}, Kind={kind}): {all}");
        }
    }

    private static void CheckIdentity(WriteOptions options, JsonObject live, JsonObject next)
    {
        if (next.Text("metadata", "name") is { } name && name != options.Name)
        {
            throw StatusException.BadRequest($"the name of the object ({name}) does not match the name on the URL ({options.Name})");
        }

        if (next.Text("metadata", "resourceVersion") is { Length: > 0 } asked && asked != live.Text("metadata", "resourceVersion"))
        {
            throw StatusException.Stale(options.Kind, options.Name);
        }

        if (next.Text("metadata", "uid") is { Length: > 0 } uid && uid != live.Text("metadata", "uid"))
        {
            throw StatusException.Conflict(options.Kind, options.Name,
                $"Precondition failed: UID in precondition: {uid}, UID in object meta: {live.Text("metadata", "uid")}");
        }
    }

    private static string NameOf(JsonObject metadata, WriteOptions options)
    {
        if (metadata.Text("name") is { Length: > 0 } name)
        {
            return name;
        }

        return metadata.Text("generateName") is { Length: > 0 } prefix
            ? string.Concat(prefix.AsSpan(0, Math.Min(prefix.Length, 58)), Random.Shared.GetString("bcdfghjklmnpqrstvwxz2456789", 5))
            : throw StatusException.Invalid(options.Kind, "", [FieldProblem.Required("metadata.name", "name or generateName is required")]);
    }

    private string Now => Times.Of(time.GetUtcNow());

    private static JsonObject LiveOf(StoredObject stored, ResourceKind kind)
    {
        var live = stored.Read();
        live["apiVersion"] = kind.ApiVersion;
        return live;
    }
}
