using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>CI/CD variables of projects (maintainers), groups (owners) and the instance (administrators).</summary>
internal static partial class VariableEndpoints
{
    private delegate ApiAnswer? FindOwner(ApiCall call, out VariableOwner owner, out IReadOnlyList<CiVariable> variables);

    public static void Map(ApiRoutes api)
    {
        Map(api, "/projects/{id}/variables", OfProject);
        Map(api, "/groups/{id}/variables", OfGroup);
        Map(api, "/admin/ci/variables", OfInstance);
    }

    private static void Map(ApiRoutes api, string path, FindOwner find)
    {
        api.Get(path, c => List(c, find));
        api.Get(path + "/{key}", c => With(c, find, (_, v) => ApiAnswer.Ok(Entity(v))));
        api.Post(path, c => Create(c, find));
        api.Put(path + "/{key}", c => Update(c, find));
        api.Delete(path + "/{key}", c => With(c, find, (o, v) => c.ApplyNoContent(new DeleteVariable(o, v.Key, v.EnvironmentScope))));
    }

    private static ApiAnswer? OfProject(ApiCall call, out VariableOwner owner, out IReadOnlyList<CiVariable> variables)
    {
        var no = call.FindProject(AccessLevel.Maintainer, out var project);
        owner = new VariableOwner(VariableLevel.Project, project?.Id ?? 0);
        variables = project?.Variables ?? [];
        return no;
    }

    private static ApiAnswer? OfGroup(ApiCall call, out VariableOwner owner, out IReadOnlyList<CiVariable> variables)
    {
        var no = call.FindGroup(AccessLevel.Owner, out var group);
        owner = new VariableOwner(VariableLevel.Group, group?.Id ?? 0);
        variables = group?.Variables ?? [];
        return no;
    }

    private static ApiAnswer? OfInstance(ApiCall call, out VariableOwner owner, out IReadOnlyList<CiVariable> variables)
    {
        owner = new VariableOwner(VariableLevel.Instance);
        variables = call.World.Directory.InstanceVariables;
        return call.IsAdmin ? null : ApiAnswer.Forbidden();
    }

    private static ApiAnswer List(ApiCall call, FindOwner find)
    {
        var page = OffsetPage.Of(call);
        return find(call, out _, out var variables) ?? call.Params.Refusal ?? page.Answer(call, variables, Entity);
    }

    private static ApiAnswer Create(ApiCall call, FindOwner find)
    {
        var key = call.Params.Required("key");
        var value = call.Params.Required("value");
        var variable = Read(call.Params, new CiVariable(key, value));
        return call.Params.Refusal
            ?? find(call, out var owner, out _)
            ?? Check(variable)
            ?? call.Apply<CiVariable>(new CreateVariable(owner, variable), v => ApiAnswer.Created(Entity(v)));
    }

    private static ApiAnswer Update(ApiCall call, FindOwner find) => With(call, find, (owner, old) =>
    {
        var variable = Read(call.Params, old);
        return call.Params.Refusal ?? Check(variable) ?? call.Apply<CiVariable>(
            new UpdateVariable(owner, old.Key, variable, old.EnvironmentScope), v => ApiAnswer.Ok(Entity(v)));
    });

    private static CiVariable Read(Parameters p, CiVariable old) => old with
    {
        Value = p.Text("value") ?? old.Value,
        Type = p.OneOf("variable_type", "env_var", "file") is { } type ? (type == "file" ? VariableType.File : VariableType.EnvVar) : old.Type,
        Protected = p.Flag("protected") ?? old.Protected,
        Masked = p.Flag("masked") ?? p.Flag("masked_and_hidden") ?? old.Masked,
        Hidden = p.Flag("masked_and_hidden") ?? old.Hidden,
        Raw = p.Flag("raw") ?? old.Raw,
        EnvironmentScope = p.Text("environment_scope") ?? old.EnvironmentScope,
        Description = p.Text("description") ?? old.Description,
    };

    private static ApiAnswer? Check(CiVariable variable) =>
        !KeyForm().IsMatch(variable.Key) || variable.Key.Length > 255
            ? ApiAnswer.Invalid("key", "can contain only letters, digits and '_'.")
        : variable.Masked && variable.Value.Length < 8 ? ApiAnswer.Invalid("value", "is invalid")
        : null;

    private static ApiAnswer With(ApiCall call, FindOwner find, Func<VariableOwner, CiVariable, ApiAnswer> answer)
    {
        if (find(call, out var owner, out var variables) is { } no)
        {
            return no;
        }

        // filter[environment_scope]=... tells apart variables of one key.
        var scope = (call.Params.Node("filter") as JsonArray)?.FirstOrDefault()?.ToString();
        var found = variables.Where(v => v.Key == call.Route("key") && (scope is null || v.EnvironmentScope == scope)).ToArray();
        return found.Length switch
        {
            0 => ApiAnswer.NotFound("Variable"),
            1 => answer(owner, found[0]),
            _ => ApiAnswer.Message(409, "There are multiple variables with provided parameters. Please use 'filter[environment_scope]'"),
        };
    }

    private static object Entity(CiVariable v) => new
    {
        VariableType = v.Type == VariableType.File ? "file" : "env_var",
        v.Key,
        Value = v.Hidden ? null : v.Value,
        v.Hidden,
        v.Protected,
        v.Masked,
        v.Raw,
        v.EnvironmentScope,
        v.Description,
    };

    [GeneratedRegex("^[a-zA-Z0-9_]+$")]
    private static partial Regex KeyForm();
}
