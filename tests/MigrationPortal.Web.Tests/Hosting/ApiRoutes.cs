namespace MigrationPortal.Web.Tests.Hosting;

/// <param name="Path">Below <c>/api/v1/</c>, as the OpenAPI document writes it.</param>
/// <param name="Scope">The one that a refusal names; empty: every known caller.</param>
/// <param name="Body">A body that is right in form; null: none is taken.</param>
public sealed record ApiRoute(string Method, string Path, string Scope, string? Body = null)
{
    /// <summary>With ids of things that are not there.</summary>
    public string Nowhere => Path.Replace("{id}", "987654321", StringComparison.Ordinal).Replace("{number}", "987654", StringComparison.Ordinal).Replace("{key}", "no-such-phase", StringComparison.Ordinal).Replace("{tag}", "no-such-tag", StringComparison.Ordinal).Replace("{name}", "no-such-gate", StringComparison.Ordinal).Replace("{rule}", "R99", StringComparison.Ordinal).Replace("{job}", "987654321", StringComparison.Ordinal);

    /// <summary>Open to <c>selfservice</c> and to <c>read</c>: a maintainer's own, or about nobody's.</summary>
    public bool IsForEverybody => Path.Split('/')[0] is "projects" or "groups" or "readiness" or "failures";

    public override string ToString() => $"{Method} {Path}";
}

/// <summary>Every route of the API: who may use it and what it takes. A route that is missing here fails a test.</summary>
internal static class ApiRoutes
{
    private const string Reason = """{"reason":"a test"}""";

