using System.Text.Json;
using System.Text.Json.Serialization;

namespace MigrationPortal.Infrastructure.Clusters;

/// <summary>Of Kubernetes' objects what the portal reads: all else is passed over without being kept.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, DefaultBufferSize = 4096)]
[JsonSerializable(typeof(StatusDto))]
[JsonSerializable(typeof(VersionDto))]
[JsonSerializable(typeof(ReviewDto))]
[JsonSerializable(typeof(SelfDto))]
[JsonSerializable(typeof(DiscoveryDto))]
[JsonSerializable(typeof(ListDto<PodDto>), TypeInfoPropertyName = "PodList")]
[JsonSerializable(typeof(ListDto<DeploymentDto>), TypeInfoPropertyName = "DeploymentList")]
[JsonSerializable(typeof(ListDto<NodeDto>), TypeInfoPropertyName = "NodeList")]
[JsonSerializable(typeof(ListDto<QuotaDto>), TypeInfoPropertyName = "QuotaList")]
[JsonSerializable(typeof(ListDto<EventDto>), TypeInfoPropertyName = "EventList")]
[JsonSerializable(typeof(WatchEventDto))]
internal sealed partial class KubernetesJson : JsonSerializerContext;

internal sealed record StatusDto(string? Message, string? Reason, int? Code);

internal sealed record VersionDto(string? GitVersion);

internal sealed record ReviewDto(string ApiVersion, string Kind, ReviewSpec? Spec, ReviewStatus? Status);

internal sealed record ReviewSpec(ReviewAttributes ResourceAttributes);

internal sealed record ReviewAttributes(string? Namespace, string Verb, string Group, string Resource, string? Subresource);

internal sealed record ReviewStatus(bool Allowed, string? Reason);

internal sealed record SelfDto(string ApiVersion, string Kind, SelfStatus? Status);

internal sealed record SelfStatus(SelfUser? UserInfo);

internal sealed record SelfUser(string? Username);

internal sealed record DiscoveryDto(IReadOnlyList<DiscoveredDto>? Resources);

internal sealed record DiscoveredDto(string? Name);

internal sealed record ListDto<T>(ListMeta? Metadata, IReadOnlyList<T>? Items);

internal sealed record ListMeta(string? ResourceVersion, string? Continue);

internal sealed record ObjectMeta(
    string? Name, string? Namespace, string? ResourceVersion, DateTimeOffset? CreationTimestamp, DateTimeOffset? DeletionTimestamp,
    Dictionary<string, string>? Labels, Dictionary<string, string>? Annotations, IReadOnlyList<OwnerDto>? OwnerReferences);

internal sealed record OwnerDto(string? Kind, string? Name);

/// <param name="Object">A pod; for <c>BOOKMARK</c> its version alone, for <c>ERROR</c> a Status.</param>
internal sealed record WatchEventDto(string? Type, PodDto? Object);

internal sealed record PodDto(ObjectMeta? Metadata, PodSpecDto? Spec, [property: JsonConverter(typeof(PodStatusConverter))] PodStatusDto? Status, int? Code, string? Message);

internal sealed record PodSpecDto(string? NodeName, IReadOnlyList<ContainerDto>? Containers, IReadOnlyList<ContainerDto>? InitContainers, ResourcesDto? Resources);

internal sealed record ContainerDto(string? Name, string? Image, ResourcesDto? Resources, IReadOnlyList<PortDto>? Ports, string? RestartPolicy);

internal sealed record PortDto(int ContainerPort, string? Name);

internal sealed record ResourcesDto(Dictionary<string, string>? Requests);

internal sealed record PodStatusDto(
    string? Phase, string? Reason, string? Message, DateTimeOffset? StartTime, IReadOnlyList<ConditionDto>? Conditions,
    IReadOnlyList<ContainerStatusDto>? InitContainerStatuses, IReadOnlyList<ContainerStatusDto>? ContainerStatuses);

internal sealed record ConditionDto(string? Type, string? Status, string? Reason, string? Message);

internal sealed record ContainerStatusDto(string? Name, bool Ready, int RestartCount, ContainerStateDto? State);

internal sealed record ContainerStateDto(WaitingDto? Waiting);

internal sealed record WaitingDto(string? Reason, string? Message);

internal sealed record DeploymentDto(ObjectMeta? Metadata, DeploymentSpecDto? Spec, DeploymentStatusDto? Status);

internal sealed record DeploymentSpecDto(int? Replicas, PodTemplateDto? Template);

internal sealed record PodTemplateDto(PodSpecDto? Spec);

internal sealed record DeploymentStatusDto(int? ReadyReplicas, IReadOnlyList<ConditionDto>? Conditions);

internal sealed record NodeDto(ObjectMeta? Metadata, NodeSpecDto? Spec, NodeStatusDto? Status);

internal sealed record NodeSpecDto(bool? Unschedulable);

internal sealed record NodeStatusDto(Dictionary<string, string>? Allocatable, IReadOnlyList<ConditionDto>? Conditions);

internal sealed record QuotaDto(ObjectMeta? Metadata, QuotaStatusDto? Status);

internal sealed record QuotaStatusDto(Dictionary<string, string>? Hard, Dictionary<string, string>? Used);

internal sealed record EventDto(InvolvedDto? InvolvedObject, string? Reason, string? Message);

internal sealed record InvolvedDto(string? Kind, string? Name, string? Namespace);

/// <summary>A pod's status is an object; that of the Status object which ends a watch is a word.</summary>
internal sealed class PodStatusConverter : JsonConverter<PodStatusDto?>
{
    public override PodStatusDto? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject) return JsonSerializer.Deserialize(ref reader, KubernetesJson.Default.PodStatusDto);
        // Skip() refuses to work on a stream, although the value was read ahead.
        reader.TrySkip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, PodStatusDto? value, JsonSerializerOptions options) => throw new NotSupportedException("Pods are read, never written.");
}
