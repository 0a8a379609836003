using System.Text.RegularExpressions;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Tests.Shared;

public sealed partial class DesignTokensTests
{
    [Theory]
    [InlineData(":root")]
    [InlineData("[data-theme=\"dark\"]")]
    public void Css_EveryNameAndValue_EqualsTheDesign(string block)
    {
        var drawn = Block(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Shared", "design-tokens.css")), block);

        Block(DesignTokens.Css, block).ShouldBe(drawn, ignoreOrder: true);
        drawn.Count.ShouldBeGreaterThan(40);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Theme_EverySlotWithAToken_HoldsTheTokensColour(bool dark)
    {
        Palette palette = dark ? PortalTheme.Theme.PaletteDark : PortalTheme.Theme.PaletteLight;
        var slots = new (MudBlazor.Utilities.MudColor Slot, string Token)[]
        {
            (palette.Primary, "ink"), (palette.PrimaryContrastText, "on-ink"), (palette.Background, "bg"), (palette.Surface, "surface"),
            (palette.TextPrimary, "text"), (palette.TextSecondary, "text-2"), (palette.TextDisabled, "text-3"),
            (palette.LinesDefault, "line"), (palette.TableLines, "line"), (palette.Divider, "line"), (palette.LinesInputs, "line-strong"),
            (palette.Success, "pass"), (palette.Error, "fail"), (palette.Warning, "attention"), (palette.Info, "wait"),
        };

        var css = Block(DesignTokens.Css, dark ? "[data-theme=\"dark\"]" : ":root").ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var (slot, token) in slots)
            slot.ToString(MudBlazor.Utilities.MudColorOutputFormats.Hex).ToUpperInvariant().ShouldBe(css[token], token);
    }

    [Fact]
    public void Theme_Sizes_AreTheTokens()
    {
        PortalTheme.Theme.LayoutProperties.AppbarHeight.ShouldBe("48px");
        PortalTheme.Theme.LayoutProperties.DrawerWidthLeft.ShouldBe("184px");
        PortalTheme.Theme.LayoutProperties.DefaultBorderRadius.ShouldBe("6px");
        PortalTheme.Theme.Typography.Default.FontSize.ShouldBe("13px");
        PortalTheme.Theme.Typography.Button.TextTransform.ShouldBe("none");
    }

    [Fact]
    public void Value_UnknownName_IsAFault() => Should.Throw<KeyNotFoundException>(() => DesignTokens.Value("brand"));

    // The block that begins with the selector, as name and value.
    private static List<KeyValuePair<string, string>> Block(string css, string selector)
    {
        var start = Comment().Replace(css, "");
        start = start[start.IndexOf(selector, StringComparison.Ordinal)..];
        start = start[..start.IndexOf('}', StringComparison.Ordinal)];
        return [.. Property().Matches(start).Select(match => KeyValuePair.Create(match.Groups[1].Value, match.Groups[2].Value.Trim()))];
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("--([a-z0-9-]+):([^;]+);")]
    private static partial Regex Property();
}
