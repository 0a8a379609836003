namespace MigrationPortal.Domain.Readiness;

/// <summary>
/// What the runner's own settings refused, and its other endings (order 6): gitlab-runner executors/kubernetes/overwrites.go and
/// host_aliases.go, helpers/pull_policies, common/allowed_images.go, common/build.go.
/// </summary>
internal static class FailureSignsOfRunner
{
    public static readonly IReadOnlyList<FailureSign> Settings =
    [
        new("pull-policy-not-allowed", "R24", "The job asks for a pull policy that this runner does not allow.",
            "Remove pull_policy from the job, or ask the platform team to add it to allowed_pull_policies.", @"is not one of the allowed_pull_policies", @"invalid pull policy for (?:container|image)", @"pull_policy .* not (?:one of the )?allowed"),
        new("image-not-allowed", "R25", "This runner does not allow the image or service.",
            "Use an image of the list in the log, or ask the platform team to add it to allowed_images or allowed_services.", @"image is not present on list of allowed", @"\bdisallowed image\b", @"^(?:.*: )?invalid image$", @"check runner's allowed_(?:images|services) configuration"),
        new("user-not-allowed", "R14", "This runner does not allow the user that the job asks for.",
            "Ask for one of the allowed users, or remove the user from the job.", @"user is not present on list of allowed users"),
        new("no-image", null, "Neither the job nor the runner names an image.",
            "Add image: to the job or under default:.", @"no image specified and no default set in config", @"no image specified"),
        new("overwrite-too-high", "R29", "The job asks for more processor, memory or disk than this runner lets it have.",
            "Lower the KUBERNETES_... variable that the message names, or ask for a higher limit.", @"the resource ""[^""]*"" requested ""[^""]*"" is higher than limit allowed", @"must be less than or equal to (?:cpu|memory|ephemeral-storage) limit"),
        new("overwrite-regex", "R29", "A KUBERNETES_... variable of the job has a value that this runner does not accept.",
            "Remove the variable that the message points to, or give it a value that matches the pattern.", @"provided value "".*"" does not match """, @"couldn't prepare overwrites", @"couldn't prepare explicit service overwrites"),
        new("alias-invalid", "R07", "A service has an alias that cannot be a host name here, for example one with an underscore.",
            "Rename the alias to lower-case letters, digits and dashes, and use the new name in the job.", @"provided host alias \S* ?for service", @"hostAliases\S*: Invalid value", @"alias .* is invalid DNS"),
    ];

    public static readonly IReadOnlyList<FailureSign> Endings =
    [
        new("manager-stopped", null, "The runner was stopped while the job ran.",
            "Run the job again; the platform team can let runners finish their jobs before they stop.", @"\baborted: (?:terminated|interrupt|quit|hangup|killed|signal)", @"failed: aborted\b"),
        new FailureSign(FailureClasses.Timeout, "R31", "The job ran longer than it may.",
            "Look at what the last lines wait for; split the job, or raise its timeout. Redirect all streams of background processes.",
            @"execution took longer than", @"\b(?:script|get sources) timeout: exceeded", @"get sources timeout", @"^(?:.*failed: )script timeout").Vague(FailureBlame.Unknown),
    ];

    /// <summary>After these the job goes on, so every cause comes before them.</summary>
    public static readonly IReadOnlyList<FailureSign> Notices =
    [
        new FailureSign("user-not-allowed", "R14", "The job asked for a user that this runner does not allow, and ran as the image's user.",
            "Ask for an allowed number in image:kubernetes:user, or remove it.", @"Error parsing '[ug]id' from image options", @"(?:user|group) ""?[^""\s]+""? is not in the allowed list", @"failed to parse [UG]ID").Notice(),
        new FailureSign("user-overridden", "R14", "The runner's own settings decide the user, so the job's wish was not followed.",
            "Nothing, if the job works as that user; else use a runner that lets jobs choose.", @"Overriding (?:user|group) for container .* is not allowed: (?:user|group) is set to").Notice(),
        new FailureSign("cache-local", "R17", "This runner keeps no cache between jobs, so the cache was empty.",
            "Ask the platform team for a cache in object storage; jobs must also work without a cache.", @"No URL provided, cache will (?:not )?be (?:not )?(?:down|up)loaded", @"Instead a local version of cache will be extracted").Notice(),
    ];
}
