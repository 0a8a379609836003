using System.Collections.Frozen;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class DeviceRule : ReadinessRule
{
    private static readonly FrozenDictionary<string, string> Commands = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["nvidia-smi"] = "nvidia.com/gpu",
        ["gcsfuse"] = "/dev/fuse",
        ["s3fs"] = "/dev/fuse",
        ["nvtop"] = "nvidia.com/gpu",
        ["rocm-smi"] = "amd.com/gpu",
        ["rocminfo"] = "amd.com/gpu",
        ["emulator"] = "/dev/kvm",
        ["kvm"] = "/dev/kvm",
        ["kvm-ok"] = "/dev/kvm",
        ["virt-install"] = "/dev/kvm",
        ["libvirtd"] = "/dev/kvm",
        ["vagrant"] = "/dev/kvm",
        ["firecracker"] = "/dev/kvm",
        ["openvpn"] = "/dev/net/tun",
        ["wg-quick"] = "/dev/net/tun",
        ["openconnect"] = "/dev/net/tun",
        ["lsusb"] = "/dev/bus/usb",
        ["dfu-util"] = "/dev/bus/usb",
        ["openocd"] = "/dev/bus/usb",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Files = ["/dev/kvm", "/dev/fuse", "/dev/net/tun", "/dev/bus/usb", "/dev/ttyUSB", "/dev/ttyACM", "/dev/dri", "/dev/nvidia", "/dev/video", "/dev/loop"];

    public override string Id => "R28";

    public override string Title => "devices";

    public override string Why => "A pod sees a GPU or a device file only where the runner asks the cluster for it.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "device not found";

    public override RuleSigns Signs { get; } = new() { Commands = Commands.Keys, Words = [.. Files, "-enable-kvm", "accel", "VISIBLE_DEVICES", "cuda", "--gpus"], Images = IsForGpu };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (profile.PrivilegedBuild) yield break;
        foreach (var command in job.Programs)
        {
            if (Commands.TryGetValue(command.Name, out var device) && !profile.Devices.Contains(device) && !(command.Name == "emulator" && command.Command.Has("-no-accel"))) yield return At(job, Usual, command.Line, command.Name, device);
            else if (command.Name.StartsWith("qemu-system-", StringComparison.Ordinal) && command.Command.Has("-enable-kvm", "--enable-kvm", "accel=kvm", "-accel") && !profile.Devices.Contains("/dev/kvm")) yield return At(job, Usual, command.Line, command.Name, "/dev/kvm");
        }

        foreach (var word in job.UsedWords)
            if (Files.FirstOrDefault(file => IsFile(word.Text, file)) is { } file && !profile.Devices.Any(device => device.StartsWith(file, StringComparison.Ordinal)) && !(file.StartsWith("/dev/nvidia", StringComparison.Ordinal) && profile.Devices.Contains("nvidia.com/gpu")))
                yield return At(job, Usual, word.Line, "The job", file);
        foreach (var (name, value) in ShellSettings.All(job).Where(one => one.Name is "CUDA_VISIBLE_DEVICES" or "NVIDIA_VISIBLE_DEVICES" && one.Value.Text is not ("" or "-1" or "none" or "void")))
            if (!profile.Devices.Contains("nvidia.com/gpu")) yield return At(job, Severity.Likely, value.Line, name, "nvidia.com/gpu");
        foreach (var word in job.UsedWords.Where(word => word.Text is "cuda" or "cuda:0" or "--device=cuda" || word.Text.Contains("torch.cuda", StringComparison.Ordinal)))
            if (!profile.Devices.Contains("nvidia.com/gpu")) yield return At(job, Severity.Likely, word.Line, "The job", "nvidia.com/gpu");
        foreach (var word in job.UsedWords.Where(word => word.Text.StartsWith("--gpus", StringComparison.Ordinal)))
            if (!profile.Devices.Contains("nvidia.com/gpu")) yield return At(job, Usual, word.Line, "The job", "nvidia.com/gpu");
        if (job.Image is { } image && IsForGpu(image) && !profile.Devices.Contains("nvidia.com/gpu"))
            yield return Found(job, Severity.Likely, image.Line, $"{image.Written} is made for a GPU, which the pod does not have.", "tags: [gpu]    # ask your administrators for the tag of a Kubernetes runner with GPUs; compiling alone needs none");
    }

    /// <summary>The path itself, also behind an option's <c>=</c>; no part of an address.</summary>
    private static bool IsFile(string word, string file) =>
        word.IndexOf(file, StringComparison.Ordinal) is var at and >= 0 && (at == 0 || word[at - 1] is '=' or ':' or ',' or ' ' or '"');

    private static bool IsForGpu(ImageName image) => image.Says("cuda") || image.Path.StartsWith("nvidia/", StringComparison.Ordinal);

    private Finding At(JobView job, Severity severity, int line, string who, string device) =>
        Found(job, severity, line, $"{who} needs {device}, which the pod does not have.", $"Ask your administrators for a Kubernetes runner with {device}, and use its tag; keep the job on docker meanwhile.");
}
