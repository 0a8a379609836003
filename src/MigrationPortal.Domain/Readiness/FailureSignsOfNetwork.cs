namespace MigrationPortal.Domain.Readiness;

/// <summary>
/// Names and connections (rules R08, R09, R10, R27, R34, R43): texts of libc and musl, curl, git, ssh, Go, Node, Java, Python and the
/// database clients. A refused connection is no sign: somebody answered, so the network let it pass.
/// </summary>
internal static class FailureSignsOfNetwork
{
    private const string NotThere = @"(?:Name or service not known|Temporary failure in name resolution|Name does not resolve|nodename nor servname|Name has no usable address|No address associated with hostname)";
    private const string NoWay = @"(?:timed out|timeout|timedout|network is unreachable|no route to host|unreachable)";
    private const string Loopback = @"\b127\.0\.0\.1|\blocalhost\b|\[?::1\]?[: ]";

    // A name without a dot is that of a service or a neighbour; here such names come from the pod's hosts file only.
    private const string Service = @"(?:[a-z0-9][\w-]*?__[\w.-]*|[a-z0-9][\w-]*)";

    public static readonly IReadOnlyList<FailureSign> Connections =
    [
        new("service-port-conflict", "R09", "Two programs want the same port: here the job and its services share one network.",
            "Give one of them another port; only one service of a kind can keep its usual one.",
            @"\baddress already in use\b", @"\bEADDRINUSE\b", @"Port \d+ (?:is |was )?already (?:in use|being used|allocated)", @"\bport is already allocated", @"Only one usage of each socket address", @"Address in use", @"(?:port|bind)\S* .*already (?:in use|bound)", @"Failed to bind to \S+:\d+"),
        new("service-name", "R08", "The job looks for a service under a name that does not exist here.",
            "Use the service's alias, or the form with one dash (group-postgres instead of group__postgres); another container's name becomes localhost.",
            [.. Names(Service + @"(?::\d+)?(?:['""\s,;)\]]|: |:$|$)")]),
        new("ssh-blocked", "R27", "The job connects by SSH, and only other ports are open from here.",
            "Fetch by https (GIT_SUBMODULE_FORCE_HTTPS: \"true\" for submodules), or ask the platform team to open port 22 to that host.",
            @"ssh: connect to host \S+ port \d+: (?:Connection timed out|Operation timed out|Network is unreachable|No route to host|Network unreachable)", @"port 22\b.*" + NoWay, @":22\b.*" + NoWay, NoWay + @".*(?::22|port 22)\b", @"kex_exchange_identification: .*(?:Connection reset|closed)", @"ssh: .*(?:Connection|Operation) timed out"),
        new FailureSign("egress-blocked", "R27", "A connection out of the cluster got no answer: the host is not open from here, or is down.",
            "Ask the platform team to open the host and port that the message names; run the job again to exclude a passing fault.",
            @"lookup \S+ on \S+: .*(?:i/o timeout|connection refused)", @"(?:^\s*|[:,()\]]\s*)connect(?:ion|ing)?\b.*\btimed[ -]?out\b", @"(?:^\s*|[:,()\]]\s*)connection timeout\b", @"\bETIMEDOUT\b", @"dial (?:tcp|udp)\S* \S+ .*i/o timeout", @"dial (?:tcp|udp)\S* \S+: (?:connect: )?(?:i/o timeout|network is unreachable|no route to host|connection timed out|operation timed out)", @"\bNetwork is unreachable\b", @"\bNo route to host\b", @"\b(?:ENETUNREACH|EHOSTUNREACH)\b", @"curl: \(28\)", @"Failed to connect to \S+ port \d+ after \d+ ms: (?:Couldn't connect to server|Could not connect|Timeout|Timed out|Connection timed out)", @"Failed to connect to \S+ port \d+: " + NoWay,
            @"\b(?:Connect|Read)Timeout(?:Error|Exception)?\b", @"ConnectTimeout", @"ConnectionTimeout\w*", @"Could not connect to \S+:\d+.*" + NoWay, @"connect to \S+ port \d+ (?:failed|after).*" + NoWay, @"net/http: request canceled while waiting for connection", @"Client\.Timeout exceeded while awaiting headers", @"Operation timed out", @"can't connect to remote host.*" + NoWay, @"Unable to connect to \S+.*" + NoWay, @"Connection to \S+ (?:timed out|failed).*" + NoWay, @"HttpConnectTimeoutException|SocketTimeoutException: [Cc]onnect", @"Resolving timed out", @"network .*(?:request to|connectivity).*(?:ETIMEDOUT|timeout)")
            .Unless(Loopback),
        new FailureSign("dns-musl", "R43", "A host name could not be resolved from here.",
            "Check the name; ask the platform team for dns_config with ndots 1, or the ubuntu variant of the helper image, if others resolve it.",
            [.. Names(@"[\w.-]+"), NotThere, @": Try again\s*$", @"\bno such host\b", @"\bserver misbehaving\b", @"getaddrinfo(?:\(\))? (?:ENOTFOUND|EAI_AGAIN|failed)", @"\b(?:EAI_AGAIN|ENOTFOUND)\b", @"UnknownHostException", @"NameResolutionError|Failed to resolve '", @"dns error: ", @"failed to lookup address information", @"NXDOMAIN", @"SERVFAIL"])
            .Unless(Loopback),
    ];

    public static readonly IReadOnlyList<FailureSign> Services =
    [
        new("service-unhealthy", "R34", "A service of the job did not start in time.",
            "Read the service's log (CI_DEBUG_SERVICES: \"true\"); let the job wait for its port, or set HEALTHCHECK_TCP_PORT on the service.",
            @"^\*\*\* WARNING: Service \S+ probably didn't start properly", @"service ""[^""]+"" (?:health check|timeout|is not healthy)", @"Health check (?:error|container)"),
    ];

    private static IEnumerable<string> Names(string host) =>
    [
        @"could ?n[o']t resolve host(?:name)?:? ['""]?" + host, @"could not translate host name ""?" + host, @"\blookup " + host + @"(?: on \S+)?:? ?(?:no such host|server misbehaving|Temporary|Try again|$|on \S+: (?:no such host|server misbehaving|Temporary|Try again))",
        @"getaddrinfo (?:ENOTFOUND|EAI_AGAIN) " + host, @"UnknownHostException: " + host, @"\bunknown (?:mysql server |server )?host:? ['""]?" + host, @"\bbad address ['""]?" + host, @"unable to resolve host(?: address)? ['""‘“]?" + host, @"Temporary failure resolving '" + host,
        @"(?:^|[\s'""(/])" + host.Replace(@"(?:['""\s,;)\]]|: |:$|$)", "", StringComparison.Ordinal) + @"['""]?: " + NotThere, @"Failed to resolve '" + host, @"failed to resolve (?:address|host(?:name)?|name)\S*:? ['""]?" + host,
    ];
}
