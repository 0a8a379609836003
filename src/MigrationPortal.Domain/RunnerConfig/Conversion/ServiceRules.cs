using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>Services that every job gets: the same keys, in one pod with the job.</summary>
internal static partial class ServiceRules
{
    private const string Services = KeyRules.Runner + "docker.services[].";

    private const string Docker = KeyRules.Runner + "docker.";

    public static IReadOnlyDictionary<string, KeyRule> All { get; } = new Dictionary<string, KeyRule>
    {
        [Docker + "services"] = (_, _) => Mapped.Default,
        [Services + "name"] = OfNamed(Name),
        [Services + "alias"] = OfNamed(Alias),
        [Services + "command"] = OfNamed(CopyBelow),
        [Services + "entrypoint"] = OfNamed(CopyBelow),
        [Services + "environment"] = OfNamed(Variables),
        [Services + "suspend_data_path"] = OfNamed(CopyBelow),
        [Docker + "services_limit"] = (use, _) => use.Node is ConfigScalar { Value: < 0L } ? Mapped.Default : Mapped.Impossible("No key limits the services of a job: use a ResourceQuota or a policy engine, or have jobs looked at before they run."),
        [Docker + "wait_for_services_timeout"] = (use, _) => use.IsBlank() ? Mapped.Default : Mapped.Impossible("The executor waits for no service: give each service the variable HEALTHCHECK_TCP_PORT (runner 16.9), or let scripts wait."),
    };

    private static KeyRule OfNamed(KeyRule rule) => (use, draft) =>
        draft.Services.PlaceOf(IndexOf(use)) is null
            ? Mapped.Impossible("The service names no image, and with it no job would start: left out.")
            : rule(use, draft);

    // A single [runners.docker.services] counts as one.
    private static int IndexOf(KeyUse use) => Place().Match(use.Path) is { Success: true } place ? int.Parse(place.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;

    private static Mapped CopyBelow(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        // Without one of its words a command is another one.
        if (UnseenSecrets.Without(use.Node, "", out var taken) is not { } whole || taken > 0) return Mapped.Approximate("A password or token seems to stand in it, so it is not written: give that by a variable and copy the rest by hand.");
        draft.Put(Target(use, draft), whole);
        return Mapped.Direct();
    }

    private static Mapped Name(KeyUse use, Draft draft)
    {
        draft.Put(Target(use, draft), use.Text());
        var image = use.Text().Split('@')[0];
        if (draft.Services.Clash(image) is { } port) return Mapped.Approximate($"Another service opens the same port {port}, and all share the pod's network: give one of them another port by its environment or command.");
        if (image.Contains("dind", StringComparison.Ordinal) || image.StartsWith("docker:", StringComparison.Ordinal)) return Mapped.Approximate("docker-in-docker needs a privileged service (service_container_security_context.privileged = true) and a namespace that allows it.");
        return Mapped.Direct("On localhost of the job, and by its alias.");
    }

    private static Mapped Alias(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        var names = use.Text().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var good = names.Where(name => DnsLabel.IsSubdomain(name) || name.Contains('$', StringComparison.Ordinal)).ToList();
        var bad = names.Except(good).ToList();
        // A single bad alias fails every job (provided host alias ... is invalid DNS).
        var mended = bad.Select(name => DnsLabel.Of(name, "service")).Except(good).Distinct().ToList();
        draft.Put(Target(use, draft), string.Join(' ', good.Concat(mended)));
        return bad.Count == 0 ? Mapped.Direct() : Mapped.Approximate($"Kubernetes refuses {string.Join(", ", bad)} as a host name, and every job would fail: written as {string.Join(", ", bad.Select(name => DnsLabel.Of(name, "service")))}. Jobs that use the old name need the new one.");
    }

    private static Mapped Variables(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        var parts = new List<ConvertedPart>();
        var kept = new List<string>();
        foreach (var line in use.Texts())
        {
            var name = line.Split('=')[0];
            var value = line.Length > name.Length ? line[(name.Length + 1)..] : "";
            var isReference = value.StartsWith('$');
            if (!isReference && (SecretSigns.IsSecretName(name) || SecretSigns.HoldsSecret(value)))
            {
                parts.Add(new(name, KeyMapping.Approximate, "", "Looks like a secret, so it is not written: make it a CI/CD variable of this name, or write it by hand if it is a throw-away password."));
                continue;
            }

            kept.Add(line);
            parts.Add(new(name, KeyMapping.Direct, "kubernetes.services.environment", ""));
        }

        if (kept.Count > 0) draft.Put(Target(use, draft), kept);
        return Mapped.Of(parts);
    }

    private static string Target(KeyUse use, Draft draft) =>
        $"kubernetes.services[{draft.Services.PlaceOf(IndexOf(use))}].{use.Key!.Name}";

    [GeneratedRegex(@"services\[(\d+)\]", RegexOptions.IgnoreCase)]
    private static partial Regex Place();
}
