namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>The <c>config.toml</c> itself, and the template that registration fills in.</summary>
internal static class TomlForm
{
    /// <summary>What the chart, the Operator and registration write by themselves.</summary>
    private static readonly string[] OfRegistration = ["url", "token", "id", "token_obtained_at", "token_expires_at"];

    public static Rendered Render(RenderInput input)
    {
        foreach (var runner in input.Document.Runners) TomlRemarks.Add(runner, "runners[]");
        TomlRemarks.Add(input.Document.Root, "");
        return new(RenderForm.Toml, [new("config.toml", input.Document.Render())], ["The runner's token is not in the file: registration writes it, from the Secret."]);
    }

    /// <summary>One <c>[[runners]]</c> without globals, address and token: registration fills only what is empty.</summary>
    public static string Template(RenderInput input)
    {
        var runner = (ConfigTable)input.Table.Copy();
        foreach (var key in OfRegistration) runner.Set(key, null);
        // A table that is not there would be written at its end.
        if (runner.Table("kubernetes") is null) runner.Set("kubernetes", new ConfigTable());
        if (input.Kubernetes.Namespace is not { Length: > 0 }) runner.Table("kubernetes")!.Set("namespace", new ConfigScalar(input.JobNamespace));
        TomlRemarks.Add(runner, "runners[]");
        var root = new ConfigTable();
        root.Set("runners", ConfigList.Of([runner]));
        return new ConfigDocument(root).Render();
    }
}
