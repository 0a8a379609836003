using GraphQLParser.AST;

namespace MigrationPortal.Simulator;

/// <summary>GitLab's query costs: a field costs 1 and what it asks below it; a connection costs 1 % more for each row of
/// its page, a search 5 and a sort 1 on top.</summary>
internal sealed class Complexity
{
    public const int AnonymousLimit = 200;
    public const int UserLimit = 250;
    public const int AdminLimit = 300;
    public const int AnonymousDepth = 15;
    public const int UserDepth = 20;

    private const int PageSize = 100;
    private const double PerRow = 0.01;

    private static readonly HashSet<string> Connections =
        new(["runners", "jobs", "managers", "projects", "groups"], StringComparer.Ordinal);

    private static readonly HashSet<string> Resolved = new(["runner", "project", "jobCount", "projectCount"], StringComparer.Ordinal);

    private readonly Dictionary<string, GraphQLFragmentDefinition> fragments;
    private readonly IReadOnlyDictionary<string, object?> variables;

    private Complexity(GraphQLDocument document, IReadOnlyDictionary<string, object?> variables)
    {
        this.variables = variables;
        fragments = document.Definitions.OfType<GraphQLFragmentDefinition>()
            .ToDictionary(f => f.FragmentName.Name.StringValue, StringComparer.Ordinal);
    }

    /// <summary>Cost and depth of one operation. Introspection is free of both.</summary>
    public static (int Score, int Depth) Of(
        GraphQLDocument document, GraphQLOperationDefinition operation, IReadOnlyDictionary<string, object?> variables)
    {
        var (score, depth) = new Complexity(document, variables).OfSelection(operation.SelectionSet, 0);
        return ((int)score, depth);
    }

    private (double Score, int Depth) OfSelection(GraphQLSelectionSet? set, int nested)
    {
        double score = 0;
        var depth = 0;

        // Fragments that call each other are refused by validation; here it only must end.
        foreach (var node in nested > 100 ? [] : set?.Selections ?? [])
        {
            var (cost, levels) = node switch
            {
                GraphQLField field => OfField(field, nested + 1),
                GraphQLInlineFragment inline => OfSelection(inline.SelectionSet, nested + 1),
                GraphQLFragmentSpread spread => OfSelection(
                    fragments.GetValueOrDefault(spread.FragmentName.Name.StringValue)?.SelectionSet, nested + 1),
                _ => (0, 0),
            };
            score += cost;
            depth = Math.Max(depth, levels);
        }

        return (score, depth);
    }

    private (double Score, int Depth) OfField(GraphQLField field, int nested)
    {
        var name = field.Name.StringValue;
        if (name.StartsWith("__", StringComparison.Ordinal))
        {
            return (0, 0);
        }

        var (below, levels) = OfSelection(field.SelectionSet, nested);
        var score = 1 + below;
        if (Connections.Contains(name) && field.SelectionSet is not null)
        {
            score += (Has(field, "sort") ? 1 : 0) + (Has(field, "search") ? 5 : 0);
            var rows = new[] { Number(field, "first"), Number(field, "last"), PageSize }.Min() ?? PageSize;
            score += Math.Floor(score * rows * PerRow);
        }
        else if (Resolved.Contains(name))
        {
            score += 1;
        }

        return (score, levels + 1);
    }

    private static GraphQLValue? Argument(GraphQLField field, string name) =>
        field.Arguments?.Items.Find(a => a.Name.StringValue == name)?.Value;

    private bool Has(GraphQLField field, string name) => Argument(field, name) switch
    {
        null or GraphQLNullValue => false,
        GraphQLVariable variable => variables.GetValueOrDefault(variable.Name.StringValue) is not null,
        _ => true,
    };

    private int? Number(GraphQLField field, string name) => Argument(field, name) switch
    {
        GraphQLIntValue number when int.TryParse(number.Value.Span, out var n) => n,
        GraphQLVariable variable when variables.GetValueOrDefault(variable.Name.StringValue) is int n => n,
        _ => null,
    };
}
