namespace MigrationPortal.Domain.Clusters;

/// <summary>A cluster as somebody wrote it.</summary>
/// <param name="Access">Null for a stored one: it stays.</param>
/// <param name="IsUnchecked">Stored although it may not answer now.</param>
public sealed record ClusterWish(
    string Name, IReadOnlyList<string> JobNamespaces, string ManagerNamespace, IReadOnlyList<long> RunnerIds, ClusterAccess? Access, bool IsUnchecked)
{
    public const int MostNamespaces = 50;
    public const int MostRunners = 200;

    /// <summary>Everything that is wrong, with its field in the API; empty when it can be stored.</summary>
    /// <param name="isNew">A new cluster needs its access.</param>
    public IEnumerable<(string Field, string Sentence)> Problems(bool isNew, ClusterRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (!DnsLabel.IsOne(Name)) yield return ("name", $"Must be a DNS label: {DnsLabel.Form}.");
        if (JobNamespaces.Count is 0 or > MostNamespaces) yield return ("jobNamespaces", $"Needed: 1 to {MostNamespaces} namespaces where job pods run.");
        foreach (var wrong in JobNamespaces.Where(one => !DnsLabel.IsOne(one))) yield return ("jobNamespaces", $"'{wrong}' is no namespace: {DnsLabel.Form}.");
        if (!DnsLabel.IsOne(ManagerNamespace)) yield return ("managerNamespace", $"Needed, the namespace of the runner managers: {DnsLabel.Form}.");
        if (RunnerIds.Count > MostRunners || RunnerIds.Any(one => one <= 0)) yield return ("runnerIds", $"At most {MostRunners} ids of GitLab's runners, each above 0.");
        if (isNew && Access is null) yield return ("kubeconfig", "Needed, one of: kubeconfig, token (server, token, caPem), or inCluster.");
        foreach (var problem in AccessProblems(rules)) yield return problem;
    }

    private IEnumerable<(string, string)> AccessProblems(ClusterRules rules)
    {
        if (Access is ClusterAccess.Kubeconfig file)
            foreach (var problem in Kubeconfig.Read(file.Text).Problems(file.Context, rules)) yield return ("kubeconfig", problem);
        if (Access is not ClusterAccess.Token token) yield break;
        if (ServerAddress.Problem(token.Server, rules) is { } wrong) yield return ("token.server", wrong);
        if (string.IsNullOrWhiteSpace(token.Bearer) || token.Bearer.Length > 16 * 1024 || token.Bearer.Any(one => one is <= ' ' or > '~'))
            yield return ("token.token", "Needed: a bearer token on one line, without spaces (its value is not shown).");
        if (token.CaPem is not null && !ConnectionFacts.HoldsCertificate(token.CaPem)) yield return ("token.caPem", "Holds no certificate in PEM form. Leave it out only where a public authority signed the server's certificate.");
    }
}
