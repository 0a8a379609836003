namespace MigrationPortal.Kubernetes;

/// <summary>May this be done?</summary>
/// <param name="Resource">With its subresource behind a slash.</param>
/// <param name="Namespace">Null or empty: of the cluster, or of all namespaces.</param>
internal sealed record AccessQuestion(string Verb, string Group, string Resource, string? Namespace, string Name)
{
    /// <summary>In the words of a refusal.</summary>
    public string Shown(Caller caller) =>
        $"User \"{caller.Name}\" cannot {Verb} resource \"{Resource}\" in API group \"{Group}\" "
        + (string.IsNullOrEmpty(Namespace) ? "at the cluster scope" : $"in the namespace \"{Namespace}\"");
}