    public static readonly IReadOnlyList<ApiRoute> All =
    [
        new("GET", "session", ""),
        new("GET", "status", "read"),
        new("GET", "tokens", "admin"),
        new("POST", "tokens", "admin", """{"name":"one","scopes":["read"],"expiresAt":null}"""),
        new("DELETE", "tokens/{id}", "admin"),
        new("GET", "phases", "read"),
        new("GET", "phases/{key}", "read"),
        new("GET", "phases/{key}/policy", "read"),
        new("PUT", "phases/{key}/policy", "admin", """{"fallbackTag":"docker-fallback","automation":"manual","gatesBind":false,"approvalsNeeded":0,"approvers":[],"changeReference":"","healDrift":false,"announceSteps":true,"gates":{"margin":0.0025}}"""),
        new("GET", "schedule", "read"),
        new("POST", "schedule", "operate", """{"target":{"phase":"prepare"},"dueAt":"2031-01-01T00:00:00Z","reason":"a test","overrides":[]}"""),
        new("POST", "schedule/{id}/run", "operate"),
        new("DELETE", "schedule/{id}", "operate"),
        new("GET", "gates", "read"),
        new("POST", "gates/{key}/evaluate", "operate"),
        new("GET", "gates/{key}/history", "read"),
        new("GET", "gates/{key}/replay", "read"),
        new("POST", "gates/{key}/replay", "read", """{"days":30,"gates":{"margin":0.0025}}"""),
        new("GET", "gates/guard", "read"),
        new("POST", "gates/guard/evaluate", "operate"),
        new("GET", "gates/guard/history", "read"),
        new("GET", "gates/external", "read"),
        new("POST", "gates/external", "admin", """{"name":"of-a-test","kind":"promql","url":"https://prometheus.example.org","query":"up","passes":"atLeast","threshold":1,"timeoutSeconds":5,"token":"of-a-test"}"""),
        new("PUT", "gates/external/{name}", "admin", """{"url":"https://prometheus.example.org","query":"up","passes":"below","threshold":0.5,"timeoutSeconds":5,"token":""}"""),
        new("DELETE", "gates/external/{name}", "admin"),
        new("POST", "gates/external/{name}/secret", "admin"),
        new("POST", "gates/external/{name}/test", "admin"),
        new("GET", "calendar/windows", "read"),
        new("POST", "calendar/windows", "admin", """{"name":"Turn of the year","start":"2031-12-23T18:00","end":"2032-01-02T06:00","timeZone":"Europe/Vienna","recurrence":"FREQ=YEARLY","except":[]}"""),
        new("PUT", "calendar/windows/{id}", "admin", """{"name":"Turn of the year","start":"2031-12-23T18:00","end":"2032-01-02T06:00","timeZone":"Europe/Vienna","recurrence":null}"""),
        new("POST", "calendar/windows/{id}/end", "admin"),
        new("DELETE", "calendar/windows/{id}", "admin"),
        new("POST", "calendar/import", "admin", """{"text":"BEGIN:VCALENDAR\nEND:VCALENDAR","timeZone":"UTC"}"""),
        new("GET", "calendar.ics", "read"),
        new("POST", "automation/stop", "operate", Reason),
        new("POST", "automation/start", "operate", Reason),
        new("GET", "tags", "read"),
        new("GET", "tags/detail", "read"),
        new("PUT", "tags/{tag}/decision", "admin", """{"decision":"keep"}"""),
        new("PUT", "tags/{tag}/translation", "admin", """{"translation":"k8s-default"}"""),
        new("GET", "plans", "read"),
        new("POST", "plans", "operate", """{"target":{"phase":"prepare"}}"""),
        new("GET", "plans/{id}", "read"),
        new("GET", "plans/{id}.md", "read"),
        new("GET", "plans/{id}/break-glass", "operate"),
        new("POST", "plans/{id}/approve", "approve"),
        new("POST", "plans/{id}/apply", "operate", """{"reason":"a test","changeReference":null,"overrides":[],"confirm":null}"""),
        new("GET", "operations", "read"),
        new("GET", "operations/{id}", "read"),
        new("GET", "operations/{id}/break-glass", "operate"),
        new("POST", "operations/{id}/resume", "operate", Reason),
        new("POST", "operations/{id}/rollback", "operate", Reason),
        new("POST", "operations/{id}/abort", "operate", Reason),
        new("POST", "match", "read", """{"tags":["linux"],"protected":false,"projectId":7,"planId":null}"""),
        new("GET", "runners", "read"),
        new("GET", "runners/unmanaged", "read"),
        new("GET", "runners/unmanaged/burn-down", "read"),
        new("GET", "runners/questions/{ask}", "read"),
        new("GET", "runners/{id}", "read"),
        new("GET", "runners/{id}/changes", "read"),
        new("PUT", "runners/{id}/role", "admin", """{"role":"legacy","managed":true,"reason":"a test"}"""),
        new("POST", "runners/roles/confirm", "admin"),
        new("POST", "runners", "operate", """{"description":"made by a test","role":"kubernetes","tagList":["k8s-default"],"runUntagged":false,"reason":"a test"}"""),
        new("POST", "runners/{id}/drain", "operate", """{"reason":"a test","overrides":[]}"""),
        new("GET", "groups", "selfservice"),
        new("GET", "groups/{id}", "selfservice"),
        new("PUT", "groups/{id}/enrollment", "selfservice", """{"target":"kubernetes","variable":"RUNNER_TAG","reason":"a test"}"""),
        new("DELETE", "groups/{id}/enrollment", "selfservice"),
        new("GET", "runner-pair", "read"),
        new("PUT", "runner-pair", "admin", """{"kubernetes":1,"docker":2}"""),
        new("DELETE", "runner-pair", "admin"),
        new("GET", "projects", "selfservice"),
        new("GET", "projects/{id}", "selfservice"),
        new("GET", "cohorts", "read"),
        new("POST", "cohorts", "admin", """{"name":"of-a-test","seed":"0123456789abcdef","caps":{"each":3,"named":{"1":null}},"excluded":[{"project":7,"reason":"a test"}]}"""),
        new("GET", "cohorts/exposure", "read"),
        new("GET", "cohorts/{id}", "read"),
        new("PATCH", "cohorts/{id}", "admin", """{"percent":5,"reason":"a test"}"""),
        new("GET", "cohorts/{id}/projects", "read"),
        new("GET", "cohorts/{id}/projects.csv", "read"),
        new("POST", "cohorts/{id}/projects/import", "admin", """{"text":"id\n7"}"""),
        new("POST", "cohorts/{id}/waves", "operate", """{"percent":5,"start":"by-hand","dueAt":null}"""),
        new("POST", "cohorts/{id}/waves/{number}/preview", "operate"),
        new("POST", "cohorts/{id}/waves/{number}/send", "operate"),
        new("POST", "cohorts/{id}/waves/{number}/close", "operate", Reason),
        new("GET", "projects/{id}/enrollment", "selfservice"),
        new("PUT", "projects/{id}/enrollment", "selfservice", """{"target":"kubernetes","until":null,"by":"merge-request","reason":null}"""),
        new("DELETE", "projects/{id}/enrollment", "selfservice"),
        new("GET", "pins", "read"),
        new("PUT", "pins/{id}", "admin", """{"until":"2031-01-01T00:00:00Z","reason":"a test"}"""),
        new("POST", "projects/{id}/enrollment/answer", "selfservice", """{"accepts":true,"reason":null}"""),
        new("GET", "projects/{id}/readiness", "selfservice"),
        new("POST", "projects/{id}/readiness/scan", "selfservice"),
        new("POST", "projects/{id}/readiness/acknowledge", "selfservice", """{"rule":"R05","job":"net","reason":"a test"}"""),
        new("DELETE", "projects/{id}/readiness/acknowledge", "selfservice"),
        new("GET", "projects/{id}/failures", "selfservice"),
        new("POST", "projects/{id}/failures/{job}/explain", "selfservice"),
        new("GET", "readiness", "read"),
        new("GET", "readiness/projects", "read"),
        new("GET", "readiness/rules", "selfservice"),
        new("PUT", "readiness/rules/{rule}", "admin", """{"off":true,"counts":null}"""),
        new("GET", "insights/failure-rates", "read"),
        new("GET", "insights/shares", "read"),
        new("GET", "insights/durations", "read"),
        new("GET", "insights/regressions", "read"),
        new("GET", "insights/stragglers", "read"),
        new("GET", "insights/rankings", "read"),
        new("GET", "insights/incidents", "read"),
        new("GET", "jobs", "read"),
        new("GET", "insights/pending", "read"),
        new("POST", "insights/interval", "read", """{"failed":4,"finished":200,"confidence":0.95}"""),
        new("POST", "insights/sample-size", "read", """{"baseRate":0.0029,"margin":0.0025,"power":0.9,"alpha":0.025,"kubernetesPerDocker":1,"assumedDifference":0,"designEffect":1,"kubernetesJobsPerDay":1000,"dockerJobsPerDay":9000}"""),
        new("POST", "insights/compare", "read", """{"strata":[{"kubernetesFailed":2,"kubernetesFinished":4000,"dockerFailed":1,"dockerFinished":1000}],"days":null,"margin":0.0025,"confidence":0.95}"""),
        new("POST", "readiness/scan", "selfservice", """{"yaml":"job: {script: [make]}","profile":null}"""),
        new("POST", "failures/classify", "selfservice", """{"log":"ERROR: Job failed: exit code 1","failureReason":"script_failure","exitCode":1}"""),
        new("GET", "webhooks", "admin"),
        new("PUT", "webhooks", "admin", """{"activeDays":30,"checkOnly":false}"""),
        new("DELETE", "webhooks", "admin"),
        new("POST", "webhooks/stop", "admin"),
        new("GET", "webhooks/projects", "admin"),
        new("GET", "wordings", "read"),
        new("PUT", "wordings/{key}", "admin", """{"text":"Hello"}"""),
        new("DELETE", "wordings/{key}", "admin"),
        new("GET", "notices", "read"),
        new("POST", "notices/{id}/take", "operate", """{"over":false}"""),
        new("GET", "notices/deliveries", "admin"),
        new("GET", "notices/channels", "admin"),
        new("POST", "notices/channels", "admin", """{"name":"of a test","kind":"webhook","on":false,"url":"https://hooks.example.org/x","rules":{"otherwise":"critical","events":{"drift":"never"}}}"""),
        new("PUT", "notices/channels/{id}", "admin", """{"name":"of a test","on":false}"""),
        new("DELETE", "notices/channels/{id}", "admin"),
        new("POST", "notices/channels/{id}/test", "admin"),
        new("GET", "activity", "read"),
        new("GET", "activity/next", "read"),
        new("GET", "audit", "read"),
        new("GET", "audit/verify", "read"),
    ];

    public static TheoryData<ApiRoute> Guarded => [.. All.Where(route => route.Scope.Length > 0)];

    public static TheoryData<ApiRoute> TakingBodies => [.. All.Where(route => route.Body is not null)];

    public static TheoryData<ApiRoute> Reading => [.. All.Where(route => route.Method == "GET")];

    public static TheoryData<ApiRoute> Lists => [.. All.Where(route => route.Method == "GET" && route.Path is "tokens" or "schedule" or "calendar/windows" or "tags" or "plans" or "operations" or "runners" or "projects" or "groups" or "cohorts" or "webhooks/projects" or "notices" or "notices/deliveries" or "notices/channels" or "activity" or "audit")];
}
