using GraphQL;

namespace MigrationPortal.Simulator;

/// <summary>One page of a connection.</summary>
internal sealed record Connection(
    IReadOnlyList<object> Nodes, Func<object, long> Id, Func<IResolveFieldContext, int> Count, bool HasNext, bool HasPrevious)
{
    public const int MaxSize = 100;

    /// <summary>A page of a list that is all there, by <c>first/after</c> or <c>last/before</c>.</summary>
    public static Connection Of<T>(IResolveFieldContext context, IReadOnlyList<T> all, Func<T, long> id)
        where T : class
    {
        var from = Position(context, "after", all, id) is { } after ? after + 1 : 0;
        var to = Position(context, "before", all, id) ?? all.Count;
        var size = Size(context);
        if (context.Raw("last") is int last)
        {
            from = Math.Max(from, to - Math.Clamp(last, 0, MaxSize));
        }

        var nodes = all.Skip(from).Take(Math.Min(size, Math.Max(0, to - from))).ToArray();
        return new Connection(nodes, o => id((T)o), _ => all.Count, from + nodes.Length < all.Count, from > 0);
    }

    public static int Size(IResolveFieldContext context) =>
        context.Arguments is { } arguments && arguments.TryGetValue("first", out var first) && first.Value is int size
            ? Math.Clamp(size, 0, MaxSize)
            : MaxSize;

    public static long? After(IResolveFieldContext context) => Decoded(context, "after");

    private static long? Decoded(IResolveFieldContext context, string argument) =>
        context.Text(argument) is not { Length: > 0 } cursor ? null
            : KeysetPage.Decode(cursor) ?? throw new ExecutionError("Please provide a valid cursor");

    public string? Cursor(object? node) => node is null ? null : KeysetPage.Encode(Id(node));

    // The row of the cursor may be gone by now: then the place where it stood, judged by the order of ids.
    private static int? Position<T>(IResolveFieldContext context, string argument, IReadOnlyList<T> all, Func<T, long> id)
    {
        if (Decoded(context, argument) is not { } wanted)
        {
            return null;
        }

        for (var i = 0; i < all.Count; i++)
        {
            if (id(all[i]) == wanted)
            {
                return i;
            }
        }

        var descending = all.Count < 2 || id(all[0]) > id(all[^1]);
        var before = all.Count(row => descending ? id(row) > wanted : id(row) < wanted);
        return argument == "after" ? before - 1 : before;
    }
}

internal static class ArgumentExtensions
{
    public static string? Text(this IResolveFieldContext context, string name) => Raw(context, name) as string;

    public static object? Raw(this IResolveFieldContext context, string name) =>
        context.Arguments is { } arguments && arguments.TryGetValue(name, out var value) ? value.Value : null;

    public static IReadOnlyList<string>? Texts(this IResolveFieldContext context, string name) => List(Raw(context, name));

    public static IReadOnlyList<string>? List(object? value) =>
        value is System.Collections.IEnumerable list and not string ? [.. list.OfType<object>().Select(o => o.ToString()!)] : null;
}
