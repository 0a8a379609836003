namespace MigrationPortal.Kubernetes;

/// <summary>Which handler answers which verb on which resource.</summary>
internal sealed class ResourceCalls(
    ObjectStore store, ListHandler lists, WatchHandler watches, WriteHandler writes, SubresourceHandler subresources, AccessReviews reviews)
{
    public Task RunAsync(ApiRequest call)
    {
        if (call.Kind.IsReview)
        {
            return call.Verb == "create" ? ReviewAsync(call) : throw StatusException.MethodNotAllowed();
        }

        if (call.Kind.View is not null && call.Verb is not ("get" or "list" or "watch"))
        {
            throw StatusException.MethodNotAllowed();
        }

        if (call.Kind.Namespaced && call.Namespace is null && call.Verb is not ("list" or "watch"))
        {
            throw call.Verb == "create" ? StatusException.MethodNotAllowed() : StatusException.NoSuchPath();
        }

        if (!call.Kind.Namespaced && call.Namespace is not null)
        {
            throw StatusException.NoSuchPath();
        }

        return call.Subresource switch
        {
            "" => Whole(call),
            "status" when call.Kind.HasStatus => Whole(call),
            _ => subresources.RunAsync(call),
        };
    }

    private Task Whole(ApiRequest call) => call.Verb switch
    {
        "get" => StatusWriter.WriteAsync(call.Http, 200,
            store.Of(call.Kind).Find(WriteOptions.Of(call).Key) ?? throw StatusException.NotFound(call.Kind, call.Name), call.Kind),
        "list" => lists.HandleAsync(call),
        "watch" => watches.HandleAsync(call),
        "create" when call.Name.Length == 0 => writes.CreateAsync(call),
        "update" when call.Name.Length > 0 => writes.ReplaceAsync(call),
        "patch" when call.Name.Length > 0 => writes.PatchAsync(call),
        "delete" when call.Subresource.Length == 0 => writes.DeleteAsync(call),
        "deletecollection" => writes.DeleteCollectionAsync(call),
        _ => throw StatusException.MethodNotAllowed(),
    };

    private async Task ReviewAsync(ApiRequest call)
    {
        var review = BodyReader.Object(await BodyReader.TextAsync(call.Http.Request));
        await StatusWriter.WriteAsync(call.Http, 201, reviews.Answer(call.Kind, review, call.Caller));
    }
}
