using System.Globalization;
using System.Text.Json.Nodes;
using MigrationPortal.Kubernetes;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>What jobs will see of the pods that a <c>[runners.kubernetes]</c> makes.</summary>
internal static class PodDescription
{
    private const string BuildContext = "build_container_security_context";
    private const string EveryCapability = "000001ffffffffff";
    private const string WithNetRaw = "00000000a80425fb";
    private const string WithoutNetRaw = "00000000a80405fb";

    /// <param name="metadataBlocked">Whether a network policy of the job's namespace keeps the metadata service away.</param>
    public static PodAnswers Of(RunnerSection section, bool metadataBlocked)
    {
        var keys = section.Kubernetes;
        var privileged = keys.Map(BuildContext).Flag("privileged") ?? keys.Flag("privileged") ?? false;
        var dropped = keys.Texts(BuildContext, "capabilities", "drop").Concat(keys.Texts("cap_drop")).ToList();
        var raw = privileged || (keys.Texts("cap_add").Contains("NET_RAW") && !dropped.Contains("NET_RAW") && !dropped.Contains("ALL"));
        return new PodAnswers(
            Uid: IdOf(keys, "run_as_user"),
            Gid: IdOf(keys, "run_as_group"),
            Memory: Amounts.Mebis(keys.Text("memory_limit")) is > 0 and var memory ? (memory << 20).ToString(CultureInfo.InvariantCulture) : "max",
            Cpu: Amounts.Millis(keys.Text("cpu_limit")) is > 0 and var cpu ? string.Create(CultureInfo.InvariantCulture, $"{cpu * 100}:100000") : "max:100000",
            Token: keys.Flag("automount_service_account_token") ?? true,
            CapBnd: privileged ? EveryCapability : dropped.Contains("ALL") ? new string('0', 16) : raw ? WithNetRaw : WithoutNetRaw,
            Ping: raw,
            Cache: section.Keys.Text("cache", "Type") is { Length: > 0 },
            MetadataBlocked: metadataBlocked,
            AllowedImages: [.. keys.Texts("allowed_images")]);
    }

    /// <summary>Whether jobs of this namespace are kept from the address of cloud metadata.</summary>
    public static bool BlocksMetadata(ClusterObjects objects, string space) => objects.List("networkpolicies.networking.k8s.io", space)
        .SelectMany(policy => policy.Items("spec", "egress")).SelectMany(rule => rule.Items("to"))
        .Any(to => to.Texts("ipBlock", "except").Any(range => range.StartsWith("169.254.169.254", StringComparison.Ordinal)));

    private static long IdOf(JsonObject keys, string key) =>
        keys.Map(BuildContext).Whole(key) ?? keys.Map("pod_security_context").Whole(key) ?? 0;
}
