using System.Text.Json.Nodes;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>
/// Which keys a Secret with a runner's token has: the chart projects both and keeps the pod waiting when one is missing, the
/// Operator takes one and refuses two.
/// </summary>
public static class TokenSecretForm
{
    public const string Token = "runner-token";
    public const string Legacy = "runner-registration-token";

    public static IReadOnlyList<string> KeysOf(ApplyTarget target) => target == ApplyTarget.Operator ? [Token] : [Token, Legacy];

    /// <summary>What is wrong with it, as the end of a sentence; null: nothing that can be seen without its values.</summary>
    public static string? Problem(LiveObject secret, ApplyTarget target)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var keys = (secret.At("data") as JsonObject ?? []).Select(one => one.Key).ToHashSet(StringComparer.Ordinal);
        if (!keys.Contains(Token)) return $"has no key {Token}.";
        if (target == ApplyTarget.Operator && keys.Contains(Legacy)) return $"has both {Token} and {Legacy}: the Operator registers with exactly one of them.";
        return target == ApplyTarget.Helm && !keys.Contains(Legacy) ? $"has no key {Legacy}: the chart needs it, empty, or its pod never starts." : null;
    }
}
