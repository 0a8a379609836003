using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>What a caller may do, answered by the same rules that its calls meet.</summary>
internal sealed class AccessReviews(Authorizer authorizer)
{
    public JsonObject Answer(ResourceKind kind, JsonObject review, Caller caller)
    {
        var status = kind.Plural switch
        {
            "selfsubjectaccessreviews" => Access(kind, review, caller),
            "selfsubjectrulesreviews" => Rules(kind, review, caller),
            _ => new JsonObject { ["userInfo"] = new JsonObject { ["username"] = caller.Name, ["groups"] = ListOf(caller.Groups) } },
        };
        return new JsonObject
        {
            ["kind"] = kind.Kind,
            ["apiVersion"] = kind.ApiVersion,
            ["metadata"] = new JsonObject(),
            ["spec"] = review["spec"]?.DeepClone() ?? new JsonObject(),
            ["status"] = status,
        };
    }

    private JsonObject Access(ResourceKind kind, JsonObject review, Caller caller)
    {
        var (asked, path) = (review.Map("spec", "resourceAttributes"), review.Map("spec", "nonResourceAttributes"));
        if (asked is null == path is null)
        {
            throw StatusException.Invalid(kind, "", [FieldProblem.Invalid("spec.resourceAttributes", asked,
                "exactly one of nonResourceAttributes or resourceAttributes must be specified")]);
        }

        var allowed = asked is null
            ? authorizer.AllowsPath(caller, path.Text("verb") ?? "", path.Text("path") ?? "")
            : authorizer.Allows(caller, QuestionOf(asked));
        var status = new JsonObject { ["allowed"] = allowed };
        if (allowed)
        {
            status["reason"] = "RBAC: allowed by a binding of this cluster";
        }

        return status;
    }

    private JsonObject Rules(ResourceKind kind, JsonObject review, Caller caller)
    {
        var space = review.Text("spec", "namespace");
        if (string.IsNullOrEmpty(space))
        {
            throw StatusException.BadRequest("no namespace on request");
        }

        _ = kind;
        var rules = authorizer.RulesOf(caller, space).ToArray();
        return new JsonObject
        {
            ["resourceRules"] = new JsonArray([.. rules.Where(one => one.Resources.Length > 0).Select(JsonNode? (one) => one.ToJson())]),
            ["nonResourceRules"] = new JsonArray([.. rules.Where(one => one.Paths.Length > 0).Select(JsonNode? (one) => one.ToJson())]),
            ["incomplete"] = false,
        };
    }

    // A star in the question is what it says: only a rule with a star allows it.
    private static AccessQuestion QuestionOf(JsonObject asked)
    {
        var resource = asked.Text("resource") ?? "";
        var below = asked.Text("subresource") ?? "";
        return new AccessQuestion(
            asked.Text("verb") ?? "", asked.Text("group") ?? "", below.Length == 0 ? resource : $"{resource}/{below}",
            asked.Text("namespace"), asked.Text("name") ?? "");
    }

    private static JsonArray ListOf(IEnumerable<string> values) => new([.. values.Select(JsonNode? (one) => JsonValue.Create(one))]);
}
