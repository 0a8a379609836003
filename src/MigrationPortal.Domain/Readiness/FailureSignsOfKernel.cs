namespace MigrationPortal.Domain.Readiness;

/// <summary>What a container without the old host's rights cannot do (rules R05, R06, R13, R20, R21, R45): texts of iputils, busybox, procps, util-linux, chrome, PostgreSQL.</summary>
internal static class FailureSignsOfKernel
{
    private const string Start = FailureSignsOfDocker.Start + @"(?:[\w./-]+/)?(?:(?:ba|da|z)?sh: (?:line )?(?:\d+: )?(?:/\S+/)?)?";
    private const string NotAllowed = @"(?:Operation not permitted|permission denied|EPERM|Errno 1\b)";

    /// <summary>The shell names the program that was killed, also where the code alone would point at the job.</summary>
    public static readonly FailureSign HelperKilled = new("helper-oom", null, "The container that fetches sources and packs cache and artifacts was killed, as happens when its memory runs out.",
        "Ask the platform team for a higher helper_memory_limit (250Mi or more), or make cache and artifacts smaller.",
        @"\bKilled\b.*(?:gitlab-runner-helper|cache-archiver|cache-extractor|artifacts-uploader|artifacts-downloader)");

    public static readonly IReadOnlyList<FailureSign> Rights =
    [
        new("ping-cap", "R05", "The job sends raw packets, as ping does, and containers may not do that here.",
            "Check the port instead (nc -z, curl), or ask for NET_RAW or the ping_group_range setting.",
            Start + @"(?:ping6?|fping6?|arping|traceroute6?|mtr\S*|tcpdump|nping|hping3|dhclient|tcptraceroute|nmap): .*(?:permission denied|not permitted|are you root|must run as root|privilege|SOCK_RAW|raw socket)",
            @"\bLacking privilege for (?:raw|icmp) socket", @"You requested a scan type which requires root privileges", @"Couldn't open a raw socket", @"You don't have permission to (?:capture|perform this capture) on that device", @"do not have enough privileges to use this traceroute", @"raw socket\S*.*" + NotAllowed, @"SOCK_RAW.*" + NotAllowed, Start + @"socket: Operation not permitted\s*$", @"icmp\S*:? .*(?:socket|listen|open)\S*: (?:operation not permitted|permission denied)", @"(?:listen|dial) ip\d?:(?:icmp|1)\S* .*(?:operation not permitted|permission denied)", @"Failure to open IPv[46] sockets"),
        new("sysctl", "R06", "The job changes the kernel or the network of its host, which a container may not do here.",
            "Ask the platform team to set it on the nodes beforehand, or use a runner that allows it.",
            Start + @"sysctl: .*(?:Read-only file system|permission denied|not permitted)", @"/proc/sys/\S+?'?""?:? .*?(?:Read-only file system|permission denied|EROFS|EACCES)", Start + @"(?:modprobe|insmod): .*", @"vm\.max_map_count \[?\d+\]? is too low", @"max virtual memory areas vm\.max_map_count",
            Start + @"(?:ip6?tables\S*|nft|ebtables|ipset)\b.*(?:you must be root|permission denied|not permitted)", @"RTNETLINK answers: Operation not permitted", Start + @"(?:mount|umount|mount\.\w+|swapon|losetup|chroot|unshare|setcap|nsenter|fusermount3?|pivot_root|mknod|hostname|ip|tc|brctl|date|hwclock|dmesg|renice|nice|ionice|chrt): .*(?:permission denied|not permitted|must be (?:superuser|root)|are you root)", @"must be superuser to use (?:u)?mount",
            @"fuse: (?:device not found|failed to open|mount failed)", @"unable to set CAP_SETFCAP", @"\bcap_set_(?:proc|file)\b.*not permitted", @"/dev/(?:net/tun|fuse|kvm|loop\S*)\S*.*(?:permission denied|not permitted|no such file)", @"Cannot open TUN/TAP dev", @"memlock.*(?:not permitted|cannot)|mlockall?\b.*(?:failed|not permitted)", @"ulimit: .*(?:cannot modify limit|not permitted)", @"dmesg: read kernel buffer failed"),
        new FailureSign("sysctl", "R45", "The tool makes containers of its own inside the job, which needs rights that the job does not have here.",
            "Run it with chroot isolation and the vfs storage driver, or use a runner that allows it.",
            @"failed to share mount point", @"(?:unshare|clone|CLONE_NEWUSER|CLONE_NEWNS|newuidmap|newgidmap|setns|setgroups|rootlesskit|rootless)\S*.*(?:not permitted|permission denied)", @"\bbwrap: ", @"No permissions to create new namespace", @"Failed to move to new namespace", @"No usable sandbox!", @"Running as root without --no-sandbox", @"cannot (?:clone|set up namespace|create user namespace)\S*: Operation not permitted", @"kernel does not allow (?:unprivileged )?user namespaces", @"potentially insufficient UIDs or GIDs available", @"apparmor_restrict_unprivileged_userns")
            .Unless("Running as root without --no-sandbox"),
        new("crashloop-arch", "R13", "A program of the job or its image is built for another processor than the node has.",
            "Use a build for the node's architecture, or ask for a runner on nodes of the other one.", @"exec format error", @"cannot execute binary file", @"qemu\S*: Could not open|qemu: uncaught target signal|rosetta error"),
        new("shm", "R20", "Shared memory (/dev/shm) has 64 MiB here, too little for browsers and databases.",
            "Start the browser with --disable-dev-shm-usage, or ask for a larger /dev/shm on the runner.",
            @"session deleted because of page crash", @"cannot determine loading status.*tab crashed|\btab crashed\b", @"could not resize shared memory segment", @"shared memory segment .*No space left on device", @"DevToolsActivePort file doesn't exist", @"/dev/shm\b.*(?:No space left|failed|too small|ENOSPC|errno 28|insufficient|not enough)",
            @"(?:No space left|failed|ENOSPC).*/dev/shm\b", @"insufficient shared memory", @"Bus error", @"\bSIGBUS\b", @"\bPage crashed\b", @"Target crashed", @"Renderer process (?:just )?crashed|renderer process .*crash", @"ORA-00845", @"Creating shared memory in .* failed", @"out of shared memory.*shm|\bshm_open\b.*(?:failed|error|No space)", @"browser has crashed|The browser.*crashed unexpectedly", @"chrome not reachable"),
        HelperKilled,
        new("oom-child", "R21", "A process of the job was killed, as happens when memory runs out.",
            "Set KUBERNETES_MEMORY_LIMIT in the job, or lower what it uses: fewer parallel workers, a smaller -Xmx.",
            @"Killed signal terminated program", @"\bsignal: killed\b", @"terminated by (?:another process: )?signal[ =:]+SIGKILL", @"signal=SIGKILL", @"\bSIGKILL\b", @"(?:exit(?:ed)?|finished|failed|returned|code|errno|value|status)[^\d]{0,24}\b137\b", @"^(?:\S+: (?:line )?\d+: )?\s*\d+ Killed\b", @"^\s*Killed\s*$", @"\bCannot allocate memory", @"\bENOMEM\b", @"os::commit_memory\(.*(?:errno=12|Not enough space)", @"There is insufficient memory for the Java Runtime Environment", @"Native memory allocation \(\w+\) failed", @"daemon disappeared unexpectedly", @"\bOut of memory: Kill(?:ed)? process", @"virtual memory exhausted", @"memory cgroup out of memory", @"ld(?:\.\w+)? terminated with signal 9", @"was killed by signal 9|killed by signal: Killed|oom-kill", @"Kotlin daemon.*terminated unexpectedly"),
    ];
}
