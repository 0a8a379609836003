namespace MigrationPortal.Kubernetes;

/// <summary>What every cluster begins with: its namespaces, and what any known caller may ask.</summary>
internal static class Seeds
{
    private static readonly string[] Namespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];

    public static void Plant(KubernetesParts parts, int nodes)
    {
        var objects = new ClusterObjects(parts);
        foreach (var name in Namespaces)
        {
            objects.Put($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""", "kube-apiserver");
        }

        objects.Put(Role("cluster-admin", """{"apiGroups":["*"],"resources":["*"],"verbs":["*"]},{"nonResourceURLs":["*"],"verbs":["*"]}"""), "kube-apiserver");
        objects.Put(Role("system:basic-user", """
            {"apiGroups":["authorization.k8s.io"],"resources":["selfsubjectaccessreviews","selfsubjectrulesreviews"],"verbs":["create"]},
            {"apiGroups":["authentication.k8s.io"],"resources":["selfsubjectreviews"],"verbs":["create"]}
            """), "kube-apiserver");
        objects.Put(Role("system:discovery", """
            {"nonResourceURLs":["/api","/api/*","/apis","/apis/*","/healthz","/livez","/openapi","/openapi/*","/readyz","/version","/version/"],"verbs":["get"]}
            """), "kube-apiserver");
        objects.Put(Role("system:public-info-viewer", """
            {"nonResourceURLs":["/healthz","/livez","/readyz","/version","/version/"],"verbs":["get"]}
            """), "kube-apiserver");
        for (var number = 1; number <= nodes; number++)
        {
            objects.Put(Node($"node-{number}"), "kubelet");
        }

        Bind(objects, "cluster-admin", "system:masters");
        Bind(objects, "system:basic-user", "system:authenticated");
        Bind(objects, "system:discovery", "system:authenticated");
        Bind(objects, "system:public-info-viewer", "system:authenticated", "system:unauthenticated");
    }

    private static string Node(string name) => $"""
        apiVersion: v1
        kind: Node
        metadata:
          name: {name}
          labels: {"{"}kubernetes.io/hostname: {name}, kubernetes.io/os: linux, kubernetes.io/arch: amd64{"}"}
        status:
          capacity: {"{"}cpu: "8", memory: 32Gi, pods: "110"{"}"}
          allocatable: {"{"}cpu: "8", memory: 32Gi, pods: "110"{"}"}
          conditions:
          - {"{"}type: Ready, status: "True", reason: KubeletReady, message: kubelet is posting ready status{"}"}
          nodeInfo: {"{"}kubeletVersion: v1.36.0, operatingSystem: linux, architecture: amd64{"}"}
        """;

    private static string Role(string name, string rules) => $$"""
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"{{name}}"},"rules":[{{rules}}]}
        """;

    private static void Bind(ClusterObjects objects, string role, params string[] groups)
    {
        var subjects = string.Join(',', groups.Select(group => $$"""{"apiGroup":"rbac.authorization.k8s.io","kind":"Group","name":"{{group}}"}"""));
        objects.Put($$$"""
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"{{{role}}}"},
             "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"{{{role}}}"},"subjects":[{{{subjects}}}]}
            """, "kube-apiserver");
    }
}
