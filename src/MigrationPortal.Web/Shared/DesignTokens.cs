using System.Security.Cryptography;
using System.Text;

namespace MigrationPortal.Web.Shared;

/// <summary>
/// Every colour, size and distance of the portal. <see cref="PortalTheme"/> and <c>tokens.css</c> are both made from
/// here, so a page, a MudBlazor control and a chart cannot disagree. Hue is meaning: only executors and states have one.
/// </summary>
public static class DesignTokens
{
    /// <summary>28 only for the one number of a tile; names of runners, tags and hashes are mono.</summary>
    public static readonly IReadOnlyList<DesignToken> Type =
    [
        new("font", "Roboto, system-ui, -apple-system, \"Segoe UI\", \"Helvetica Neue\", Arial, sans-serif"),
        new("font-mono", "\"Roboto Mono\", ui-monospace, \"SF Mono\", Menlo, Consolas, \"DejaVu Sans Mono\", monospace"),
        new("fs-11", "11px"),
        new("lh-11", "16px"),
        new("fs-12", "12px"),
        new("lh-12", "16px"),
        new("fs-13", "13px"),
        new("lh-13", "20px"),
        new("fs-15", "15px"),
        new("lh-15", "20px"),
        new("fs-20", "20px"),
        new("lh-20", "28px"),
        new("fs-28", "28px"),
        new("lh-28", "32px"),
        new("fw-regular", "400"),
        new("fw-medium", "500"),
        new("fw-bold", "600"),
    ];

    /// <summary>A 4 px grid.</summary>
    public static readonly IReadOnlyList<DesignToken> Space =
    [
        new("s-1", "4px"),
        new("s-2", "8px"),
        new("s-3", "12px"),
        new("s-4", "16px"),
        new("s-5", "20px"),
        new("s-6", "24px"),
        new("s-8", "32px"),
        new("s-10", "40px"),
    ];

    /// <summary>Controls are 32 px high, on phones <c>touch</c>.</summary>
    public static readonly IReadOnlyList<DesignToken> Size =
    [
        new("row", "36px"),
        new("control", "32px"),
        new("touch", "44px"),
        new("header", "48px"),
        new("nav", "184px"),
        new("actionbar", "56px"),
    ];

    /// <summary>A card is a border, not a shadow: only what floats has elevation.</summary>
    public static readonly IReadOnlyList<DesignToken> Edge =
    [
        new("r-1", "4px"),
        new("r-2", "6px"),
        new("r-3", "8px"),
        new("r-pill", "999px"),
        new("e-0", "none"),
        new("e-1", "0 1px 2px rgba(22,25,31,.06)", "0 1px 2px rgba(0,0,0,.4)"),
        new("e-2", "0 4px 16px rgba(22,25,31,.10), 0 0 1px rgba(22,25,31,.20)", "0 8px 24px rgba(0,0,0,.5), 0 0 1px rgba(255,255,255,.2)"),
    ];

    /// <summary>Actions are ink. <c>text-3</c> is the faintest text and never stands on a tint.</summary>
    public static readonly IReadOnlyList<DesignToken> Neutrals =
    [
        new("bg", "#F6F7F9", "#0E1116"),
        new("surface", "#FFFFFF", "#151920"),
        new("surface-2", "#F1F3F6", "#1B2028"),
        new("surface-3", "#E8EBF0", "#242A34"),
        new("line", "#E1E5EA", "#272D37"),
        new("line-strong", "#C3CAD4", "#3B4350"),
        new("text", "#161A21", "#E7EAEF"),
        new("text-2", "#464E5C", "#B0B8C4"),
        new("text-3", "#626B7A", "#8E98A6"),
        new("ink", "#1D2430", "#E7EAEF"),
        new("on-ink", "#FFFFFF", "#12151A"),
        new("ink-hover", "#333C4B", "#FFFFFF"),
        new("focus", "#0B7285", "#4CC3D9"),
    ];

