using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <param name="Toml">A whole config.toml, or a template for registration.</param>
/// <param name="TargetVersion">The gitlab-runner that will read it, such as <c>18.9</c>; null: the newest that is known.</param>
/// <param name="NamespacePolicy">What is known of the namespace of the job pods; null: nothing.</param>
public sealed record ValidateBody(string? Toml, string? TargetVersion, NamespacePolicyBody? NamespacePolicy);

/// <param name="PodSecurity">What admission enforces there; null: not known.</param>
/// <param name="NetworkPolicies">Its network policies by what they select; null: not known, empty: it has none.</param>
public sealed record NamespacePolicyBody(PodSecurityLevel? PodSecurity, IReadOnlyList<PodSelectorBody>? NetworkPolicies)
{
    internal JobNamespaceFacts Read(RequestErrors errors)
    {
        if (NetworkPolicies?.Any(one => one?.MatchExpressions?.Any(wanted => wanted?.Key is null || wanted.Operator is not ("In" or "NotIn" or "Exists" or "DoesNotExist")) == true) == true)
            errors.Add("namespacePolicy.networkPolicies", "Each of matchExpressions needs a key and an operator: In, NotIn, Exists or DoesNotExist.");
        return new() { PodSecurity = PodSecurity, NetworkPolicies = NetworkPolicies is null ? null : [.. NetworkPolicies.Where(one => one is not null).Select(one => one.Read())] };
    }
}

/// <summary>A pod selector as Kubernetes writes it; nothing set: every pod.</summary>
/// <param name="Name">Of the network policy.</param>
public sealed record PodSelectorBody(string? Name, IReadOnlyDictionary<string, string>? MatchLabels, IReadOnlyList<RequirementBody>? MatchExpressions)
{
    internal PodSelector Read() => new(Name ?? "", MatchLabels ?? new Dictionary<string, string>(), [.. (MatchExpressions ?? []).Where(one => one is not null).Select(one => new LabelRequirement(one.Key ?? "", one.Operator ?? "", one.Values ?? []))]);
}

public sealed record RequirementBody(string? Key, string? Operator, IReadOnlyList<string>? Values);

/// <param name="Toml">A whole config.toml, or a template for registration.</param>
/// <param name="JobUser"><c>image:kubernetes:user</c> of the job, <c>uid</c> or <c>uid:gid</c>, variables already put in; null: it has none.</param>
/// <param name="ServiceUser"><c>services:kubernetes:user</c>, of the same form; null: it has none.</param>
/// <param name="Services">Where services have different users: by name; they then take the place of the one called service.</param>
/// <param name="Runner">Which runner, from 0; null: the first of the Kubernetes executor.</param>
/// <param name="RunnerName">Which runner, by its name; null: as <paramref name="Runner"/> says.</param>
public sealed record IdentityBody(
    string? Toml, [property: JsonConverter(typeof(UserText))] string? JobUser, [property: JsonConverter(typeof(UserText))] string? ServiceUser,
    IReadOnlyList<ServiceUserBody>? Services, int? Runner, string? RunnerName);

/// <param name="Name">Of its container.</param>
/// <param name="User">Null: it has none.</param>
public sealed record ServiceUserBody(string? Name, [property: JsonConverter(typeof(UserText))] string? User);

/// <summary>CI files hold users as texts and as numbers; GitLab sends both on.</summary>
internal sealed class UserText : JsonConverter<string>
{
    private static readonly PlainText Plain = new();

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number.ToString(CultureInfo.InvariantCulture) : Plain.Read(ref reader, typeToConvert, options);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
