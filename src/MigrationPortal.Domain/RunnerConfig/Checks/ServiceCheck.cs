namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Services that every job gets: their names, and ports that clash, for all containers of a pod share one network.</summary>
public sealed class ServiceCheck : KubernetesCheck
{
    // By the last part of the image's name.
    private static readonly Dictionary<string, int> Ports = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mysql"] = 3306,
        ["mariadb"] = 3306,
        ["percona"] = 3306,
        ["postgres"] = 5432,
        ["postgresql"] = 5432,
        ["postgis"] = 5432,
        ["timescaledb"] = 5432,
        ["pgvector"] = 5432,
        ["redis"] = 6379,
        ["valkey"] = 6379,
        ["keydb"] = 6379,
        ["mongo"] = 27017,
        ["mongodb"] = 27017,
        ["elasticsearch"] = 9200,
        ["opensearch"] = 9200,
        ["memcached"] = 11211,
        ["rabbitmq"] = 5672,
        ["nginx"] = 80,
        ["httpd"] = 80,
        ["caddy"] = 80,
        ["minio"] = 9000,
        ["selenium"] = 4444,
        ["standalone-chrome"] = 4444,
        ["standalone-firefox"] = 4444,
        ["kafka"] = 9092,
        ["zookeeper"] = 2181,
        ["vault"] = 8200,
        ["registry"] = 5000,
        ["tomcat"] = 8080,
        ["keycloak"] = 8080,
    };

    private protected override IEnumerable<ConfigFinding> Look(KubernetesSection runner, CheckedConfig config)
    {
        var services = runner.Tables("services");
        var seen = new Dictionary<int, string>();
        for (var i = 0; i < services.Count; i++)
        {
            var service = services[i];
            ConfigFinding Of(string code, string key, CheckSeverity severity, string message, string remedy) => new(code, runner.KeyOf($"services[{i}].{key}"), service[key]?.Line ?? service.Line, severity, message, remedy);

            if (service.Text("name") is not { Length: > 0 } image)
            {
                yield return Of(CheckCodes.MissingKey, "name", CheckSeverity.Error, "The service has no name, which is its image: no job starts.", "Set name = \"postgres:16\".");
                continue;
            }

            foreach (var alias in (service.Text("alias") ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Where(alias => !alias.Contains('$', StringComparison.Ordinal) && !KubernetesNames.IsSubdomain(alias)))
                yield return Of(CheckCodes.BadAlias, "alias", CheckSeverity.Error, $"\"{(alias.Length > 60 ? alias[..60] : alias)}\" is no DNS name: every job fails with \"is invalid DNS\".", $"Write small letters, digits and dashes: {KubernetesNames.Sanitized(alias).ToLowerInvariant().Replace('_', '-').Trim('-')}.");
            var family = FamilyOf(image);
            if (family.Contains("dind", StringComparison.Ordinal) && !IsPrivileged(runner))
                yield return Of(CheckCodes.UnusedSection, "name", CheckSeverity.Warning, "Docker-in-Docker needs a privileged container, and services are not: it does not start.", "Set privileged = true in [runners.kubernetes.service_container_security_context], or build images without a daemon.");
            if (Ports.TryGetValue(family, out var port) && !seen.TryAdd(port, image))
                yield return Of(CheckCodes.PortClash, "name", CheckSeverity.Warning, $"{Short(image)} and {Short(seen[port])} both listen on {port}, and all containers of a pod share one network: one of them ends in silence.", "Give one of them another port by its command or environment, or leave it to the jobs that need it.");
        }
    }

    private static bool IsPrivileged(KubernetesSection runner) => (runner.Flag("service_container_security_context.privileged") ?? runner.Flag("privileged")) is true;

    private static string FamilyOf(string image)
    {
        var last = image[(image.LastIndexOf('/') + 1)..].Split('@')[0];
        var name = last.Split(':')[0];
        return name == "docker" && last.Contains("dind", StringComparison.Ordinal) ? "dind" : name;
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
