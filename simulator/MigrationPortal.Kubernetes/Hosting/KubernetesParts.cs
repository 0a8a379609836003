namespace MigrationPortal.Kubernetes;

/// <summary>The pieces of one cluster, put together.</summary>
internal sealed class KubernetesParts
{
    public KubernetesParts(TimeProvider time)
    {
        Time = time;
        Faults = new Faults(Store, time);
        Commits = new Commits(Store);
        Authorizer = new Authorizer(Store);
        Writer = new ObjectWriter(Store, new Admission(Store, Authorizer), Commits, time);
        Deletions = new Deletions(Store, Commits, time);
        Aftermath = new Aftermath(Store, Kinds, Writer);
        Commits.Happened += Aftermath.Follow;
        Api = new KubernetesApi(Kinds, Tokens, Authorizer, new Discovery(Kinds), new ResourceCalls(
            Store, new ListHandler(Store), new WatchHandler(Store, time), new WriteHandler(Writer, Deletions, Store),
            new SubresourceHandler(Store, Writer, Tokens, Logs, Proxy, time), new AccessReviews(Authorizer)), Faults);
    }

    public TimeProvider Time { get; }

    public ObjectStore Store { get; } = new();

    public KindTable Kinds { get; } = new();

    public Tokens Tokens { get; } = new();

    public PodLogs Logs { get; } = new();

    public PodProxy Proxy { get; } = new();

    public Faults Faults { get; }

    public Commits Commits { get; }

    public Authorizer Authorizer { get; }

    public ObjectWriter Writer { get; }

    public Deletions Deletions { get; }

    public Aftermath Aftermath { get; }

    public KubernetesApi Api { get; }
}
