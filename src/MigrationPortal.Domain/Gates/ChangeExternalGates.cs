using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <param name="MadeSecret">The signing secret of posted answers that the portal made: shown now and never again.</param>
public sealed record ExternalGateChanged(ExternalGate Gate, string? MadeSecret);

/// <summary>Adds, changes and removes external gates. The audit trail holds no secret and no path of an address.</summary>
public sealed class ChangeExternalGates(IExternalGateStore store, IAuditTrail audit, IWorldClock clock)
{
    /// <summary>Each query is asked at every reading of the gates.</summary>
    public const int Most = 50;

    /// <param name="query">Null: the answer is posted, and the portal makes the secret that signs it.</param>
    /// <param name="token">Of a query; null or empty: none.</param>
    /// <returns>Refuses <c>invalid-gate</c>, <c>name-taken</c> and <c>too-many-gates</c>.</returns>
    public async Task<Outcome<ExternalGateChanged>> AddAsync(InstanceId instance, string name, PromQuery? query, string? token, Actor who, CancellationToken cancel)
    {
        if (Invalid(name, query, token) is { } no) return no;
        if ((await store.ListAsync(instance, cancel)).Count >= Most) return Refusal.Of("too-many-gates", $"An instance has at most {Most} external gates: remove those that nobody asks.");
        var made = query is null ? SigningSecret.Make() : null;
        var added = await audit.ChangeAsync<ExternalGate?>(
            async () => await store.AddAsync(new ExternalGate(0, instance, name, query, false, 0), made ?? Given(token), cancel) is { } one ? (one, Entry("gates.external.add", one, who, null, Shown(one))) : (null, null), cancel);
        return added is null ? Refusal.Of("name-taken", $"An external gate is named {name} already: choose another name.") : new ExternalGateChanged(added, made);
    }

    /// <param name="token">Null: it stays; empty: none from now on.</param>
    /// <returns>Refuses <c>unknown-gate</c>, <c>invalid-gate</c>, <c>kind-fixed</c> and <c>changed-meanwhile</c>.</returns>
    public async Task<Outcome<ExternalGateChanged>> SaveAsync(InstanceId instance, string name, PromQuery query, string? token, Actor who, CancellationToken cancel)
    {
        if (await store.FindAsync(instance, name, cancel) is not { } before) return Unknown(name);
        if (before.Query is null) return Refusal.Of("kind-fixed", $"The answer of {name} is posted, so there is nothing to change but its secret: make a new one, or add another gate.");
        if (Invalid(name, query, token) is { } no) return no;
        return await WriteAsync("gates.external.change", before, before with { Query = query }, token?.Trim(), null, who, cancel);
    }

    /// <summary>A new signing secret; the old one proves nothing from now on. Refuses <c>unknown-gate</c>, <c>kind-fixed</c> and <c>changed-meanwhile</c>.</summary>
    public async Task<Outcome<ExternalGateChanged>> RotateAsync(InstanceId instance, string name, Actor who, CancellationToken cancel)
    {
        if (await store.FindAsync(instance, name, cancel) is not { } before) return Unknown(name);
        if (before.Query is not null) return Refusal.Of("kind-fixed", $"{name} is asked by a query: it has no signing secret.");
        var made = SigningSecret.Make();
        return await WriteAsync("gates.external.rotate", before, before, made, made, who, cancel);
    }

    /// <summary>Policies that name it then read unknown. Refuses <c>unknown-gate</c>.</summary>
    public async Task<Outcome<string>> RemoveAsync(InstanceId instance, string name, Actor who, CancellationToken cancel)
    {
        if (await store.FindAsync(instance, name, cancel) is not { } before) return Unknown(name);
        return await audit.ChangeAsync<bool>(async () => await store.RemoveAsync(before.Id, cancel) ? (true, Entry("gates.external.remove", before, who, Shown(before), null)) : (false, null), cancel) ? name : Unknown(name);
    }

    private async Task<Outcome<ExternalGateChanged>> WriteAsync(string what, ExternalGate before, ExternalGate after, string? secret, string? made, Actor who, CancellationToken cancel)
    {
        var saved = await audit.ChangeAsync<ExternalGate?>(
            async () => await store.SaveAsync(after, secret, cancel) is { } one ? (one, Entry(what, one, who, Shown(before), Shown(one, secret is not null))) : (null, null), cancel);
        return saved is null ? Refusal.Of("changed-meanwhile", $"The external gate {before.Name} was changed or removed by somebody else: read it again.") : new ExternalGateChanged(saved, made);
    }

    private static Refusal? Invalid(string name, PromQuery? query, string? token)
    {
        var problems = new List<string>();
        if (ExternalGate.NameProblem(name) is { } wrong) problems.Add($"name: {wrong}");
        if (query is not null) problems.AddRange(query.Problems().Select(one => $"{one.Field}: {one.Sentence}"));
        if (TokenProblem(token, query) is { } not) problems.Add($"token: {not}");
        return problems.Count == 0 ? null : Refusal.Of("invalid-gate", [.. problems]);
    }

    public static string? TokenProblem(string? token, PromQuery? query) => string.IsNullOrWhiteSpace(token) ? null
        : query is null ? "Only a query has one: the signing secret of posted answers is made by the portal."
        : token.Trim() is { Length: > 4000 } || token.Trim().Any(letter => letter is <= ' ' or > '~') ? "Must be at most 4000 characters that a header can carry (its value is not shown)." : null;

    private static string? Given(string? token) => string.IsNullOrWhiteSpace(token) ? null : token.Trim();

    private static Refusal Unknown(string name) => Refusal.Of("unknown-gate", $"There is no external gate {name}.");

    private AuditEntry Entry(string what, ExternalGate gate, Actor who, string? before, string? after) => new(clock.Now(gate.Instance), gate.Instance, who, what, $"gates/external/{gate.Name}", null, before, after);

    private static string Shown(ExternalGate gate, bool secretChanged = false) => JsonSerializer.Serialize(new
    {
        gate.Name,
        Place = gate.Query is { } query ? new Uri(query.Url).GetLeftPart(UriPartial.Authority) : "posted",
        gate.Query?.Expression,
        Passes = gate.Query?.Passes.ToString(),
        gate.Query?.Threshold,
        gate.HasSecret,
        SecretChanged = secretChanged,
    });
}
