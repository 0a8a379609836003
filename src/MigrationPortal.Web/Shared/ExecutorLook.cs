namespace MigrationPortal.Web.Shared;

/// <summary>
/// How an executor looks everywhere: hue, dash and word. <paramref name="Key"/> is the class letter of lines
/// (<c>kl</c>), bands (<c>kb</c>) and words (<c>kt</c>), so a chip is also the legend of a chart.
/// </summary>
/// <param name="Key"><c>k</c>, <c>d</c> or <c>o</c>.</param>
/// <param name="Word">What people read, as its owners write it.</param>
/// <param name="LineWord">The word at the end of a chart's line.</param>
/// <param name="Fill">Paint of areas: solid, hatched (docker) or dotted (other).</param>
public sealed record ExecutorLook(string Key, string Word, string LineWord, string Fill)
{
    /// <summary>The look of an executor by GitLab's own name. Names not known here are drawn as other, never as docker.</summary>
    /// <param name="name"><c>kubernetes</c>, <c>docker</c>, <c>docker+machine</c>, <c>docker-windows</c>, <c>shell</c>, ...; null or empty is not known.</param>
    public static ExecutorLook Of(string? name) => name?.ToLowerInvariant() switch
    {
        "kubernetes" => new("k", "Kubernetes", "K8s", "var(--k8s-fill)"),
        "docker" => new("d", "docker", "docker", "url(#hatch)"),
        "docker+machine" or "docker-ssh+machine" or "docker-autoscaler" => new("d", name, name, "url(#hatch)"),
        null or "" or "unknown" => new("o", "not known", "not known", "url(#dots)"),
        _ => new("o", name, name, "url(#dots)"),
    };

    /// <summary>Lines that are of no executor: hue is for executors, so these differ by dash and strength of ink.</summary>
    /// <param name="line">From 0; there are five.</param>
    public static ExecutorLook Line(int line, string word) => new($"n{line % 5}", word, word, "var(--ink)");
}
