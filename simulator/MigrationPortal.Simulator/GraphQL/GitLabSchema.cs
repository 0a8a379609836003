using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQL.Utilities;
using GraphQLParser.AST;

namespace MigrationPortal.Simulator;

/// <summary>The schema file with a resolver for every field of it: a field without one fails the start.</summary>
internal static class GitLabSchema
{
    private static readonly string[] Scalars =
        ["Time", "CiRunnerID", "CiRunnerManagerID", "JobID", "ProjectID", "UserID", "CiDuration"];

    public static ISchema Build()
    {
        using var stream = typeof(GitLabSchema).Assembly.GetManifestResourceStream("MigrationPortal.Simulator.GraphQL.schema.graphql")!;
        using var reader = new StreamReader(stream);
        var schema = Schema.For(reader.ReadToEnd());
        foreach (var name in Scalars)
        {
            schema.RegisterType(new WordScalar(name));
        }

        schema.RegisterVisitor(new ResolverVisitor(GraphFields.All));
        schema.Initialize();
        return schema;
    }

    private sealed class ResolverVisitor(IReadOnlyDictionary<string, GraphField> fields) : BaseSchemaNodeVisitor
    {
        public override void VisitObjectFieldDefinition(FieldType field, IObjectGraphType type, ISchema schema)
        {
            if (type.Name.StartsWith("__", StringComparison.Ordinal))
            {
                return;
            }

            var resolve = fields[$"{type.Name}.{field.Name}"];
            field.Resolver = new FuncFieldResolver<object>(context => resolve(context, (GraphCall)context.UserContext));
        }
    }

    /// <summary>Ids and times: text on the wire, checked where they are used. Times to the second, as GitLab writes them here.</summary>
    private sealed class WordScalar : ScalarGraphType
    {
        public WordScalar(string name) => Name = name;

        public override object? ParseLiteral(GraphQLValue value) => value switch
        {
            GraphQLStringValue text => text.Value.ToString(),
            GraphQLIntValue number => number.Value.ToString(),
            GraphQLNullValue => null,
            _ => ThrowLiteralConversionError(value),
        };

        public override object? ParseValue(object? value) => value?.ToString();

        public override object? Serialize(object? value) =>
            value is DateTimeOffset time ? time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ") : value;
    }
}
