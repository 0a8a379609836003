using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MigrationPortal.Kubernetes;

/// <summary>Lists by pages: each page continues the state that the first one saw.</summary>
internal sealed class ListHandler(ObjectStore store)
{
    private const string TooOld =
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue "
        + "parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided "
        + "token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was "
        + "returned and now may show up in the list.";

    public async Task HandleAsync(ApiRequest call)
    {
        var labels = LabelSelector.Parse(call.Query("labelSelector"));
        var fields = FieldSelector.Parse(call.Query("fieldSelector"), call.Kind);
        var page = Select(call, labels, fields);
        call.Http.Response.ContentType = "application/json";
        await WriteAsync(call.Http.Response, call.Kind, page, call.Http.RequestAborted);
    }

    private Page Select(ApiRequest call, LabelSelector labels, FieldSelector fields)
    {
        var resource = store.Of(call.Kind);
        var (version, state, index) = Begin(call, resource);
        var limit = call.Number("limit") is > 0 and var asked ? asked : long.MaxValue;
        var prefix = call.Namespace is null ? "" : call.Namespace + "/";
        var found = new List<StoredObject>();
        for (; index < state.Count && state[index].Key.StartsWith(prefix, StringComparison.Ordinal); index++)
        {
            var item = state[index];
            if (!labels.Matches(item.Labels) || !fields.Matches(item))
            {
                continue;
            }

            if (found.Count == limit)
            {
                resource.Keep(version, state);
                var end = prefix.Length == 0 ? state.Count : ResourceStore.IndexOf(state, prefix[..^1] + "0");
                return new Page(version, found, new ContinueToken(version, item.Key), labels.IsEmpty && fields.IsEmpty ? end - index : null);
            }

            found.Add(item);
        }

        return new Page(version, found, null, null);
    }

    private (long Version, ImmutableSortedSet<StoredObject> State, int Index) Begin(ApiRequest call, ResourceStore resource)
    {
        var start = call.Namespace is null ? "" : call.Namespace + "/";
        var (version, state) = Now(resource);
        if (call.Query("continue") is { } text)
        {
            var token = ContinueToken.Parse(text);
            if (token.Version >= 0)
            {
                version = token.Version;
                state = resource.Snapshot(version) ?? throw new StatusException(410, "Expired", TooOld)
                {
                    Continue = new ContinueToken(-1, token.Start).ToString(),
                };
            }

            return (version, state, ResourceStore.IndexOf(state, token.Start));
        }

        var asked = call.Number("resourceVersion") ?? 0;
        if (asked > version)
        {
            throw new StatusException(504, "Timeout", $"Too large resource version: {asked}, current: {version}") { RetryAfter = 1 };
        }

        if (call.Query("resourceVersionMatch") == "Exact" && asked != version)
        {
            version = asked;
            state = resource.Snapshot(asked) ?? throw StatusException.Expired($"The resourceVersion for the provided list is too old.");
        }

        return (version, state, ResourceStore.IndexOf(state, start));
    }

    private (long Version, ImmutableSortedSet<StoredObject> State) Now(ResourceStore resource)
    {
        lock (store.Gate)
        {
            return (store.Version, resource.Items);
        }
    }

    private static async Task WriteAsync(HttpResponse response, ResourceKind kind, Page page, CancellationToken cancellation)
    {
        var writer = response.BodyWriter;
        var next = page.Next is null ? "" : $",\"continue\":{JsonSerializer.Serialize(page.Next.ToString())}";
        var rest = page.Remaining is { } count ? $",\"remainingItemCount\":{count}" : "";
        Put($"{{\"kind\":\"{kind.ListKind}\",\"apiVersion\":\"{kind.ApiVersion}\",\"metadata\":{{\"resourceVersion\":\"{page.Version}\"{next}{rest}}},\"items\":[");
        var head = WireJson.Head(kind);
        for (var i = 0; i < page.Items.Count; i++)
        {
            var (first, remainder) = WireJson.Parts(page.Items[i], kind, head, bare: !kind.IsCustom);
            Put(i == 0 ? "" : ",");
            writer.Write(first.Span);
            writer.Write(remainder.Span);
            if (i % 100 == 99)
            {
                await writer.FlushAsync(cancellation);
            }
        }

        Put("]}");
        await writer.FlushAsync(cancellation);

        void Put(string text) => Encoding.UTF8.GetBytes(text, writer);
    }

    private sealed record Page(long Version, IReadOnlyList<StoredObject> Items, ContinueToken? Next, long? Remaining);
}
