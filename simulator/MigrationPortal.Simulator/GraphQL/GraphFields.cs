using GraphQL;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Every field of the schema and how it is answered.</summary>
internal static class GraphFields
{
    public static IReadOnlyDictionary<string, GraphField> All { get; } = Build();

    private static Dictionary<string, GraphField> Build()
    {
        var fields = new GraphFieldTable();
        fields.On<Connection>("PageInfo", t => t
            .Add("startCursor", c => c.Cursor(c.Nodes.FirstOrDefault()))
            .Add("endCursor", c => c.Cursor(c.Nodes.LastOrDefault()))
            .Add("hasNextPage", c => c.HasNext)
            .Add("hasPreviousPage", c => c.HasPrevious));
        foreach (var node in (string[])["CiRunner", "CiRunnerManager", "CiJob", "Project", "Group"])
        {
            fields.On<Connection>(node + "Connection", t => t
                .Add("count", (c, context, _) => c.Count(context))
                .Add("nodes", c => c.Nodes)
                .Add("edges", c => c.Nodes.Select(n => new Edge(c.Cursor(n)!, n)))
                .Add("pageInfo", c => c));
            fields.On<Edge>(node + "Edge", t => t.Add("cursor", e => e.Cursor).Add("node", e => e.Node));
        }

        fields.On<World.Group>("Group", t => t
            .Add("id", g => GlobalId.Of("Group", g.Id))
            .Add("name", g => g.Name)
            .Add("fullPath", g => g.FullPath));
        fields.On<World.Project>("Project", t => t
            .Add("id", p => GlobalId.Of("Project", p.Id))
            .Add("name", p => p.Name)
            .Add("fullPath", p => p.FullPath)
            .Add("webUrl", (p, _, call) => $"{call.Api.BaseUrl}/{p.FullPath}")
            .Add("sharedRunnersEnabled", p => p.SharedRunnersEnabled));
        fields.On<User>("UserCore", t => t
            .Add("id", u => GlobalId.Of("User", u.Id))
            .Add("username", u => u.Username)
            .Add("name", u => u.Name));
        RunnerFields.Add(fields);
        JobFields.Add(fields);
        QueryFields.Add(fields);
        MutationFields.Add(fields);
        return fields.Fields;
    }

    private sealed record Edge(string Cursor, object Node);
}

/// <summary>Collects resolvers by <c>Type.field</c>.</summary>
internal sealed class GraphFieldTable
{
    public Dictionary<string, GraphField> Fields { get; } = new(StringComparer.Ordinal);

    public void On<T>(string type, Action<TypeTable<T>> fill) => fill(new TypeTable<T>(type, Fields));

    internal sealed class TypeTable<T>(string type, Dictionary<string, GraphField> fields)
    {
        public TypeTable<T> Add(string field, Func<T, object?> value) => Add(field, (source, _, _) => value(source));

        public TypeTable<T> Add(string field, Func<T, GraphCall, object?> value) => Add(field, (source, _, call) => value(source, call));

        public TypeTable<T> Add(string field, Func<T, IResolveFieldContext, GraphCall, object?> value)
        {
            fields.Add($"{type}.{field}", (context, call) => value((T)context.Source!, context, call));
            return this;
        }
    }
}
