namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>The variables that every job gets from its runner: what speaks to a docker daemon goes, and secrets are not written.</summary>
internal static class JobEnvironment
{
    private static readonly string[] Proxies = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "FTP_PROXY"];

    public static Mapped Rule(KeyUse use, Draft draft)
    {
        var parts = new List<ConvertedPart>();
        var kept = new List<string>();
        var isProxied = use.Texts().Any(line => line.StartsWith("NO_PROXY=", StringComparison.OrdinalIgnoreCase));
        foreach (var line in use.Texts())
        {
            var cut = line.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = cut < 0 ? (line, "") : (line[..cut].Trim(), line[(cut + 1)..]);
            var part = Part(name, value, isProxied, draft, out var target);
            if (target is not null) kept.Add(target);
            parts.Add(part);
        }

        if (kept.Count > 0) draft.Put("environment", kept);
        return Mapped.OfMany(parts);
    }

    private static ConvertedPart Part(string name, string value, bool isProxied, Draft draft, out string? target)
    {
        target = null;
        if (name.StartsWith("FF_", StringComparison.Ordinal))
        {
            var (flag, part) = FeatureFlags.Of(name, value.Trim().ToLowerInvariant() is "1" or "true" or "t");
            if (flag is null) return part;
            target = $"{flag}={value}";
            return part with { Target = "environment" };
        }

        if (name == "DOCKER_AUTH_CONFIG")
        {
            if (draft.Put("kubernetes.image_pull_secrets", [StorageRules.PullSecret], "Make this Secret (kubernetes.io/dockerconfigjson) from DOCKER_AUTH_CONFIG before the runner starts.")) StorageRules.CheckSecrets(draft);
            return new(name, KeyMapping.Approximate, "kubernetes.image_pull_secrets", $"Holds logins, so it is not written: make the Secret {StorageRules.PullSecret} of them, or set DOCKER_AUTH_CONFIG as a masked CI/CD variable.");
        }

        if (name.StartsWith("DOCKER_", StringComparison.Ordinal))
            return new(name, KeyMapping.Impossible, "", "Taken out: it speaks to a docker daemon, and pods have none. Jobs with docker-in-docker set it themselves, beside their service.");
        if (SecretSigns.IsSecretName(name) || SecretSigns.HoldsSecret(value) || SecretSigns.HoldsSecret($"{name}={value}"))
            return new(name, KeyMapping.Approximate, "", "Looks like a secret, so it is not written: make it a masked CI/CD variable of the group or instance.");
        target = $"{name}={value}";
        var proxy = Proxies.Contains(name.ToUpperInvariant()) && !isProxied;
        return proxy
            ? new(name, KeyMapping.Approximate, "environment", "With a proxy, NO_PROXY must name the cluster's service range and .svc, or calls within the cluster go through it.")
            : new(name, KeyMapping.Direct, "environment", "");
    }
}
