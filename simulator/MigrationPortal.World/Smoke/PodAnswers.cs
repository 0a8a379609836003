namespace MigrationPortal.World;

/// <summary>What jobs see of the pods that a runner makes, where their script asks (<c>PORTAL-CHECK</c>).</summary>
/// <param name="Memory">As <c>memory.max</c> of cgroups: bytes or <c>max</c>.</param>
/// <param name="Cpu">As <c>cpu.max</c>: quota, a colon, period.</param>
/// <param name="CapBnd">As <c>/proc/self/status</c>: hexadecimal.</param>
/// <param name="AllowedImages">Globs; empty: all.</param>
/// <param name="Closed">Places that jobs do not reach, <c>host:port</c>, or <c>gitlab</c>, <c>registry</c>, <c>service</c>.</param>
public sealed record PodAnswers(
    long Uid = 0,
    long Gid = 0,
    string Memory = "max",
    string Cpu = "max:100000",
    bool Token = true,
    string CapBnd = "00000000a80405fb",
    bool Ping = false,
    bool Cache = false,
    bool MetadataBlocked = false,
    IReadOnlyList<string>? AllowedImages = null,
    IReadOnlyList<string>? Closed = null);

/// <summary>What the pods of a runner's jobs are like from now on. Value: null.</summary>
public sealed record DescribePods(int RunnerId, PodAnswers Answers) : WorldInput;
