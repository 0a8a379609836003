namespace MigrationPortal.Domain.Readiness;

/// <summary>
/// Why an image did not come (order 3). The words are sorted as gitlab-runner common/classify_image_pull_failure.go does it,
/// more finely: a name that cannot be right, then the network, then what the registry answered.
/// </summary>
internal static class FailureSignsOfImages
{
    // Says that the line is about pulling at all; containerd, CRI-O, the kubelet, the runner and docker each have their own words.
    private const string Pull = @"(?:image pull failed|(?:failed|unable) to pull|pulling image ""|failed to resolve reference|failed to resolve image|error pulling image|initializing source docker://|reading manifest|pull access denied|ErrImagePull|ImagePullBackOff|failed to (?:fetch|copy|authorize|do request))";

    public static readonly IReadOnlyList<FailureSign> Names =
    [
        new("image-name-invalid", "R26", "The image's name cannot be right, most often because a variable in it is empty.",
            "Print the image name in another job, and give its variables a value where the job is defined.",
            @"couldn't parse image (?:name|reference)", @"Failed to apply default image tag", @"\bInvalidImageName\b", @"invalid (?:image )?reference format", @"repository name must be lowercase", @"could not parse (?:image )?reference", @"invalid image name"),
        new("image-pull", "R26", "The registry refused to deliver the image for now, or took too long.",
            "Run the job again; use a mirror or the dependency proxy so that the registry's pull limit is not met.",
            @"\btoomanyrequests\b", Pull + @".*(?:\b429\b|Too Many Requests|pull rate limit|rate exceeded)"),
        new("image-registry-network", "R27", "The nodes could not reach the registry of the image.",
            "Ask the platform team whether nodes may reach that registry (DNS, firewall, proxy, its certificate), then run the job again.",
            Pull + @".*(?:dial tcp|dial udp|i/o timeout|no such host|connection refused|connection reset|tls handshake|x509:|tls: |client\.timeout exceeded|request canceled|network is unreachable|no route to host|proxyconnect|server misbehaving|unexpected EOF|: EOF|HTTP response to HTTPS client|connection timed out|name resolution)"),
        new("crashloop-arch", "R13", "The image does not exist for the processor of the node.",
            "Publish the image for the node's architecture, or ask for a runner on nodes of the other one.",
            @"no match for platform in manifest", @"no matching manifest for \S+ in the manifest list", @"image operating system .* cannot be used|image with reference .* was found but does not match the specified platform|no image found in (?:image index|manifest list) for architecture"),
        new("image-denied", "R26", "The registry does not hand the image to this runner: the login that the old host had is missing here.",
            "Set DOCKER_AUTH_CONFIG as a CI/CD variable with a login for that registry, or ask for image_pull_secrets.",
            Pull + @".*(?:unauthorized|no basic auth|access denied|access to the resource is denied|authentication required|authorization failed|insufficient_scope|may require (?:authorization|'docker login')|\b401\b|\b403\b|\bforbidden\b|\bdenied:|credential|permission .*denied|not authorized|token (?:is |has )?expired)"),
        new("image-not-found", "R26", "The registry has no image of that name and tag.",
            "Correct the image's name or tag, or push it; an image that only the old host had must be pushed to a registry.",
            Pull + @".*(?:not found|manifest unknown|manifest for|name unknown|\b404\b|does not exist|no such image)", @"manifest for \S+ not found"),
        new FailureSign("image-pull", "R26", "The image of the job could not be pulled.",
            "Read the registry's answer in the log; run the job again, and pull the same image by hand if it fails again.",
            @"image pull failed", @"\bfailed to pull (?:image|and unpack)", @"\bErrImagePull\b", @"\bImagePullBackOff\b", @"Back-off pulling image", @"^(?:.*: )?pull failed$", @"image can't be pulled|failed to extract layer|failed to copy: ")
            .Unless("allowed_pull_policies").Vague(),
    ];
}
