namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>The Operator's <c>Runner</c> with its ConfigMaps; the token by the name of its Secret.</summary>
internal static class OperatorForm
{
    public static Rendered Render(RenderInput input)
    {
        var notes = new List<string>();
        var version = Version.TryParse(input.Deployment.OperatorVersion, out var known) ? known : new Version(1, 52, 0);
        var environment = Environment(input);
        var config = Map(input, "config", "config.toml", TomlForm.Template(input), "A template for registration: one [[runners]], no globals, no token.");
        var files = new List<RenderedFile> { new("config-map.yaml", config) };
        if (environment.Fields.Count > 0)
            files.Add(new("env-config-map.yaml", YamlText.Of(RenderInput.Kind("v1", "ConfigMap", input.Meta($"{input.Release}-env", input.Deployment.ManagerNamespace)).Add("data", environment), "Settings that neither the Runner nor the template can set.")));
        if (NeedsOwnRights(input)) files.Add(new("rbac.yaml", YamlText.Of(RbacForm.Documents(input))));
        files.Add(new("runner.yaml", YamlText.Of(RenderInput.Kind("apps.gitlab.com/v1beta2", "Runner", input.Meta(input.Release, input.Deployment.ManagerNamespace)).Add("spec", Spec(input, version, environment, notes)), Head(input))));
        if (ManagerParts.LeftOut(input, "a Runner", "concurrent", "check_interval", "log_level", "log_format", "listen_address", "connection_max_age", "shutdown_timeout") is { } left) notes.Add(left);
        if (input.Deployment.Replicas == 0) notes.Add("A Runner is one manager, and it runs: pause the runner in GitLab to have none.");
        if (input.Deployment.Replicas > 1) notes.Add("A Runner is one manager: replicas do not exist. Make several, or raise concurrent.");
        if (input.Deployment.ManagerDisruptionBudget) notes.Add("The Operator makes no PodDisruptionBudget for its manager: with one manager it would only hold up node drains.");
        notes.Add("The Operator brings its own runner: the target version must be that of the Operator's release.");
        return new(RenderForm.Operator, files, notes);
    }

    private static string Head(RenderInput input) =>
        $"""
        The token is in a Secret that must be there first, under this key and no other (with both keys registration fails):
          kubectl -n {input.Deployment.ManagerNamespace} create secret generic {input.Deployment.TokenSecret} --from-file=runner-token
        Tags, locked, protected and run untagged are those of the runner in GitLab: with a glrt- token they stay unset here.
        """.ReplaceLineEndings("\n");

    private static YamlFields Spec(RenderInput input, Version version, YamlFields environment, List<string> notes)
    {
        var (deployment, settings) = (input.Deployment, input.Settings);
        var spec = new YamlFields();
        void Add(string field, YamlPart? value, string? comment = null)
        {
            if (value is null) return;
            if (OperatorFields.IsKept(field, version)) spec.Add(field, value, comment);
            else notes.Add($"spec.{field} is left out: Operator {version} would drop it, {OperatorFields.FirstOf(field)} is the first that knows it.");
        }

        Add("gitlabUrl", deployment.GitLabUrl);
        Add("token", deployment.TokenSecret, "The name of the Secret.");
        Add("config", $"{input.Release}-config", "The name of the ConfigMap; TOML itself has no place here.");
        if (environment.Fields.Count > 0) Add("env", $"{input.Release}-env", "The name of the ConfigMap with the manager's environment.");
        Add("concurrent", Whole(settings.Concurrent));
        Add("interval", Whole(settings.CheckInterval), "Seconds; the Operator's own default is 30.");
        Add("namespace", input.JobNamespace, "Of job pods.");
        if (input.OwnAccount is { } own) Add("serviceaccount", own, "As it was imported.");
        else if (NeedsOwnRights(input)) Add("serviceaccount", input.Release, "The Operator's own account reaches neither another namespace nor policy and apps.");
        if (deployment.ManagerImage is { } image) Add("runnerImage", image);
        if (deployment.CertificateSecret is { } authorities) Add("ca", authorities, "A Secret with the key tls.crt.");
        Add("logLevel", Text(settings.LogLevel), Newer("logLevel"));
        Add("logFormat", Text(settings.LogFormat), Newer("logFormat"));
        Add("listenAddr", Text(settings.ListenAddress), Newer("listenAddr"));
        Add("connectionMaxAge", Text(settings.ConnectionMaxAge), Newer("connectionMaxAge"));
        Add("shutdownTimeout", Whole(settings.ShutdownTimeout), Newer("shutdownTimeout"));
        Cache(input, Add);
        var patch = Patch(input);
        if (patch is not null) Add("podSpec", new YamlItems().Add(new YamlFields().Add("name", "manager").Add("patchType", "json").Add("patch", patch)), $"Resources of the manager and how long it waits for its jobs. {Newer("podSpec")}");
        var other = new List<string>();
        foreach (var (field, value, _) in input.Kept.Fields)
            if (OperatorFields.FirstOf(field) is null) other.Add(field);
            else if (spec[field] is null) Add(field, value);
            else spec.Complete(new YamlFields().Add(field, value));
        if (other.Count > 0) notes.Add($"{string.Join(", ", other)}: kept from an import, and no field of a Runner: left out.");
        return spec;
    }

