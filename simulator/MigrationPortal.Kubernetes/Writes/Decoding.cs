using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>A body made an object of its kind: right kind and place, nothing its type does not know.</summary>
internal static class Decoding
{
    public static void Decode(JsonObject item, WriteOptions options, bool patched = false)
    {
        var kind = options.Kind;
        if (item.Text("kind") is not { } named || item.Text("apiVersion") is not { } version)
        {
            if (!patched && kind.IsCustom)
            {
                throw StatusException.BadRequest($"the object provided is unrecognized (must be of type {kind.Kind}): couldn't get version/kind");
            }

            (named, version) = (kind.Kind, kind.ApiVersion);
        }

        if (named != kind.Kind || version != kind.ApiVersion)
        {
            throw StatusException.BadRequest(
                $"the object provided is unrecognized (must be of type {kind.Kind}): {version}, Kind={named} is not {kind.ApiVersion}, Kind={kind.Kind}");
        }

        (item["kind"], item["apiVersion"]) = (kind.Kind, kind.ApiVersion);
        CheckFields(item, options);
        CheckPlace(item, options);
    }

    private static void CheckFields(JsonObject item, WriteOptions options)
    {
        var kind = options.Kind;
        if (!kind.IsCustom)
        {
            DropNulls(item);
            if (Pruning.Misfit(item, kind.Type, kind.Kind, "") is { } misfit)
            {
                throw StatusException.BadRequest($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: {misfit}");
            }

            Quantities.MakeCanonical(item, kind.Type);
        }

        var unknown = Pruning.Prune(item, kind.Type);
        if (unknown.Count > 0 && options.FieldValidation == "Strict")
        {
            throw StatusException.BadRequest(
                $"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: strict decoding error: "
                + string.Join(", ", unknown.Select(one => $"unknown field \"{one}\"")));
        }

        if (options.FieldValidation == "Warn")
        {
            foreach (var one in unknown)
            {
                options.Warn($"unknown field \"{one}\"");
            }
        }
    }

    private static void CheckPlace(JsonObject item, WriteOptions options)
    {
        var metadata = item.Ensure("metadata");
        if (!options.Kind.Namespaced)
        {
            metadata.Remove("namespace");
            return;
        }

        if (metadata.Text("namespace") is { Length: > 0 } space && space != options.Namespace)
        {
            throw StatusException.BadRequest(
                $"the namespace of the provided object does not match the namespace sent on the request");
        }

        metadata["namespace"] = options.Namespace;
    }

    // To a Go struct null and absent are one.
    private static void DropNulls(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map.ToArray())
                {
                    if (value is null)
                    {
                        map.Remove(name);
                    }
                    else
                    {
                        DropNulls(value);
                    }
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    DropNulls(item);
                }

                break;
        }
    }
}
