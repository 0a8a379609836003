using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>What the simulator is told from outside: section <c>Simulator</c> of the configuration, or the options of
/// the command line (<c>--seed --speed --fresh --small --start</c>).</summary>
public sealed class SimulatorSettings
{
    public int Seed { get; set; } = 20260823;

    /// <summary>World seconds a real second, 0 to 3,600. 0: the clock moves only by <c>POST /_sim/advance</c>.</summary>
    public double Speed { get; set; } = 60;

    /// <summary>Forget the stored world and begin anew.</summary>
    public bool Fresh { get; set; }

    /// <summary>A world small enough to be made within a second.</summary>
    public bool Small { get; set; }

    /// <summary>World time at which the lived history ends. Null: the real time of the first start, to the full hour.</summary>
    public DateTimeOffset? Start { get; set; }

    /// <summary>GitLab's version of both instances. Null: the world's own default.</summary>
    public string? GitLabVersion { get; set; }

    /// <summary>Personal access token of the first administrator with scope <c>api</c>. Null: made from the seed.</summary>
    public string? AdminToken { get; set; }

    /// <summary>The same with <c>read_api</c> only. Null: made from the seed.</summary>
    public string? ReadToken { get; set; }

    /// <summary>As <see cref="AdminToken"/>, of the QA instance.</summary>
    public string? QaAdminToken { get; set; }

    /// <summary>As <see cref="ReadToken"/>, of the QA instance.</summary>
    public string? QaReadToken { get; set; }

    /// <summary>Address that links, issuer and webhooks name, without a trailing slash. Null: the one a caller used.</summary>
    public string? ExternalUrl { get; set; }

    /// <summary>Port of the clusters, HTTPS with a certificate authority of their own. 0: any free one, opened when it is first asked for.</summary>
    public int KubePort { get; set; }

    /// <summary>Clusters by name, such as <c>k8s-a</c>.</summary>
    public IReadOnlyDictionary<string, KubeSettings> Kube { get; set; } = new Dictionary<string, KubeSettings>();

    public OAuthSettings OAuth { get; set; } = new();

    /// <summary>Named by <c>ConnectionStrings:Simulator</c>. Null: everything is kept in memory.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The worlds' options in full, over <see cref="Seed"/>, <see cref="Small"/> and <see cref="Start"/>. For tests.</summary>
    public WorldOptions? World { get; set; }

    internal WorldOptions ProductionOptions(DateTimeOffset realNow)
    {
        if (World is { } given)
        {
            return given;
        }

        var hour = new DateTimeOffset(realNow.Year, realNow.Month, realNow.Day, realNow.Hour, 0, 0, TimeSpan.Zero);
        var options = (Small ? WorldOptions.Small : new WorldOptions { RunnerPair = true }) with { Seed = Seed, Now = (Start ?? hour).ToUniversalTime() };
        return GitLabVersion is null ? options : options with { GitLabVersion = GitLabVersion };
    }
}

public sealed class OAuthSettings
{
    public string ClientId { get; set; } = "migration-portal";

    /// <summary>Null: a public client, which must use PKCE.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What the application may ask for; null: everything. A scope that is not among them is answered by a page, as GitLab does it, and not by a redirect.</summary>
    public IReadOnlyList<string>? Scopes { get; set; }

    /// <summary>Exact addresses allowed besides every loopback one.</summary>
    public IReadOnlyList<string> RedirectUris { get; set; } = [];
}

public sealed class KubeSettings
{
    /// <summary>Bearer token of the cluster's administrator. Null: made from the seed.</summary>
    public string? Token { get; set; }
}
