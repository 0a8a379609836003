namespace MigrationPortal.Kubernetes;

/// <summary>The <c>Runner</c> of the GitLab Runner Operator as a resource that a cluster may serve.</summary>
public static class RunnerDefinition
{
    /// <summary>Its definition: group <c>apps.gitlab.com</c>, version <c>v1beta2</c>.</summary>
    public static string Yaml { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(RunnerDefinition).Assembly.GetManifestResourceStream("MigrationPortal.Kubernetes.Runners.runner-definition.yaml")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
