namespace MigrationPortal.Domain.Readiness;

/// <summary>What the Kubernetes API refused or did not answer (order 5): texts of the API server, its admission plugins and client-go.</summary>
internal static class FailureSignsOfAdmission
{
    private const string ApiUrl = @"https?://[^\s""]+/(?:api|apis/[\w.-]+)/v\d\w*/?";
    private const string NoAnswer = @"(?:dial tcp|i/o timeout|connection refused|connection reset|no route to host|network is unreachable|TLS handshake|EOF|connection lost|no such host|x509|context deadline exceeded|client\.timeout|request canceled|broken pipe|GOAWAY|unexpected error)";

    public static readonly IReadOnlyList<FailureSign> Refusals =
    [
        new("quota-missing-limits", null, "The namespace has a quota, and the job's containers do not say what they need.",
            "Ask the platform team to set requests and limits for build, helper and services; or set KUBERNETES_CPU_LIMIT and its like.", @"failed quota: .*must specify", @"must specify (?:limits|requests)\."),
        new("quota", null, "The quota of the namespace where jobs run is used up, or a container asks for more than one may.",
            "Run the job again when others are done; ask for a larger quota or smaller requests.",
            @"exceeded quota", @"forbidden: .*(?:maximum|minimum) (?:cpu|memory|ephemeral-storage)\S* (?:usage|limit|to limit)", @"is forbidden: .*insufficient quota"),
        new("resource-check", null, "Something that the job's pod needs is not in the cluster: its service account, a pull secret, a class or the namespace.",
            "Ask the platform team to create what the message names in the namespace where jobs run.",
            @"Timed out while waiting for \w+/\S+ to be present in the cluster", @"error looking up service account", @"\bserviceaccounts? ""[^""]+"" not found", @"no PriorityClass with name", @"RuntimeClass ""[^""]+"" not found",
            @"\bnamespaces ""[^""]+"" not found", @"Unable to retrieve some image pull secrets", @"priorityclasses?\.scheduling.*not found"),
        new("pod-security", "R45", "The security rules of the namespace do not admit the job's pod, such as privileged or root containers.",
            "Use a runner whose settings fit the rules, or a tool that needs no privileges; exceptions are the platform team's to make.",
            @"violates PodSecurity", @"unable to validate against any (?:security context constraint|pod security policy)", @"admission webhook ""[^""]+"" denied the request", @"\bPodSecurityPolicy\b.*(?:denied|forbidden|unable)", @"is forbidden: .*(?:privileged|hostPath|capabilities|runAsUser|securityContext|seccomp|host namespaces)", @"denied the request: .*(?:policy|violat)", @"ValidatingAdmissionPolicy .*denied request", @"Pod Security .*violat"),
        new("webhook", null, "A service that checks each new pod in the cluster did not answer in time.",
            "Run the job again; if it stays, the platform team has to mend that admission webhook.",
            @"failed calling webhook", @"Timeout: request did not complete within requested timeout", @"failed to call webhook", @"webhook .*(?:context deadline exceeded|timeout|no endpoints available|connection refused)"),
        new("rbac", null, "The runner itself is not allowed to do this in the cluster.",
            "Ask the platform team to give the runner's service account the missing right in the namespace where jobs run.",
            @"\bUser ""[^""]+"" cannot \w+ resource", @"is forbidden: User ""system:", @"\bcannot (?:create|get|list|watch|delete|update|patch) (?:resource|pods|secrets)\b", @"(?:setting up|getting|creating|error) .*: Unauthorized$", @"the server has asked for the client to provide credentials", @"attempting to grant RBAC permissions", @"^Unauthorized$"),
        new("api-unreachable", null, "The runner could not reach the cluster's Kubernetes API.",
            "Run the job again; if it stays, the platform team has to look at the API's address, its load and the network policy of the runner.",
            ApiUrl + ".*" + NoAnswer, @"dial tcp \S+:(?:6443|8443|10250|16443)\b", @"error dialing backend", @"\bhttp2: client connection lost", @"the server is currently unable to handle the request", @"etcdserver: (?:request timed out|leader changed|no leader)",
            @"apiserver (?:not ready|is shutting down)", @"connection to the server \S+ was refused", @"unable to connect to the server", @"creating Kubernetes client: ", @"getting Kubernetes config: ", @"setting up (?:build (?:pod|namespace)|credentials): .*" + NoAnswer, @"unable to upgrade connection: ", @"the server was unable to return a response in the time allotted", @"^(?:[\w ]+: )*dial tcp \S+:443: (?:connect: (?:connection refused|no route to host)|i/o timeout)"),
    ];
}
