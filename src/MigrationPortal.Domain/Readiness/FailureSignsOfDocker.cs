namespace MigrationPortal.Domain.Readiness;

/// <summary>Jobs that talk to a docker daemon (rules R01 to R04, R32, R33): texts of the docker client and daemon, buildx, compose and Testcontainers.</summary>
internal static class FailureSignsOfDocker
{
    /// <summary>Texts of tools stand at the beginning of a line, behind what BuildKit, pytest or npm put there.</summary>
    internal const string Start = @"^\s*(?:#\d+ (?:\d+\.\d+ )?|E\s+|npm (?:ERR!|error) |\[\w[^\]]*\] (?:\d{4}-\d\d-\d\dT\S+ )?|error: |fatal: |failed: )?";

    private const string DaemonPort = @"(?:2375|2376)\b";

    public static readonly IReadOnlyList<FailureSign> Daemon =
    [
        new("docker-socket", "R02", "The job uses the docker daemon of its host, and here there is none.",
            "Build with buildah, BuildKit or kaniko, add a docker:dind service if your runner offers it, or stay on the old runners for now.",
            @"Cannot connect to the Docker daemon at (?:unix|npipe):", @"dial unix \S*docker\S*\.sock", @"permission denied while trying to connect to the docker (?:daemon|API)", @"failed to connect to the docker API at (?:unix|npipe):",
            @"Could not find a valid Docker environment", @"Couldn't connect to Docker daemon at http\+docker", @"Error while fetching server API version: .*(?:No such file|Permission denied|Connection aborted)", @"open //\./pipe/docker_engine", @"connect (?:ENOENT|EACCES) \S*docker\.sock",
            @"docker\.sock\S*: (?:no such file|connect: |permission denied|not found)", @"Could not find unix domain socket", @"Cannot connect to Podman"),
        new("dind-host", "R01", "The job looks for a docker daemon under a host name that does not exist here.",
            "Name the service docker:dind with the alias docker, and set DOCKER_HOST to tcp://docker:2375 or localhost.",
            @"lookup docker\S*(?: on \S+)?: ", @"could not (?:be )?resolved? host(?:name)?:? '?docker\b", @"error during connect: .*lookup \S+(?: on \S+)?: ", @"\bdocker: (?:Name or service not known|Temporary failure in name resolution|Name does not resolve)", @"bad address '(?:tcp://)?docker[':]", @"getaddrinfo (?:ENOTFOUND|EAI_AGAIN) docker\b", @"UnknownHostException: docker\b", @"nc: getaddrinfo.*docker|nc: bad address 'docker'", @"could not translate host name ""docker"""),
        new("dind-tcp", "R03", "The certificates of the docker service are not where the job looks for them.",
            "Share /certs/client between job and service, or set DOCKER_TLS_CERTDIR to an empty value and use port 2375.",
            @"could not read CA certificate", @"(?:open|load|read)\S* \S*certs/client/(?:ca|cert|key)\.pem", @"certs/client/\S*\.pem\S*:? (?:no such file|does not exist)", @"unable to resolve docker endpoint", @"Client sent an HTTP request to an HTTPS server", @"server gave HTTP response to HTTPS client.*:237", @"x509: .*\bdocker\b", @"failed to verify certificate.*\bdocker\b"),
        new("dind-tcp", "R04", "The docker service does not answer: it is not allowed to start, not ready yet, or listens on another port.",
            "Use a runner that allows privileged services, and set HEALTHCHECK_TCP_PORT on the service so that the job waits for it.",
            @"Cannot connect to the Docker daemon at tcp:", @"failed to connect to the docker API at tcp:", @"dial tcp \S+:" + DaemonPort, @"error during connect: ", @"connect to \S+ port " + DaemonPort, @"(?:ECONNREFUSED|ETIMEDOUT) \S+:" + DaemonPort, @"Cannot connect to the Docker daemon\b", @"(?:docker|localhost|127\.0\.0\.1) \(?\S*\)?:? ?" + DaemonPort + ".*(?:refused|timed out)", @"Connect to \S*docker:" + DaemonPort),
        new("dind-mount", "R01", "The docker service needs privileges that its container does not have here.",
            "Use a runner that allows privileged services, or build with a tool that needs no daemon.",
            Start + @"mount: permission denied \(are you root\?\)", @"Could not mount /sys/kernel/security", @"mount: mounting \S+ on \S+ failed: (?:Permission denied|Operation not permitted)", @"failed to start daemon: .*(?:permission denied|operation not permitted|must be root)", @"failed to mount overlay: operation not permitted", @"failed to register ""bridge"" driver", @"Error initializing network controller", @"failed to start daemon: Devices cgroup isn't mounted", @"error creating (?:overlay|aufs) mount to .*(?:operation not permitted|permission denied)", @"dockerd needs to be started with root privileges", @"failed to mount .*\bfstype: overlay\b.*operation not permitted", @"open /proc/sys/net/ipv4/ip_forward: read-only"),
        new("dind-mtu", "R04", "Connections from inside the docker service hang: its network packets are larger than the cluster's.",
            "Start the service with command: [\"--mtu=1450\"] (or a little below the cluster's own MTU).",
            @"SSL_ERROR_SYSCALL", @"\bTLS handshake timeout", Start + @".*error:?0A000126:SSL routines::unexpected eof", @"\bgnutls_handshake\(\) failed: (?:Error in the pull function|The TLS connection was non-properly)", @"#\d+ \d+\.\d+ .*(?:TLS|SSL) connection (?:timeout|timed out|reset)", @"network bridge .*mtu", @"\bmtu\b.*(?:mismatch|too (?:large|big|high))", @"packet needs to be fragmented|Message too long|frag needed"),
    ];
}