    private static string Newer(string field) => $"An Operator before {OperatorFields.FirstOf(field)} drops it.";

    // The template says where the cache is; its keys can only come from a Secret that the Runner names.
    private static void Cache(RenderInput input, Action<string, YamlPart?, string?> add)
    {
        if (input.Deployment.CacheSecret is not { } secret || input.Runner.Cache is not { } cache) return;
        var kind = cache.Type ?? (cache.S3 is not null ? "s3" : cache.Gcs is not null ? "gcs" : "azure");
        add("cacheType", kind, "The keys of the cache's store come from the Secret below, so the Runner names the store too.");
        add("cachePath", Text(cache.Path), null);
        add("cacheShared", cache.Shared is { } shared ? (YamlPart)shared : null, null);
        var credentials = new YamlFields();
        switch (kind)
        {
            case "s3":
                add("s3", credentials.AddText("server", cache.S3?.ServerAddress).AddText("bucket", cache.S3?.BucketName).AddText("location", cache.S3?.BucketLocation)
                    .Add("insecure", cache.S3?.Insecure is { } plain ? (YamlPart)plain : null).Add("credentials", secret, "Keys accesskey and secretkey."), null);
                break;
            case "gcs":
                add("gcs", credentials.AddText("bucket", cache.Gcs?.BucketName).Add("credentials", secret, "Keys access-id and private-key."), null);
                break;
            default:
                add("azure", credentials.AddText("container", cache.Azure?.ContainerName).AddText("storageDomain", cache.Azure?.StorageDomain).Add("credentials", secret, "Keys accountName and privateKey."), null);
                break;
        }
    }

    // By position, because the name of the manager's container is the Operator's own business.
    private static string? Patch(RenderInput input)
    {
        var resources = ManagerParts.Resources(input.Deployment.Resources);
        var patch = new YamlItems().Add(new YamlFields().Add("op", "add").Add("path", "/terminationGracePeriodSeconds").Add("value", input.GraceSeconds));
        if (resources.Fields.Count > 0) patch.Add(new YamlFields().Add("op", "add").Add("path", "/containers/0/resources").Add("value", resources));
        return YamlText.Of(patch);
    }

    private static YamlFields Environment(RenderInput input)
    {
        var data = new YamlFields();
        foreach (var (name, value) in RegistrationSettings.Of(input)) data.Add(name, value);
        data.AddText("RUNNER_NAME", input.Runner.Name);
        return data;
    }

    private static bool NeedsOwnRights(RenderInput input) =>
        input.JobNamespace != input.Deployment.ManagerNamespace || ManagerRights.Of(input).Any(rule => rule.Group.Length > 0 || rule.OfCluster);

    private static string Map(RenderInput input, string name, string key, string text, string comment) => YamlText.Of(
        RenderInput.Kind("v1", "ConfigMap", input.Meta($"{input.Release}-{name}", input.Deployment.ManagerNamespace)).Add("data", new YamlFields().Add(key, text)), comment);

    private static YamlPart? Whole(long? number) => number is { } there ? (YamlPart)there : null;

    private static YamlPart? Text(string? text) => text is null ? null : (YamlPart)text;
}