    /// <summary><c>-text</c> for words, plain for lines and bars, <c>-fill</c> for areas, <c>-soft</c> for bands.</summary>
    public static readonly IReadOnlyList<DesignToken> Executors =
    [
        new("k8s", "#326CE5", "#6B9BFF"),
        new("k8s-text", "#2457C5", "#8FB4FF"),
        new("k8s-fill", "#DCE7FC", "#1B2C52"),
        new("k8s-soft", "rgba(50,108,229,.16)", "rgba(107,155,255,.20)"),
        new("docker", "#C7620E", "#EE9144"),
        new("docker-text", "#9C4A06", "#F5A866"),
        new("docker-fill", "#FBE6D2", "#3A2412"),
        new("docker-soft", "rgba(199,98,14,.16)", "rgba(238,145,68,.20)"),
        new("other", "#64748B", "#94A3B8"),
        new("other-text", "#4E5B6E", "#AEBACA"),
        new("other-fill", "#E6EAF0", "#262D38"),
        new("other-soft", "rgba(100,116,139,.16)", "rgba(148,163,184,.20)"),
    ];

    /// <summary>Words and icons in the colour, on <c>-bg</c> or on surface.</summary>
    public static readonly IReadOnlyList<DesignToken> States =
    [
        new("pass", "#17763A", "#62CD84"),
        new("pass-bg", "#E6F4EA", "#12291A"),
        new("pass-line", "#B4DDC1", "#24522F"),
        new("fail", "#B9251C", "#FF8F86"),
        new("fail-bg", "#FCEAE8", "#351816"),
        new("fail-line", "#F2BDB8", "#6B2C27"),
        new("wait", "#4B5666", "#AEB8C6"),
        new("wait-bg", "#EDF0F4", "#222832"),
        new("wait-line", "#CDD4DE", "#3A4351"),
        new("unknown", "#6437BD", "#BCA2FF"),
        new("unknown-bg", "#F0EAFB", "#261D3D"),
        new("unknown-line", "#D3C3F1", "#4A3A77"),
        new("attention", "#7F5200", "#F0C25A"),
        new("attention-bg", "#FDF2D8", "#2F250D"),
        new("attention-line", "#EBCF8B", "#5E4A17"),
    ];

    public static readonly IReadOnlyList<DesignToken> Charts =
    [
        new("grid", "#E8EBF0", "#222832"),
        new("axis", "#626B7A", "#8E98A6"),
        new("marker", "#8A93A1", "#6B7686"),
        new("nodecision", "rgba(98,107,122,.08)", "rgba(174,184,198,.08)"),
        new("add-bg", "#E6F4EA", "#12291A"),
        new("add", "#17763A", "#62CD84"),
        new("del-bg", "#FCEAE8", "#351816"),
        new("del", "#B9251C", "#FF8F86"),
    ];

    /// <summary>All groups in the order in which they are written.</summary>
    public static readonly IReadOnlyList<DesignToken> All =
        [.. Type, .. Space, .. Size, .. Edge, .. Neutrals, .. Executors, .. States, .. Charts];

    private static readonly Dictionary<string, DesignToken> ByName = All.ToDictionary(token => token.Name, StringComparer.Ordinal);

    /// <summary>The style sheet that pages link. Light is the root; dark changes only what differs.</summary>
    public static readonly string Css = Render();

    /// <summary>Changes whenever a value changes, so that browsers may keep the sheet for good.</summary>
    public static readonly string Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))[..12];

    /// <summary>The value of one token; a name that does not exist is a fault.</summary>
    public static string Value(string name, bool dark = false) => ByName[name].In(dark);

    private static string Render()
    {
        var css = new StringBuilder();
        Block(css, ":root, [data-theme=\"light\"]", "light", All, dark: false);
        Block(css, "[data-theme=\"dark\"]", "dark", All.Where(token => token.Dark is not null), dark: true);
        return css.ToString();
    }

    private static void Block(StringBuilder css, string selector, string scheme, IEnumerable<DesignToken> tokens, bool dark)
    {
        css.Append(selector).Append(" {\n  color-scheme: ").Append(scheme).Append(";\n");
        foreach (var token in tokens)
            css.Append("  --").Append(token.Name).Append(": ").Append(token.In(dark)).Append(";\n");
        css.Append("}\n");
    }
}
