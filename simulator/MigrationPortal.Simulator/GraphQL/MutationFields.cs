using GraphQL;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>The three mutations on runners. A missing right is a top-level error; what the model refuses stands in the
/// payload's <c>errors</c>.</summary>
internal static class MutationFields
{
    private const string NoPermission =
        "The resource that you are attempting to access does not exist or you don't have permission to perform this action";

    private const int BulkLimit = 50;

    public static void Add(GraphFieldTable fields)
    {
        fields.On<object?>("Mutation", t => t
            .Add("runnerUpdate", (_, context, call) => Update(Input(context), call))
            .Add("runnerBulkPause", (_, context, call) => BulkPause(Input(context), call))
            .Add("runnerDelete", (_, context, call) => Delete(Input(context), call)));
        fields.On<Payload>("RunnerUpdatePayload", t => t
            .Add("clientMutationId", p => p.ClientMutationId)
            .Add("runner", p => p.Runners.FirstOrDefault())
            .Add("errors", p => p.Errors));
        fields.On<Payload>("RunnerBulkPausePayload", t => t
            .Add("clientMutationId", p => p.ClientMutationId)
            .Add("updatedCount", p => p.Runners.Count)
            .Add("updatedRunners", p => p.Runners)
            .Add("errors", p => p.Errors));
        fields.On<Payload>("RunnerDeletePayload", t => t
            .Add("clientMutationId", p => p.ClientMutationId)
            .Add("errors", p => p.Errors));
    }

    private static Payload Update(IDictionary<string, object?> input, GraphCall call)
    {
        var runner = Find(call, input["id"]);
        var result = call.Api.Apply(new UpdateRunner(
            runner.Id,
            Get<string>(input, "description"),
            Flag(input, "paused"),
            ArgumentExtensions.List(input.TryGetValue("tagList", out var tags) ? tags : null),
            Flag(input, "runUntagged"),
            Flag(input, "locked"),
            Get<string>(input, "accessLevel") is { } level ? level == "REF_PROTECTED" : null,
            input.TryGetValue("maximumTimeout", out var timeout) ? timeout is int seconds ? Math.Max(seconds, 0) : UpdateRunner.NoTimeout : null,
            Get<string>(input, "maintenanceNote")));
        if (result.Refusal is { } no)
        {
            return new Payload(ClientId(input), [runner], [Sentence(no)]);
        }

        var wanted = input.TryGetValue("associatedProjects", out var projects) ? ArgumentExtensions.List(projects) : null;
        return new Payload(ClientId(input), [runner], wanted is null ? [] : Associate(runner, wanted, call));
    }

    private static IReadOnlyList<string> Associate(Runner runner, IReadOnlyList<string> gids, GraphCall call)
    {
        var wanted = gids.Select(g => GlobalId.Parse("Project", g)).OfType<long>().Select(id => (int)id).ToHashSet();
        var has = runner.Projects.Select(p => p.Id).ToArray();
        var results = has.Skip(1).Except(wanted).Select(id => call.Api.Apply(new UnassignRunner(id, runner.Id)))
            .Concat(wanted.Except(has).Select(id => call.Api.Apply(new AssignRunner(id, runner.Id))));
        return [.. results.Select(r => r.Refusal).OfType<Refusal>().Select(Sentence)];
    }

    private static Payload BulkPause(IDictionary<string, object?> input, GraphCall call)
    {
        var ids = ArgumentExtensions.List(input["ids"]) ?? [];
        if (ids.Count > BulkLimit)
        {
            throw new ExecutionError($"Can only bulk pause up to {BulkLimit} runners per call.");
        }

        var paused = Flag(input, "paused") ?? false;
        var changed = new List<Runner>();
        foreach (var runner in ids.Select(id => QueryFields.FindRunner(call, id)).OfType<Runner>())
        {
            if (RunnerRights.MayUpdate(call.Api, runner) && call.Api.Apply(new UpdateRunner(runner.Id, Paused: paused)).Ok)
            {
                changed.Add(runner);
            }
        }

        return new Payload(ClientId(input), changed, []);
    }

    private static Payload Delete(IDictionary<string, object?> input, GraphCall call)
    {
        var runner = Find(call, input["id"]);
        var result = call.Api.Apply(new DeleteRunner(runner.Id));
        return new Payload(ClientId(input), [], result.Refusal is { } no ? [Sentence(no)] : []);
    }

    private static Runner Find(GraphCall call, object? gid) =>
        MayWrite(call) && QueryFields.FindRunner(call, gid) is { } runner && RunnerRights.MayUpdate(call.Api, runner)
            ? runner
            : throw new ExecutionError(NoPermission);

    private static bool MayWrite(GraphCall call) => call.Api.Token?.Scopes.Contains(Scopes.Api) ?? false;

    private static IDictionary<string, object?> Input(IResolveFieldContext context) =>
        (IDictionary<string, object?>)context.Raw("input")!;

    private static string? ClientId(IDictionary<string, object?> input) => Get<string>(input, "clientMutationId");

    private static T? Get<T>(IDictionary<string, object?> input, string name)
        where T : class => input.TryGetValue(name, out var value) ? value as T : null;

    private static bool? Flag(IDictionary<string, object?> input, string name) =>
        input.TryGetValue(name, out var value) ? value as bool? : null;

    // Rails' full messages: "Tags list can not be empty ...".
    private static string Sentence(Refusal refusal) => refusal.Field is { Length: > 0 } field
        ? $"{char.ToUpperInvariant(field[0])}{field[1..].Replace('_', ' ')} {refusal.Message}"
        : refusal.Message;

    private sealed record Payload(string? ClientMutationId, IReadOnlyList<Runner> Runners, IReadOnlyList<string> Errors);
}
