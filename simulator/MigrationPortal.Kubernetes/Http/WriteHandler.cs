using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Create, replace, patch and delete over HTTP.</summary>
internal sealed class WriteHandler(ObjectWriter writer, Deletions deletions, ObjectStore store)
{
    private const string PatchTypes =
        "application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml, application/apply-patch+cbor";

    public async Task CreateAsync(ApiRequest call)
    {
        var body = BodyReader.Object(await BodyReader.TextAsync(call.Http.Request));
        await StatusWriter.WriteAsync(call.Http, 201, writer.Create(WriteOptions.Of(call), body), call.Kind);
    }

    public async Task ReplaceAsync(ApiRequest call)
    {
        var body = BodyReader.Object(await BodyReader.TextAsync(call.Http.Request));
        if (call.Kind.IsCustom && body.Text("metadata", "resourceVersion") is not { Length: > 0 })
        {
            throw StatusException.Invalid(call.Kind, call.Name,
                [FieldProblem.Invalid("metadata.resourceVersion", 0, "must be specified for an update")]);
        }

        await StatusWriter.WriteAsync(call.Http, 200, writer.Change(WriteOptions.Of(call), _ => body, patched: false), call.Kind);
    }

    public async Task PatchAsync(ApiRequest call)
    {
        var media = call.Http.Request.ContentType?.Split(';')[0].Trim();
        var text = await BodyReader.TextAsync(call.Http.Request);
        if (media == "application/apply-patch+yaml")
        {
            await ApplyAsync(call, text);
            return;
        }

        if (call.Query("force") is not null)
        {
            throw OfOptions(FieldProblem.Forbidden("force", "may not be specified for non-apply patch"));
        }

        var patch = BodyReader.Node(text);
        Func<JsonObject, JsonObject> change = (media, patch) switch
        {
            ("application/json-patch+json", JsonArray operations) => live => JsonPatch.Apply(live, operations),
            ("application/merge-patch+json", JsonObject map) => live => MergePatch.Apply(live, map),
            ("application/strategic-merge-patch+json", JsonObject map) when !call.Kind.IsCustom => live => StrategicPatch.Apply(live, map, call.Kind.Type),
            ("application/strategic-merge-patch+json", _) when call.Kind.IsCustom => throw StatusException.UnsupportedMedia(
                "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"),
            ("application/json-patch+json" or "application/merge-patch+json" or "application/strategic-merge-patch+json", _) =>
                throw StatusException.BadRequest("json: cannot unmarshal the patch: it is of another form than its content type says"),
            _ => throw StatusException.UnsupportedMedia(PatchTypes),
        };
        await StatusWriter.WriteAsync(call.Http, 200, writer.Change(WriteOptions.Of(call), change, patched: true), call.Kind);
    }

    public async Task DeleteAsync(ApiRequest call)
    {
        var asked = await OptionsAsync(call);
        var options = WriteOptions.Of(call) with { DryRun = call.DryRun || asked.Texts("dryRun").Contains("All") };
        var (item, gone) = deletions.Delete(options, asked);
        if (gone && call.Kind is not { Kind: "Pod", Group: "" })
        {
            await StatusWriter.WriteAsync(call.Http, 200, StatusWriter.Gone(call.Kind, item.Name, item.Read().Text("metadata", "uid")));
            return;
        }

        await StatusWriter.WriteAsync(call.Http, 200, item, call.Kind);
    }

    public async Task DeleteCollectionAsync(ApiRequest call)
    {
        var labels = LabelSelector.Parse(call.Query("labelSelector"));
        var fields = FieldSelector.Parse(call.Query("fieldSelector"), call.Kind);
        var asked = await OptionsAsync(call);
        var items = new JsonArray();
        foreach (var item in store.Of(call.Kind).Items.Where(one => one.Namespace == call.Namespace && labels.Matches(one.Labels) && fields.Matches(one)))
        {
            items.Add(item.Read());
            deletions.Delete(WriteOptions.Of(call) with { Name = item.Name }, asked);
        }

        await StatusWriter.WriteAsync(call.Http, 200, new JsonObject
        {
            ["kind"] = call.Kind.ListKind,
            ["apiVersion"] = call.Kind.ApiVersion,
            ["metadata"] = new JsonObject { ["resourceVersion"] = store.Version.ToString(provider: null) },
            ["items"] = items,
        });
    }

    private async Task ApplyAsync(ApiRequest call, string text)
    {
        if (call.Query("fieldManager") is null)
        {
            throw OfOptions(FieldProblem.Required("fieldManager", "is required for apply patch"));
        }

        var applied = BodyReader.Node(text) as JsonObject ?? throw StatusException.BadRequest("error decoding YAML: the patch is not an object");
        var (item, created) = writer.Apply(WriteOptions.Of(call), applied, call.Flag("force"));
        await StatusWriter.WriteAsync(call.Http, created ? 201 : 200, item, call.Kind);
    }

    private static async Task<JsonObject> OptionsAsync(ApiRequest call)
    {
        var text = await BodyReader.TextAsync(call.Http.Request);
        var options = text.Length == 0 ? [] : BodyReader.Object(text);
        if (call.Number("gracePeriodSeconds") is { } grace)
        {
            options["gracePeriodSeconds"] = grace;
        }

        if (call.Query("propagationPolicy") is { } policy)
        {
            options["propagationPolicy"] = policy;
        }

        return options;
    }

    private static StatusException OfOptions(FieldProblem problem)
    {
        var kind = new ResourceKind("meta.k8s.io", "v1", "PatchOptions", "patchoptions", "patchoptions", false, OpenType.Instance);
        return StatusException.Invalid(kind, "", [problem]);
    }
}
