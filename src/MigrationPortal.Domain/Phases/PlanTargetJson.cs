using System.Text.Json;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Plan targets as api.md writes them. Reading lists every error with its field and the remedy.</summary>
public static class PlanTargetJson
{
    public const string Invalid = "invalid-target";

    private const string Shapes = "phase, evacuate, brownout, deleteRunners, tag with decision, or runners";

    /// <param name="target">The value of <c>target</c> in the request. Refuses <c>invalid-target</c>; each reason begins with the field.</param>
    public static Outcome<PlanTarget> Read(JsonElement target)
    {
        if (target.ValueKind != JsonValueKind.Object) return Refusal.Of(Invalid, $"target: must be an object with {Shapes}.");
        var reader = new PlanTargetReader(target);
        var read = reader.Kind() switch
        {
            "phase" => reader.Phase(),
            "evacuate" => reader.Evacuate(),
            "brownout" => reader.Brownout(),
            "deleteRunners" => reader.DeleteRunners(),
            "tag" => reader.DecideTag(),
            "runners" => reader.EditRunners(),
            _ => null,
        };
        return read is null || reader.Errors.Count > 0 ? new Refusal(Invalid, reader.Errors) : read;
    }

    public static Outcome<PlanTarget> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement);
    }

    /// <summary>Canonical: the same target gives the same text.</summary>
    /// <param name="was">The decision that a <see cref="PlanTarget.DecideTag"/> replaces, so that roll back can restore it.</param>
    public static string Write(PlanTarget target, TagDecision? was = null) => JsonSerializer.Serialize<object>(target switch
    {
        PlanTarget.ToPhase one => Without(("phase", one.Phase.Key()), ("kubernetesUntaggedPercent", one.KubernetesUntaggedPercent), ("legacyUntaggedPercent", one.LegacyUntaggedPercent)),
        PlanTarget.Evacuate => Without(("evacuate", "kubernetes")),
        PlanTarget.Brownout one => Without(("brownout", Without(("tag", one.Tag), ("durationSeconds", (int)one.Duration.TotalSeconds)))),
        PlanTarget.DeleteRunners one => Without(("deleteRunners", one.Runners.Order())),
        PlanTarget.DecideTag one => Without(("tag", one.Tag), ("decision", Word(one.Decision)), ("was", was is { } earlier ? Word(earlier) : null)),
        PlanTarget.EditRunners one => Without(("runners", one.Runners.OrderBy(edit => edit.Id).Select(edit =>
            Without(("id", edit.Id), ("tagList", edit.Tags), ("runUntagged", edit.RunUntagged), ("paused", edit.Paused))))),
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, "Unknown target."),
    });

    public static string Word(TagDecision decision) => decision.ToString().ToLowerInvariant();

    public static TagDecision? ParseDecision(string? word) => word switch
    {
        "adopt" => TagDecision.Adopt,
        "keep" => TagDecision.Keep,
        "retire" => TagDecision.Retire,
        _ => null,
    };

    private static Dictionary<string, object> Without(params (string Name, object? Value)[] fields) =>
        fields.Where(field => field.Value is not null).ToDictionary(field => field.Name, field => field.Value!);
}
